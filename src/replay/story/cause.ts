/**
 * Why a violation happened, from the facts of the key's history: where the value came from that was returned, why that
 * place still had it, and what had become of the newer one. It derives and never guesses: where the window does not
 * reach back far enough it says so, and where the facts fit none of the known causes it says that they do not.
 */
import type { Design } from '../../design/design.ts';
import { writerOf, type Happening, type KeyHistory, type Message, type Violation } from './history.ts';

export type Cause =
  /** A PUT that its app had given up on came out of a cache node's queue and took the store back. */
  | {
      readonly kind: 'lateForward';
      readonly writer: number;
      readonly cache: number;
      readonly gaveUpAt: number;
      readonly forwardedAt: number;
      readonly committedAt: number;
      readonly newerAt: number;
    }
  /** The store took up an older version a second time: the app that gave up on it had written it directly, besides. */
  | {
      readonly kind: 'writtenTwice';
      readonly writer: number;
      /** Undefined: nobody gave up on it in this window. */
      readonly gaveUpAt: number | undefined;
      readonly committedAt: number;
      readonly newerAt: number;
    }
  /** A replica did not show the newer version yet. */
  | {
      readonly kind: 'laggingReplica';
      readonly replica: number;
      readonly readAt: number;
      readonly newerAt: number;
      /** When it showed the newer one; undefined: not in this window. */
      readonly shownAt: number | undefined;
    }
  /** The cache took the two writes in another order than the store. */
  | {
      readonly kind: 'twoOrders';
      readonly cache: number;
      readonly writer: number;
      readonly newerAppliedAt: number;
      readonly olderAppliedAt: number;
      /** The app had given up on the older one by then. */
      readonly gaveUpAt: number | undefined;
    }
  /** A reader filled the cache with what it had read before. */
  | {
      readonly kind: 'staleFill';
      readonly cache: number;
      readonly filler: number;
      readonly replica: number;
      readonly readAt: number;
      readonly filledAt: number;
      readonly newerAt: number;
    }
  /** The newer version was written past the cache, whose invalidation is still on its way or in its queue. */
  | {
      readonly kind: 'lateInvalidation';
      readonly cache: number;
      readonly sentAt: number;
      readonly readAt: number;
      /** When it took effect; undefined: not in this window, or never. */
      readonly doneAt: number | undefined;
      readonly lost: boolean;
    }
  /** The newer version is committed; the cache will be told next. */
  | { readonly kind: 'notToldYet'; readonly cache: number; readonly newerAt: number; readonly readAt: number }
  /** This policy never tells the cache. */
  | { readonly kind: 'neverTold'; readonly cache: number; readonly newerAt: number; readonly readAt: number }
  /** Served by the cache before the store had it; committed later, or never. */
  | {
      readonly kind: 'servedUncommitted';
      readonly cache: number;
      readonly servedAt: number;
      readonly committedAt: number | undefined;
    }
  /** It was never committed: what the cache had applied died on its way, or was refused. */
  | {
      readonly kind: 'neverCommitted';
      readonly cache: number;
      readonly servedAt: number;
      readonly lostAt: number | undefined;
    }
  /** Acknowledged with too few copies, and the host that had them went. */
  | {
      readonly kind: 'lostCopies';
      readonly ackedAt: number | undefined;
      readonly copies: number;
      readonly holders: readonly number[];
      readonly decidedAt: number;
    }
  /** The facts of this window fit none of these. */
  | { readonly kind: 'unknown' };

/** `further`: the window begins too late to tell. */
export type Finding = { readonly cause: Cause } | { readonly further: true };

const FURTHER: Finding = { further: true };

/** Derives the cause of a violation from a history that reaches some way past it. */
export function causeOf(history: KeyHistory, violation: Violation, design: Design): Finding {
  switch (violation.kind) {
    case 'storeRegression':
      return (
        regressionBefore(history, violation.version, violation.expected, violation.time) ?? open(history)
      );
    case 'lostAckedWrite':
      return lossOf(history, violation);
    case 'dirtyRead':
    case 'phantomRead':
      return uncommitted(history, violation);
    case 'readYourWrites':
    case 'monotonicReads':
    case 'staleRead':
      return olderRead(history, violation, design);
  }
}

/** Nothing found: further back there may be more, unless this is the beginning. */
function open({ from }: KeyHistory): Finding {
  return from > 0 ? FURTHER : { cause: { kind: 'unknown' } };
}

const tierOf = ({ nodes }: KeyHistory, node: number) => nodes[node]?.tier;

/** Where a read got its value: a node and the moment. */
interface Source {
  readonly node: number;
  readonly time: number;
  readonly place: number;
}

function sourceOf(history: KeyHistory, { operation, version, time }: Violation): Source | undefined {
  const own = history.happenings.filter((each) => each.operation === operation && each.time <= time);
  const gaveUp = own.some(({ type }) => type === 'timeout');
  const answers = history.messages.filter(
    (each) =>
      each.operation === operation &&
      each.kind === 'get' &&
      each.answer &&
      each.version === version &&
      each.arrivesAt <= time &&
      tierOf(history, each.from) === 'store' &&
      (!gaveUp || tierOf(history, each.to) === 'app'),
  );
  const answer = answers.at(-1);
  if (answer !== undefined) {
    const served = own.findLast(({ type, call }) => type === 'endService' && call === answer.call);
    return {
      node: answer.from,
      time: answer.sentAt,
      place: served?.place ?? placeAt(history, answer.sentAt),
    };
  }
  const hit = own.findLast((each) => each.type === 'hit' && each.version === version);
  return hit === undefined ? undefined : { node: hit.node, time: hit.time, place: hit.place };
}

/** The place of the first happening after an instant. */
function placeAt({ happenings }: KeyHistory, time: number): number {
  return happenings.find((each) => each.time > time)?.place ?? happenings.length;
}

function olderRead(history: KeyHistory, violation: Violation, design: Design): Finding {
  const { version, expected } = violation;
  const source = sourceOf(history, violation);
  if (source === undefined) return open(history);
  const newer = history.happenings.find((each) => each.type === 'commit' && each.version === expected);
  // What was committed before the window was the newest then; the older one may have come after it.
  if (newer === undefined && history.from > 0) return FURTHER;
  const newerAt = newer?.time ?? history.from;
  if (tierOf(history, source.node) === 'store') {
    const back = regressionBefore(history, version, expected, source.time);
    return back ?? { cause: laggard(history, source, expected, newerAt) };
  }
  return cachedOld(history, violation, design, source, newerAt);
}

function laggard(history: KeyHistory, source: Source, expected: number, newerAt: number): Cause {
  const shown = history.happenings.find(
    (each) =>
      each.type === 'expose' &&
      each.node === source.node &&
      each.version >= expected &&
      each.place >= source.place,
  );
  return {
    kind: 'laggingReplica',
    replica: source.node,
    readAt: source.time,
    newerAt,
    shownAt: shown?.time,
  };
}

function cachedOld(
  history: KeyHistory,
  { version, expected }: Violation,
  design: Design,
  { node: cache, time: readAt, place }: Source,
  newerAt: number,
): Finding {
  const before = history.happenings.filter((each) => each.node === cache && each.place < place);
  const older = before.findLast((each) => each.type === 'apply' && each.version === version);
  if (older === undefined && history.held[cache] !== version) return open(history);
  const newer = before.findLast((each) => each.type === 'apply' && each.version === expected);
  if (older !== undefined) {
    const writer = writerOf(history, version);
    const fill = fillBy(history, older);
    if (fill !== undefined) {
      const cause: Cause = {
        kind: 'staleFill',
        cache,
        filler: older.operation,
        replica: fill.from,
        readAt: fill.sentAt,
        filledAt: older.time,
        newerAt,
      };
      if (older.time >= newerAt) return { cause };
    } else if (newer !== undefined && newer.place < older.place) {
      return {
        cause: {
          kind: 'twoOrders',
          cache,
          writer: writer?.operation ?? older.operation,
          newerAppliedAt: newer.time,
          olderAppliedAt: older.time,
          gaveUpAt: gaveUpBefore(history, older.operation, older.time)?.time,
        },
      };
    }
  }
  if (design.policy === 'write-around') return { cause: { kind: 'neverTold', cache, newerAt, readAt } };
  const invalidation = history.messages.find(
    ({ kind, answer, to, version: brought }) =>
      kind === 'invalidate' && !answer && to === cache && brought === expected,
  );
  if (invalidation !== undefined && invalidation.sentAt <= readAt)
    return { cause: late(history, invalidation, cache, readAt) };
  return { cause: { kind: 'notToldYet', cache, newerAt, readAt } };
}

function late(history: KeyHistory, { call, sentAt, lost }: Message, cache: number, readAt: number): Cause {
  const done = history.happenings.find((each) => each.type === 'endService' && each.call === call);
  return { kind: 'lateInvalidation', cache, sentAt, readAt, doneAt: done?.time, lost };
}

/** The answer of the store that a fill brought into the cache; undefined when a PUT applied it. */
function fillBy(history: KeyHistory, applied: Happening): Message | undefined {
  return history.messages.findLast(
    (each) =>
      each.operation === applied.operation &&
      each.kind === 'get' &&
      each.answer &&
      each.version === applied.version &&
      each.arrivesAt <= applied.time &&
      tierOf(history, each.from) === 'store',
  );
}

function gaveUpBefore({ happenings }: KeyHistory, operation: number, time: number): Happening | undefined {
  return happenings.find(
    (each) => each.type === 'timeout' && each.operation === operation && each.time <= time,
  );
}

/** The last time that the store took up the older version after the newer one, up to an instant. */
function regressionBefore(
  history: KeyHistory,
  older: number,
  newer: number,
  until: number,
): Finding | undefined {
  const { happenings, messages } = history;
  const newerCommit = happenings.find((each) => each.type === 'commit' && each.version === newer);
  const back = happenings.findLast(
    (each) =>
      each.type === 'commit' &&
      each.version === older &&
      each.time <= until &&
      each.place > (newerCommit?.place ?? -1),
  );
  if (back === undefined) return undefined;
  // It was committed before the newer one too, or it would be the newer one.
  const newerAt = newerCommit?.time ?? history.from;
  const gaveUp = gaveUpBefore(history, back.operation, back.time);
  const forward = messages.findLast(
    (each) =>
      each.operation === back.operation &&
      each.kind === 'put' &&
      !each.answer &&
      each.sentAt <= back.time &&
      tierOf(history, each.from) === 'cache',
  );
  if (forward !== undefined && gaveUp !== undefined && gaveUp.time <= forward.sentAt) {
    return {
      cause: {
        kind: 'lateForward',
        writer: back.operation,
        cache: forward.from,
        gaveUpAt: gaveUp.time,
        forwardedAt: forward.sentAt,
        committedAt: back.time,
        newerAt,
      },
    };
  }
  const begun = writerOf(history, older);
  if (begun === undefined && history.from > 0) return FURTHER;
  return {
    cause: {
      kind: 'writtenTwice',
      writer: back.operation,
      gaveUpAt: gaveUp?.time,
      committedAt: back.time,
      newerAt,
    },
  };
}

function uncommitted(history: KeyHistory, violation: Violation): Finding {
  const { version, kind } = violation;
  const source = sourceOf(history, violation);
  if (source === undefined) return open(history);
  const { node: cache, time: servedAt } = source;
  const commit = history.happenings.find((each) => each.type === 'commit' && each.version === version);
  if (kind === 'dirtyRead')
    return { cause: { kind: 'servedUncommitted', cache, servedAt, committedAt: commit?.time } };
  const writer = writerOf(history, version);
  if (writer === undefined) return open(history);
  const lost = history.happenings.find((each) => each.type === 'lose' && each.operation === writer.operation);
  return { cause: { kind: 'neverCommitted', cache, servedAt, lostAt: lost?.time } };
}

function lossOf(history: KeyHistory, { version, operation, time }: Violation): Finding {
  const { happenings } = history;
  const writer = writerOf(history, version);
  if (writer === undefined) return open(history);
  const acked = happenings.find((each) => each.type === 'endOperation' && each.operation === operation);
  const holders = new Set(
    happenings
      .filter(
        (each) => each.type === 'durable' && each.version === version && each.time <= (acked?.time ?? time),
      )
      .map(({ node }) => node),
  );
  return {
    cause: {
      kind: 'lostCopies',
      ackedAt: acked?.time,
      copies: holders.size,
      holders: [...holders],
      decidedAt: time,
    },
  };
}
