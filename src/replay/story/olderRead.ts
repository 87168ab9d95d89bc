/**
 * Why a read returned an older version than it should have: whoever served it, and why that place still had it. What a
 * replica does is told here, what a cache node does in `olderCached.ts`.
 */
import type { Design } from '../../design/design.ts';
import {
  committedSince,
  commitOf,
  forgotIn,
  holdersOf,
  leftSince,
  open,
  sourceOf,
  tierOf,
  type Source,
} from './facts.ts';
import type { Cause, Finding } from './findings.ts';
import { writerOf, type KeyHistory, type Message, type Violation } from './history.ts';
import { fromCache, pastBuffer } from './olderCached.ts';
import { lostAtElection, regressionBefore } from './regression.ts';

/** `violation.expected` is the version that the read is measured by. */
export function olderRead(history: KeyHistory, violation: Violation, design: Design): Finding {
  const source = sourceOf(history, violation);
  if (source === undefined) return open(history);
  const newerAt = thereSince(history, violation.expected, source.time);
  if (newerAt === undefined && source.load !== undefined) return overtaken(history, violation, source.load);
  // What was committed before the window was the newest then; the older one may have come after it.
  if (newerAt === undefined) return open(history);
  const lost = lostBefore(history, violation, design, source);
  if (lost !== undefined) return { cause: lost };
  return tierOf(history, source.node) === 'store'
    ? fromStore(history, violation, design, source, newerAt)
    : fromCache(history, violation, design, source, newerAt);
}

/** The load that the read waited for had been answered before the newer version was committed. */
function overtaken(history: KeyHistory, { expected, time }: Violation, load: Message): Finding {
  const newerAt = thereSince(history, expected, time);
  if (newerAt === undefined) return open(history);
  const { to: node, operation: loader, from: replica, sentAt: readAt } = load;
  return { cause: { kind: 'joinedLoad', node, loader, replica, readAt, newerAt } };
}

/** The newer version was acknowledged and is gone, with a cache node's memory or with a leader. */
function lostBefore(
  history: KeyHistory,
  { expected }: Violation,
  design: Design,
  source: Source,
): Cause | undefined {
  if (design.policy !== 'write-behind') return lostAtElection(history, expected, source);
  const { happenings } = history;
  const applied = happenings.findLast(
    (each) => each.type === 'apply' && each.version === expected && each.place < source.place,
  );
  if (applied === undefined || commitOf(history, expected, source.time) !== undefined) return undefined;
  const { node: cache } = applied;
  const forgot = forgotIn(history, design, cache, applied.time, source.time);
  if (forgot !== undefined)
    return {
      kind: 'lostWithCache',
      cache,
      ackedAt: ackOf(history, expected, source.time),
      goneAt: forgot.at,
    };
  const left = leftSince(history, cache, applied.time, source.place);
  return left === undefined ? undefined : pastBuffer(history, expected, cache, left, source.time);
}

/** Since when a version was there to be read, up to an instant: committed, or acknowledged and not flushed yet. */
function thereSince(history: KeyHistory, version: number, until: number): number | undefined {
  return committedSince(history, version, until) ?? ackOf(history, version, until);
}

/** When the client of the PUT that brought a version was told, up to an instant; undefined: not in this window. */
function ackOf(history: KeyHistory, version: number, until: number): number | undefined {
  const writer = writerOf(history, version)?.operation;
  return history.happenings.find(
    (each) => each.type === 'endOperation' && each.operation === writer && each.time <= until,
  )?.time;
}

function fromStore(
  history: KeyHistory,
  violation: Violation,
  design: Design,
  source: Source,
  newerAt: number,
): Finding {
  const { version, expected } = violation;
  const back = regressionBefore(history, version, expected, source.time);
  if (back !== undefined) return back;
  if (design.store.mode === 'leaderless')
    return { cause: missedQuorum(history, violation, source, newerAt, design.store.r) };
  const shown = history.happenings.find(
    (each) =>
      each.type === 'expose' &&
      each.node === source.node &&
      each.version >= expected &&
      each.place >= source.place,
  );
  return {
    cause: {
      kind: 'laggingReplica',
      replica: source.node,
      readAt: source.time,
      newerAt,
      shownAt: shown?.time,
    },
  };
}

/** The first r answers of the read's own call are those that it took. */
function missedQuorum(
  history: KeyHistory,
  { operation, expected, time }: Violation,
  source: Source,
  newerAt: number,
  r: number,
): Cause {
  const heard = history.messages
    .filter(
      (each) =>
        each.operation === (source.load?.operation ?? operation) &&
        each.kind === 'get' &&
        each.answer &&
        !each.lost &&
        each.arrivesAt <= time &&
        tierOf(history, each.from) === 'store',
    )
    .sort((a, b) => a.arrivesAt - b.arrivesAt)
    .slice(0, r);
  return {
    kind: 'missedQuorum',
    heard: heard.map(({ from }) => from),
    holders: holdersOf(history, expected, source.time),
    readAt: source.time,
    newerAt,
  };
}
