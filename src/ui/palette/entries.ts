/**
 * Everything that can be found in the palette: what the keys do, policies and presets, places and what can be done to
 * them, the keys of the document, whom to follow. Each entry calls the same function as the control that it stands for.
 */
import { FAULT_KINDS } from '../../design/faults.ts';
import type { Design } from '../../design/design.ts';
import { fieldByKey, FIELDS } from '../../design/fields.ts';
import { setByKey } from '../../design/keys.ts';
import { LINKS, nodesOf, targetsOf } from '../../design/nodes.ts';
import { PRESETS } from '../../design/presets.ts';
import type { Result } from '../../base/result.ts';
import { parseDuration } from '../../base/units.ts';
import type { Problem } from '../../design/problem.ts';
import { underWayAt } from '../../replay/underWay.ts';
import type { Session } from '../../state/session.ts';
import { choosePolicy } from '../actions.ts';
import { addFault, faultKindsOf } from '../faultEdits.ts';
import { COUNTED, stepCount, type CountKey } from '../counts.ts';
import { applyField, fieldText } from '../fieldEdits.ts';
import { keyFrom, sessionFrom } from '../following.ts';
import { formatCount, formatInstant } from '../format.ts';
import { prettyText } from '../pretty.ts';
import { SHORTCUTS } from '../shell/shortcuts.ts';
import type { Entry } from './entry.ts';
import { firstEntries } from './firsts.ts';
import { openPalette } from './palette.ts';

/** All entries of a session as it is now. They are made when the palette opens. */
export function entriesOf(session: Session): readonly Entry[] {
  const { design } = session.documents.getState();
  return [
    // What a whole row of keys does is in the list one by one, and the palette is open already.
    ...SHORTCUTS.filter(({ keys, act }) => !keys.includes(' to ') && act !== openPalette).map(
      ({ keys, words, more, act, on: [key = ''] }): Entry => ({
        group: 'Do',
        words,
        ...(more === undefined ? {} : { more }),
        keys,
        act: (here) => act(here, key),
      }),
    ),
    ...PRESETS.map(({ name, sentence }): Entry => ({
      group: 'Policy',
      words: `policy ${name}`,
      more: sentence,
      act: (here) => choosePolicy(here, name),
    })),
    ...PRESETS.map(({ title, sentence, design: preset }): Entry => ({
      group: 'Preset',
      words: `open ${title}`,
      more: sentence,
      act: ({ documents }) => documents.open(preset, [], title),
    })),
    ...session.recent
      .list()
      .filter(({ isOpen }) => !isOpen)
      .map(({ id, title }): Entry => ({
        group: 'Recent',
        words: `open ${title}`,
        more: 'a document that this browser keeps',
        act: ({ recent }) => recent.open(id),
      })),
    ...countEntries(),
    ...firstEntries(session),
    ...[...nodesOf(design).map(({ name }) => name), ...LINKS].map((name): Entry => ({
      group: 'Go to',
      words: name,
      act: ({ view }) => view.select(name),
    })),
    ...targetsOf(design).flatMap(({ name }) =>
      faultKindsOf(design, name).map((kind): Entry => ({
        group: 'Here and now',
        words: `${FAULT_KINDS[kind].label} ${name}`,
        more: FAULT_KINDS[kind].help,
        act: (here) => void addFault(here, name, kind),
      })),
    ),
    ...FIELDS.filter(({ kind }) => kind !== 'text').map((field): Entry => ({
      group: 'Setting',
      words: field.key,
      more: `now ${prettyText(fieldText(design, field))}. ${field.help}`,
      goesOn: `${field.key}=`,
      act: () => undefined,
    })),
    ...underWay(session),
    { group: 'Follow', words: 'follow a key', goesOn: 'key ', act: () => undefined },
    { group: 'Follow', words: 'follow a session', goesOn: 'session ', act: () => undefined },
    { group: 'Follow', words: 'follow no session', act: ({ view }) => view.follow(undefined) },
  ];
}

/** Operations under way whose keys and sessions are offered, at the most. */
const OFFERED = 20;

/** Whom one can follow of those that are under way at the cursor, each once. */
function underWay({ view }: Session): readonly Entry[] {
  const { detail, cursor } = view.getState();
  const operations = detail === undefined ? [] : underWayAt(detail, cursor).slice(0, OFFERED);
  const found = new Map<string, Entry>();
  for (const { kind, key, session } of operations) {
    const more = `${kind === 'put' ? 'a PUT' : 'a GET'} of theirs is under way`;
    const offer = (words: string, act: Entry['act']): void => {
      if (!found.has(words)) found.set(words, { group: 'Follow', words, more, act });
    };
    offer(`follow key ${formatCount(key)}`, (here) => here.view.watch(key));
    if (session !== undefined)
      offer(`follow session ${formatCount(session)}`, (here) => here.view.follow(session));
  }
  return [...found.values()];
}

function countEntries(): readonly Entry[] {
  return (Object.keys(COUNTED) as CountKey[]).flatMap((key) =>
    ([1, -1] as const).map((by): Entry => ({
      group: 'Do',
      words: `one ${by === 1 ? 'more' : 'fewer'} ${COUNTED[key].one}`,
      act: (here) => stepCount(here, key, by),
    })),
  );
}

/** What the typed text itself says, where it is more than a search: a key with its value, whom to follow, an instant. */
export function saidBy(typed: string, session: Session): readonly Entry[] {
  const text = typed.trim();
  const { design } = session.documents.getState();
  const [, key = '', value = ''] = /^([\w.]+)\s*=\s*(\S.*)$/.exec(text) ?? [];
  if (key !== '') return [setting(design, key, value)];
  const [, whom = '', digits = ''] = /^(?:follow )?(key|session) (\d+)$/.exec(text) ?? [];
  if (whom === 'key') return [follow(whom, keyFrom(design, digits), ({ view }, rank) => view.watch(rank))];
  if (whom === 'session')
    return [follow(whom, sessionFrom(design, digits), ({ view }, session) => view.follow(session))];
  const instant = /^\d/.test(text) ? parseDuration(text) : undefined;
  if (instant?.ok !== true) return [];
  const at = Math.min(instant.value, design.duration);
  const go = ({ view }: Session): void => {
    view.pause();
    view.seek(at);
  };
  const more = at < instant.value ? { more: 'where the run ends' } : {};
  return [{ group: 'Go to', words: `go to ${formatInstant(at)}`, ...more, act: go }];
}

/** What cannot be set says why, and puts what was probably meant in its place. */
function setting(design: Design, key: string, value: string): Entry {
  const read = setByKey(design, key, value);
  if (read.ok)
    return {
      group: 'Setting',
      words: `set ${key} to ${value}`,
      act: (here) => void applyField(here, key, value),
    };
  const { message, allowed, nearest } = read.error;
  return {
    group: 'Setting',
    words: `${key}=${value} ${message}`,
    more: `allowed: ${allowed}`,
    ...(nearest === undefined ? {} : { goesOn: meantBy(key, value, nearest) }),
    act: () => undefined,
  };
}

/** The nearest to a key that is none is another key. */
function meantBy(key: string, value: string, nearest: string): string {
  return fieldByKey(nearest) === undefined ? `${key}=${nearest}` : `${nearest}=${value}`;
}

function follow(
  what: string,
  read: Result<number, Problem>,
  act: (session: Session, number: number) => void,
): Entry {
  if (!read.ok)
    return {
      group: 'Follow',
      words: `${what} ${read.error.value} ${read.error.message}`,
      more: read.error.allowed,
      act: () => undefined,
    };
  const { value } = read;
  return { group: 'Follow', words: `follow ${what} ${formatCount(value)}`, act: (here) => act(here, value) };
}
