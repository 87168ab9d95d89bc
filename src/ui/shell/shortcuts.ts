/**
 * The keys of the page, as a table: what is pressed, what it does in words, and what it does. `keyboard.ts` listens by it,
 * the sheet of all keys prints it, and the palette finds in it.
 */
import { PRESETS } from '../../design/presets.ts';
import {
  changePace,
  choosePolicy,
  focusNextOperation,
  goToNextFollowed,
  nudge,
  panTimeline,
  showWholeRun,
  toggleComparison,
  toggleWindow,
  turnToDiagram,
  zoomTimeline,
} from '../actions.ts';
import { crashAtPlayhead, faultAtPlayhead } from '../faultEdits.ts';
import { toggleGallery } from '../gallery/sheet.ts';
import { toggleExport } from '../export/opener.ts';
import { remarkHere } from '../notes/acts.ts';
import { copyLink } from '../share/copy.ts';
import type { Session } from '../../state/session.ts';
import { countAt, stepCount } from '../counts.ts';
import { focusNextViolation } from '../nextViolation.ts';
import { openPalette } from '../palette/palette.ts';
import { say } from '../said.ts';
import { goBack } from './goBack.ts';
import { openKeySheet } from './keySheet.ts';
import { otherTheme } from './theme.ts';

export interface Shortcut {
  /** As printed. */
  readonly keys: string;
  readonly words: string;
  /** Said beside the words in the palette, and found there. */
  readonly more?: string;
  /** `event.key` values, lower case; `shift` says whether Shift must be held, must not (default), or does not matter. */
  readonly on: readonly string[];
  readonly shift?: boolean | 'either';
  readonly ctrl?: boolean;
  /** It changes the design, which must be in sight for that: not while the gallery covers it. */
  readonly edits?: true;
  readonly act: (session: Session, key: string) => void;
}

/** They move the cursor and nothing else. */
export const CURSOR_SHORTCUTS: readonly Shortcut[] = [
  { keys: 'Space', words: 'play, pause', on: [' '], act: ({ view }) => view.toggle() },
  { keys: ',', words: 'one message back', on: [','], act: ({ view }) => view.step(-1) },
  { keys: '.', words: 'one message forward', on: ['.'], act: ({ view }) => view.step(1) },
  {
    keys: 'Shift ,',
    words: '100 ms back',
    on: [',', '<'],
    shift: true,
    act: (session) => nudge(session, -1),
  },
  {
    keys: 'Shift .',
    words: '100 ms forward',
    on: ['.', '>'],
    shift: true,
    act: (session) => nudge(session, 1),
  },
  { keys: '[', words: 'slower', on: ['['], act: (session) => changePace(session, -1) },
  { keys: ']', words: 'faster', on: [']'], act: (session) => changePace(session, 1) },
];

/** A story has no place beside a comparison, and closing that would lose what somebody compares with. */
export function story(act: (session: Session) => void): (session: Session) => void {
  return (session) => {
    if (session.comparison.getState().versus === undefined) act(session);
    else say('Stories are told outside the comparison: Esc closes it.');
  };
}

/** In the groups in which they are printed. */
export const SHORTCUT_GROUPS: readonly { readonly title: string; readonly shortcuts: readonly Shortcut[] }[] =
  [
    {
      title: 'Time',
      shortcuts: [
        ...CURSOR_SHORTCUTS,
        {
          keys: 'Z',
          words: 'zoom into the time around the playhead',
          on: ['z'],
          act: (session) => zoomTimeline(session, 0.5),
        },
        {
          keys: 'Shift Z',
          words: 'zoom out',
          on: ['z'],
          shift: true,
          act: (session) => zoomTimeline(session, 2),
        },
        {
          keys: 'Shift [',
          words: 'earlier time',
          on: ['[', '{'],
          shift: true,
          act: (session) => panTimeline(session, -1),
        },
        {
          keys: 'Shift ]',
          words: 'later time',
          on: [']', '}'],
          shift: true,
          act: (session) => panTimeline(session, 1),
        },
        { keys: '0', words: 'the whole run', on: ['0'], act: showWholeRun },
        {
          keys: 'W',
          words: 'percentiles and counts of a window of time, or of none',
          on: ['w'],
          act: toggleWindow,
        },
      ],
    },
    {
      title: 'The page',
      shortcuts: [
        { keys: 'P', words: 'presets: designs to begin from', on: ['p'], act: toggleGallery },
        { keys: 'C', words: 'compare with another design', on: ['c'], act: toggleComparison },
        {
          keys: 'E',
          words: 'export: pictures, a video, data, a report',
          more: 'PNG, SVG, WebM, JSON, CSV, Markdown, a trace for Perfetto, a frame to embed',
          on: ['e'],
          act: toggleExport,
        },
        {
          keys: 'S',
          words: 'share: copy the link to this moment',
          on: ['s'],
          act: (session) => void copyLink(session),
        },
        { keys: 'Ctrl K', words: 'find anything', on: ['k'], ctrl: true, act: openPalette },
        {
          keys: 'T',
          words: 'theme: dark or light',
          on: ['t'],
          act: ({ view }) => view.setTheme(otherTheme(view.getState().theme)),
        },
        { keys: '?', words: 'all marks and keys', on: ['?'], shift: 'either', act: openKeySheet },
        { keys: 'Esc', words: 'back', on: ['escape'], act: goBack },
      ],
    },
    {
      title: 'What happened',
      shortcuts: [
        {
          keys: 'V',
          words: 'next violation',
          on: ['v'],
          act: story((session) => focusNextViolation(session, 1)),
        },
        {
          keys: 'Shift V',
          words: 'violation before',
          on: ['v'],
          shift: true,
          act: story((session) => focusNextViolation(session, -1)),
        },
        {
          keys: 'O',
          words: 'story of the next operation under way',
          on: ['o'],
          act: story((session) => focusNextOperation(session, 1)),
        },
        {
          keys: 'Shift O',
          words: 'story of the operation before',
          on: ['o'],
          shift: true,
          act: story((session) => focusNextOperation(session, -1)),
        },
        {
          keys: 'N',
          words: 'next operation of whom you follow',
          on: ['n'],
          act: (session) => void goToNextFollowed(session),
        },
        { keys: 'D', words: 'story beside the diagram, or alone', on: ['d'], act: story(turnToDiagram) },
      ],
    },
    {
      title: 'The design',
      shortcuts: [
        {
          keys: `1 to ${PRESETS.length}`,
          words: 'policy',
          on: PRESETS.map((_, index) => String(index + 1)),
          edits: true,
          act: (session, key) => {
            const preset = PRESETS[Number(key) - 1];
            if (preset !== undefined) choosePolicy(session, preset.name);
          },
        },
        {
          keys: 'F',
          words: 'slow what is selected, at the playhead',
          on: ['f'],
          edits: true,
          act: faultAtPlayhead,
        },
        {
          keys: 'X',
          words: 'crash what is selected, at the playhead',
          on: ['x'],
          edits: true,
          act: crashAtPlayhead,
        },
        {
          keys: '+',
          words: 'one more of what is selected: node, shard, replica',
          on: ['+', '='],
          shift: 'either',
          edits: true,
          act: (session) => stepSelected(session, 1),
        },
        {
          keys: '−',
          words: 'one fewer of what is selected',
          on: ['-', '−'],
          edits: true,
          act: (session) => stepSelected(session, -1),
        },
        { keys: 'M', words: 'remark at the playhead', on: ['m'], edits: true, act: remarkHere },
        { keys: 'Ctrl Z', words: 'undo', on: ['z'], ctrl: true, act: ({ documents }) => documents.undo() },
        {
          keys: 'Ctrl Shift Z',
          words: 'redo',
          on: ['z'],
          ctrl: true,
          shift: true,
          act: ({ documents }) => documents.redo(),
        },
      ],
    },
  ];

export const SHORTCUTS: readonly Shortcut[] = SHORTCUT_GROUPS.flatMap(({ shortcuts }) => shortcuts);

function stepSelected(session: Session, by: 1 | -1): void {
  const count = countAt(session.documents.getState().design, session.view.getState().selection);
  if (count === undefined) say('Nothing that can be more or fewer is selected.');
  else stepCount(session, count, by);
}
