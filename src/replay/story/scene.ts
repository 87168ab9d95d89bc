/**
 * The space-time picture of a story: lanes for the places that its messages touched, time to the right. Beside the
 * messages it has what each place holds of the key, and who waits in which queue. Only numbers; what they look like is
 * the screen's business.
 */
import type { MessageKind } from '../../design/readings.ts';
import type { Happening, KeyHistory, Message } from './history.ts';
import { ribbonsOf, type Ribbon } from './ribbons.ts';
import type { Tale } from './tale.ts';

export interface Scene {
  /** Node ids, top to bottom; 0 is the client. */
  readonly lanes: readonly number[];
  /** Microseconds. */
  readonly from: number;
  readonly to: number;
  readonly arrows: readonly Message[];
  readonly waits: readonly Wait[];
  readonly ribbons: readonly Ribbon[];
  readonly timeouts: readonly { readonly node: number; readonly time: number }[];
}

/** Waiting in a node's queue, for long enough to be seen. Instants are microseconds. */
export interface Wait {
  readonly node: number;
  readonly call: number;
  readonly operation: number;
  readonly kind: MessageKind;
  /** What it brings; -1 where it brings none. */
  readonly version: number;
  readonly from: number;
  readonly to: number;
  /** From here on nobody waits for it any more; undefined: somebody does to the end. */
  readonly givenUpAt: number | undefined;
}

/** Shorter waits are left out of the picture, microseconds. */
const SEEN_WAIT_US = 100;

/** What the picture of a tale shows: messages, waits, ribbons and timeouts, up to where the tale ends. */
export function sceneOf(tale: Tale): Scene {
  const { history, operations, until } = tale;
  const concerned = new Set(operations);
  const told = history.happenings.filter(({ operation, time }) => concerned.has(operation) && time <= until);
  const arrows = history.messages.filter(
    ({ operation, sentAt }) => concerned.has(operation) && sentAt <= until,
  );
  const from = Math.min(until, ...arrows.map(({ sentAt }) => sentAt), ...told.map(({ time }) => time));
  const lanes = [...new Set(arrows.flatMap((arrow) => [arrow.from, arrow.to]))].sort((a, b) => a - b);
  const timeouts = told.filter(({ type }) => type === 'timeout').map(({ node, time }) => ({ node, time }));
  return {
    lanes,
    from,
    to: until,
    arrows,
    waits: told.flatMap((happening) => waitOf(history, arrows, happening, until)),
    ribbons: ribbonsOf(history, lanes, from, until),
    timeouts,
  };
}

function waitOf(
  { happenings }: KeyHistory,
  arrows: readonly Message[],
  { type, node, call, operation, time: from, place }: Happening,
  until: number,
): readonly Wait[] {
  if (type !== 'enqueue') return [];
  const message = arrows.find((each) => each.call === call && !each.answer);
  if (message === undefined || message.kind === 'replicate' || message.kind === 'commitNotice') return [];
  const taken = happenings.find(
    (each) => each.type === 'startService' && each.call === call && each.place > place,
  );
  const to = Math.min(taken?.time ?? until, until);
  if (to - from < SEEN_WAIT_US) return [];
  const gaveUp = happenings.find((each) => each.type === 'timeout' && each.call === call)?.time;
  const givenUpAt = gaveUp !== undefined && gaveUp < to ? Math.max(gaveUp, from) : undefined;
  return [{ node, call, operation, kind: message.kind, version: message.version, from, to, givenUpAt }];
}
