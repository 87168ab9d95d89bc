/**
 * Why a cache node returned an older version than it should have: what brought that one back after the newer one, or why
 * the node was not told of the newer one.
 */
import type { Design } from '../../design/design.ts';
import {
  awayAt,
  committedSince,
  commitOf,
  fillBy,
  gaveUpBefore,
  leftSince,
  open,
  type Source,
} from './facts.ts';
import { FURTHER, type Cause, type Finding } from './findings.ts';
import { writerOf, type Happening, type KeyHistory, type Message, type Violation } from './history.ts';
import { regressionBefore } from './regression.ts';

/** What a cache node went through before it answered. */
interface Cached {
  readonly cache: number;
  readonly readAt: number;
  readonly newerAt: number;
  /** The last time that it took the older version; undefined: before the window. */
  readonly older: Happening | undefined;
  /** The last time that it took the newer one before that answer. */
  readonly newer: Happening | undefined;
}

/** `newerAt`: when the newer version was committed or acknowledged, microseconds. */
export function fromCache(
  history: KeyHistory,
  violation: Violation,
  design: Design,
  { node: cache, time: readAt, place }: Source,
  newerAt: number,
): Finding {
  const { version, expected } = violation;
  const before = history.happenings.filter(
    (each) => each.node === cache && each.place < place && each.type === 'apply',
  );
  const older = before.findLast((each) => each.version === version);
  if (older === undefined && history.held[cache] !== version) return open(history);
  const newer = before.findLast((each) => each.version === expected);
  const cached: Cached = { cache, readAt, newerAt, older, newer };
  const back = older === undefined ? undefined : broughtBack(history, expected, design, cached, older);
  if (back !== undefined) return back;
  // Before the window began the newer one may have been there and gone.
  if (writerOf(history, expected) === undefined && history.from > 0) return FURTHER;
  return { cause: notTold(history, expected, design, cached) };
}

/** The older version came to the cache after the newer one was there, or was known to be in the store. */
function broughtBack(
  history: KeyHistory,
  expected: number,
  design: Design,
  cached: Cached,
  older: Happening,
): Finding | undefined {
  const { cache, newerAt, newer } = cached;
  const overwrote = newer !== undefined && newer.place < older.place ? newer.time : undefined;
  const fill = fillBy(history, older);
  if (fill === undefined)
    return overwrote === undefined
      ? undefined
      : {
          cause: {
            kind: 'twoOrders',
            cache,
            writer: older.operation,
            newerAppliedAt: overwrote,
            olderAppliedAt: older.time,
            gaveUpAt: gaveUpBefore(history, older.operation, older.time)?.time,
          },
        };
  const dropped = droppedFor(history, cache, expected, older);
  if (overwrote === undefined && dropped === undefined && older.time < newerAt) return undefined;
  const wentBack =
    fill.sentAt < newerAt ? undefined : regressionBefore(history, older.version, expected, fill.sentAt);
  if (wentBack !== undefined) return wentBack;
  return filled(history, expected, design, { ...cached, older, overwrote, dropped, fill });
}

/** A fill that came after the newer version: what it had read, and what should have kept it out. */
function filled(
  history: KeyHistory,
  expected: number,
  design: Design,
  {
    cache,
    newerAt,
    older,
    overwrote,
    dropped,
    fill,
  }: Cached & {
    readonly older: Happening;
    readonly overwrote: number | undefined;
    readonly dropped: number | undefined;
    readonly fill: Message;
  },
): Finding {
  const filler = older.operation;
  const filledAt = older.time;
  const left = overwrote === undefined ? undefined : leftSince(history, cache, overwrote, older.place);
  const inStore = committedSince(history, expected, fill.sentAt) !== undefined;
  if (design.policy === 'write-behind' && left !== undefined && left <= fill.sentAt && !inStore)
    return { cause: pastBuffer(history, expected, cache, left, fill.sentAt) };
  const learnt = dropped ?? overwrote;
  // An entry that gave way to another one fences nothing any more either, and has not run out.
  const ranOut = history.happenings.some(
    (each) => each.type === 'expire' && each.node === cache && each.time === left,
  );
  if (design.cache.fencing === 'version' && learnt !== undefined && (dropped !== undefined || ranOut))
    return { cause: { kind: 'tombstoneGone', cache, filler, droppedAt: learnt, filledAt } };
  const facts = { cache, filler, replica: fill.from, readAt: fill.sentAt, filledAt };
  if (inStore) return { cause: { kind: 'laggingRefill', ...facts, newerAt } };
  const begun = history.happenings.find(
    ({ type, operation, node }) =>
      (type === 'hit' || type === 'miss') && operation === filler && node === cache,
  );
  // What was committed before the window began was in the store all along.
  if (history.from > 0) return FURTHER;
  const kind = design.policy === 'refresh-ahead' && begun?.type === 'hit' ? 'staleReload' : 'staleFill';
  return { cause: { kind, ...facts, newerAt: Math.min(learnt ?? newerAt, newerAt) } };
}

/** When the cache had done what the newer version's PUT told it to drop, before it took the older one. */
function droppedFor(
  history: KeyHistory,
  cache: number,
  expected: number,
  older: Happening,
): number | undefined {
  const told = history.messages.filter(
    (each) => each.kind === 'invalidate' && !each.answer && each.to === cache && each.version === expected,
  );
  return history.happenings.findLast(
    (each) =>
      each.type === 'endService' && each.place < older.place && told.some(({ call }) => call === each.call),
  )?.time;
}

/** The cache holds the older version since before the newer one was written: why it has not been told. */
function notTold(
  history: KeyHistory,
  expected: number,
  design: Design,
  { cache, readAt, newerAt }: Cached,
): Cause {
  if (design.policy === 'write-around') return { kind: 'neverTold', cache, newerAt, readAt };
  const told = history.messages.filter(
    (each) =>
      (each.kind === 'invalidate' || each.kind === 'put') &&
      !each.answer &&
      each.to === cache &&
      each.version === expected &&
      each.sentAt <= readAt,
  );
  const last = told.findLast(({ kind }) => kind === 'invalidate') ?? told.at(-1);
  if (last === undefined) return { kind: 'notToldYet', cache, newerAt, readAt };
  if (isLost(history, last)) return missed(history, design, last, cache, readAt);
  const writer = writerOf(history, expected);
  const gaveUp = writer && gaveUpBefore(history, writer.operation, readAt);
  // Who gives up later than that waits for a cache node to be told of what the store has.
  if (last.kind === 'put')
    return writer !== undefined && gaveUp !== undefined && gaveUp.time <= newerAt
      ? { kind: 'writtenPast', cache, writer: writer.operation, gaveUpAt: gaveUp.time, newerAt, readAt }
      : { kind: 'notToldYet', cache, newerAt, readAt };
  const done = history.happenings.find((each) => each.type === 'endService' && each.call === last.call);
  // It had been told: what it went on to answer with came from a load that had begun before.
  if (done !== undefined && done.time < readAt) return { kind: 'unknown' };
  return {
    kind: 'lateInvalidation',
    cache,
    sentAt: last.sentAt,
    readAt,
    gaveUpAt: gaveUp?.time,
    doneAt: done?.time,
  };
}

/** What a node has served had come to it: if it is lost after that, so is what it led to. */
function isLost({ happenings }: KeyHistory, { lost, call }: Message): boolean {
  const end = happenings.find(
    (each) => (each.type === 'lose' || each.type === 'endService') && each.call === call,
  );
  return lost || end?.type === 'lose';
}

function missed(
  history: KeyHistory,
  design: Design,
  { kind, sentAt }: Message,
  cache: number,
  readAt: number,
): Cause {
  const away = awayAt(history, design, cache, sentAt);
  if (away === undefined)
    return {
      kind: 'lostInvalidation',
      cache,
      message: kind === 'put' ? 'put' : 'invalidate',
      sentAt,
      readAt,
    };
  const backAt = away.for === undefined ? undefined : away.at + away.for;
  return { kind: 'missedWhileAway', cache, sentAt, readAt, backAt };
}

/** The newer version waited for its flush, and its entry went before it: what was asked meanwhile was the store. */
export function pastBuffer(
  history: KeyHistory,
  expected: number,
  cache: number,
  goneAt: number,
  readAt: number,
): Cause {
  return { kind: 'readPastBuffer', cache, goneAt, readAt, committedAt: commitOf(history, expected)?.time };
}
