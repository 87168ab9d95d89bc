/** What happens first in a run, and next, as the palette's entries: going there, and play's pause at it. */
import { VIOLATION_WIDTH, type ViolationKind } from '../../design/readings.ts';
import { STOPS } from '../../replay/stops.ts';
import type { Session } from '../../state/session.ts';
import { formatCount } from '../format.ts';
import { say } from '../said.ts';
import { story } from '../shell/shortcuts.ts';
import { STOP_WORDS } from '../timeline/stopWords.ts';
import { kindOf, loudRows, timeOf } from '../timeline/violationMarks.ts';
import { clauseOf } from '../timeline/violationWords.ts';
import type { Entry } from './entry.ts';

/** What people call them. */
const NAMES: Readonly<Record<ViolationKind, string>> = {
  readYourWrites: 'own write not seen',
  lostAckedWrite: 'acknowledged write lost',
  monotonicReads: 'read back in time',
  phantomRead: 'phantom read',
  storeRegression: 'store regression',
  dirtyRead: 'dirty read',
  staleRead: 'stale read',
};
/** A first stale read is one of the stops. */
const SOUGHT = (Object.keys(NAMES) as ViolationKind[]).filter((kind) => kind !== 'staleRead');

export function firstEntries(session: Session): readonly Entry[] {
  const { on } = session.stops.getState();
  return [
    ...nextEntries(session),
    {
      group: 'Go to',
      words: 'first violation',
      more: 'somebody was let down',
      act: story((session) => {
        const { violations } = session.run.getState();
        visit(session, 'violation', loudRows(violations)[0]);
      }),
    },
    ...STOPS.map((stop): Entry => ({
      group: 'Go to',
      words: STOP_WORDS[stop].label,
      more: STOP_WORDS[stop].help,
      act: story((session) => {
        void session.stops.goToFirst(stop).then((found) => {
          if (!found) sayNone(session, STOP_WORDS[stop].label.replace('first ', ''));
        });
      }),
    })),
    ...SOUGHT.map((kind): Entry => ({
      group: 'Go to',
      words: `first ${NAMES[kind]}`,
      more: clauseOf(kind),
      act: story((here) => visit(here, NAMES[kind], rowsOf(here.run.getState().violations, kind)[0])),
    })),
    ...STOPS.map((stop): Entry => ({
      group: 'Do',
      words: `${on.has(stop) ? 'no longer ' : ''}pause play at the ${STOP_WORDS[stop].label}`,
      more: STOP_WORDS[stop].help,
      act: (session) => session.stops.toggle(stop),
    })),
  ];
}

/** From the violation that is looked at to the next of its kind in time; after the last one comes the first. */
function nextEntries({ run, view }: Session): readonly Entry[] {
  const { violations } = run.getState();
  const { focusedViolation } = view.getState();
  if (focusedViolation === undefined) return [];
  const kind = kindOf(violations, focusedViolation);
  const rows = rowsOf(violations, kind);
  const place = rows.indexOf(focusedViolation) + 1;
  return [
    {
      group: 'Go to',
      words: `next ${NAMES[kind]}`,
      more: `${formatCount(place)} of ${formatCount(rows.length)} is looked at`,
      act: story((session) => session.view.focusViolation(rows[place % rows.length])),
    },
  ];
}

/** Rows of one kind in order of time; they stand in the order in which they were found. */
function rowsOf(violations: Int32Array, kind: ViolationKind): number[] {
  const rows: number[] = [];
  for (let row = 0; row < violations.length / VIOLATION_WIDTH; row++)
    if (kindOf(violations, row) === kind) rows.push(row);
  return rows.sort((a, b) => timeOf(violations, a) - timeOf(violations, b) || a - b);
}

function visit(session: Session, name: string, row: number | undefined): void {
  if (row === undefined) sayNone(session, name);
  else session.view.focusViolation(row);
}

function sayNone({ run }: Session, name: string): void {
  say(
    `There is no ${name} in ${run.getState().phase === 'rendering' ? 'what is rendered so far' : 'this run'}.`,
  );
}
