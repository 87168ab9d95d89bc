/** Why a read returned an older version than it should have: whoever served it, and why that place still had it. */
import type { Design } from '../../design/design.ts';
import {
  awayAt,
  commitOf,
  fillBy,
  forgotIn,
  gaveUpBefore,
  holdersOf,
  open,
  sourceOf,
  tierOf,
  type Source,
} from './facts.ts';
import { FURTHER, type Cause, type Finding } from './findings.ts';
import { writerOf, type Happening, type KeyHistory, type Message, type Violation } from './history.ts';
import { lostAtElection, regressionBefore } from './regression.ts';

/** `violation.expected` is the version that the read is measured by. */
export function olderRead(history: KeyHistory, violation: Violation, design: Design): Finding {
  const source = sourceOf(history, violation);
  if (source === undefined) return open(history);
  // One that was replaced or turned away in favour of a newer one is never committed itself, and is acknowledged all the same.
  const newerAt =
    commitOf(history, violation.expected, source.time)?.time ??
    ackOf(history, violation.expected, source.time);
  // What was committed before the window was the newest then; the older one may have come after it.
  if (newerAt === undefined) return open(history);
  const lost = lostBefore(history, violation, design, source);
  if (lost !== undefined) return { cause: lost };
  return tierOf(history, source.node) === 'store'
    ? fromStore(history, violation, design, source, newerAt)
    : fromCache(history, violation, design, source, newerAt);
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

function pastBuffer(
  history: KeyHistory,
  expected: number,
  cache: number,
  goneAt: number,
  readAt: number,
): Cause {
  return { kind: 'readPastBuffer', cache, goneAt, readAt, committedAt: commitOf(history, expected)?.time };
}

/** Ways in which an entry leaves a cache node that stands. */
const LEAVES: readonly Happening['type'][] = ['remove', 'expire', 'evict'];

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
        each.operation === operation &&
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

function fromCache(
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
  const inStore = commitOf(history, expected, fill.sentAt) !== undefined;
  if (design.policy === 'write-behind' && left !== undefined && !inStore)
    return { cause: pastBuffer(history, expected, cache, left, fill.sentAt) };
  const learnt = dropped ?? overwrote;
  if (
    design.cache.fencing === 'version' &&
    learnt !== undefined &&
    (dropped !== undefined || left !== undefined)
  )
    return { cause: { kind: 'tombstoneGone', cache, filler, droppedAt: learnt, filledAt } };
  const facts = { cache, filler, replica: fill.from, readAt: fill.sentAt, filledAt };
  if (inStore) return { cause: { kind: 'laggingRefill', ...facts, newerAt } };
  const begun = history.happenings.find(
    ({ type, operation, node }) =>
      (type === 'hit' || type === 'miss') && operation === filler && node === cache,
  );
  // What was committed before the window began was in the store all along.
  if (history.from > 0) return FURTHER;
  const kind = begun?.type === 'hit' ? 'staleReload' : 'staleFill';
  return { cause: { kind, ...facts, newerAt: Math.min(overwrote ?? newerAt, newerAt) } };
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

/** When the entry that was applied at an instant left the cache of itself, before `place`. */
function leftSince(
  { happenings }: KeyHistory,
  cache: number,
  since: number,
  place: number,
): number | undefined {
  return happenings.find(
    (each) => each.node === cache && each.time >= since && each.place < place && LEAVES.includes(each.type),
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
  if (last.kind === 'put')
    return writer !== undefined && gaveUp !== undefined
      ? { kind: 'writtenPast', cache, writer: writer.operation, gaveUpAt: gaveUp.time, newerAt, readAt }
      : { kind: 'notToldYet', cache, newerAt, readAt };
  const done = history.happenings.find((each) => each.type === 'endService' && each.call === last.call);
  return { kind: 'lateInvalidation', cache, sentAt: last.sentAt, readAt, doneAt: done?.time };
}

function isLost({ happenings }: KeyHistory, { lost, call }: Message): boolean {
  return lost || happenings.some((each) => each.type === 'lose' && each.call === call);
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
