/**
 * What can have caused a violation, each kind with the facts that say so: who, where, and the instants between which it
 * happened (microseconds). Types alone: how they are derived stands in `cause.ts` and the files beside it.
 */

/** A cache filled with what had been read before. */
export interface Fill {
  readonly cache: number;
  readonly filler: number;
  readonly replica: number;
  readonly readAt: number;
  readonly filledAt: number;
  /** When the newer version was there to be overwritten: at the cache, or else in the store. */
  readonly newerAt: number;
}

/** The facts of each kind of cause. */
interface Facts {
  /** A PUT that its app had given up on came out of a cache node's queue and took the store back. */
  lateForward: {
    readonly writer: number;
    readonly cache: number;
    readonly gaveUpAt: number;
    readonly forwardedAt: number;
    readonly committedAt: number;
    readonly newerAt: number;
  };
  /** The store took up an older version a second time: whoever had given up on it had sent it once more. */
  writtenTwice: {
    readonly writer: number;
    /** Undefined: nobody gave up on it in this window. */
    readonly gaveUp: { readonly by: 'clients' | 'app' | 'cache'; readonly at: number } | undefined;
    /** It is the first copy to be committed: the version had its place since a newer one replaced it in a flush buffer. */
    readonly replaced: boolean;
    readonly committedAt: number;
    readonly newerAt: number;
  };
  /** A replica did not show the newer version yet. */
  laggingReplica: {
    readonly replica: number;
    readonly readAt: number;
    readonly newerAt: number;
    /** When it showed the newer one; undefined: not in this window. */
    readonly shownAt: number | undefined;
  };
  /** The replicas that a read without a leader heard first did not have the newer version. */
  missedQuorum: {
    /** Those whose answers it took. */
    readonly heard: readonly number[];
    /** Those that had the newer one on their disks by then. */
    readonly holders: readonly number[];
    readonly readAt: number;
    readonly newerAt: number;
  };
  /** The cache took the two writes in another order than the store. */
  twoOrders: {
    readonly cache: number;
    readonly writer: number;
    readonly newerAppliedAt: number;
    readonly olderAppliedAt: number;
    /** The app had given up on the older one by then. */
    readonly gaveUpAt: number | undefined;
  };
  /** A reader put what it had read before over the newer version. */
  staleFill: Fill;
  /** A reload in the background did. */
  staleReload: Fill;
  /** A reader filled the cache from a replica that had not heard of the newer version. */
  laggingRefill: Fill;
  /** It waited for another one's load, which had read a replica before the newer version was committed. */
  joinedLoad: {
    /** Where it waited. */
    readonly node: number;
    readonly loader: number;
    readonly replica: number;
    readonly readAt: number;
    readonly newerAt: number;
  };
  /** The fence that would have refused the old fill had run out. */
  tombstoneGone: {
    readonly cache: number;
    readonly filler: number;
    readonly droppedAt: number;
    readonly filledAt: number;
  };
  /** The newer version was written past the cache, whose invalidation is still on its way or in its queue. */
  lateInvalidation: {
    readonly cache: number;
    readonly sentAt: number;
    readonly readAt: number;
    /** When its app gave up on the node, and so acknowledged without waiting for it; undefined: not by then. */
    readonly gaveUpAt: number | undefined;
    /** When it took effect; undefined: not in this window. */
    readonly doneAt: number | undefined;
  };
  /** The message that would have told the cache was lost. */
  lostInvalidation: {
    readonly cache: number;
    readonly message: 'put' | 'invalidate';
    readonly sentAt: number;
    readonly readAt: number;
  };
  /** The cache node was cut off or down when it would have been told, and came back with what it had. */
  missedWhileAway: {
    readonly cache: number;
    readonly sentAt: number;
    readonly readAt: number;
    /** The end of its absence; undefined where it has none. */
    readonly backAt: number | undefined;
  };
  /** The PUT still waits at the cache; the app has stopped waiting and written the store past it. */
  writtenPast: {
    readonly cache: number;
    readonly writer: number;
    readonly gaveUpAt: number;
    readonly newerAt: number;
    readonly readAt: number;
  };
  /** The newer version is committed; the cache will be told next. */
  notToldYet: { readonly cache: number; readonly newerAt: number; readonly readAt: number };
  /** This policy never tells the cache. */
  neverTold: { readonly cache: number; readonly newerAt: number; readonly readAt: number };
  /** Served by the cache before the store had it; committed later, or never. */
  servedUncommitted: {
    readonly cache: number;
    readonly servedAt: number;
    readonly committedAt: number | undefined;
  };
  /** Acknowledged and served by a write-behind cache before its flush. */
  notFlushedYet: {
    readonly cache: number;
    readonly servedAt: number;
    readonly committedAt: number | undefined;
  };
  /** A replica without a leader showed what too few disks held to count as committed. */
  servedPartial: {
    readonly replica: number;
    readonly servedAt: number;
    readonly holders: readonly number[];
    readonly committedAt: number | undefined;
  };
  /** It was never committed: what the cache had applied died on its way, or was refused. */
  neverCommitted: {
    readonly cache: number;
    readonly servedAt: number;
    readonly lostAt: number | undefined;
  };
  /** A miss went past the flush buffer to the store, which did not have the acknowledged version yet. */
  readPastBuffer: {
    readonly cache: number;
    readonly goneAt: number;
    readonly readAt: number;
    readonly committedAt: number | undefined;
  };
  /** Acknowledged from a cache node's memory, which went before its flush had reached the store. */
  lostWithCache: {
    readonly cache: number;
    readonly ackedAt: number | undefined;
    readonly goneAt: number;
  };
  /** Acknowledged with too few copies, and the hosts that had them went; without leaders, their disks. */
  lostCopies: {
    readonly led: boolean;
    readonly ackedAt: number | undefined;
    readonly copies: number;
    readonly holders: readonly number[];
    readonly decidedAt: number;
  };
  /** It was on enough disks by their word, but not synced when their hosts went. */
  lostUnsynced: {
    readonly ackedAt: number | undefined;
    readonly holders: readonly number[];
    readonly decidedAt: number;
  };
  /** The store had committed the newer version and lost it at an election before the read. */
  lostAtElection: {
    readonly newerAt: number;
    readonly leader: number;
    readonly electedAt: number;
    readonly readAt: number;
  };
  /** The facts of this window fit none of these. */
  unknown: object;
}

export type CauseKind = keyof Facts;

/** A cause of one of these kinds: its name and its facts. */
export type Cause<K extends CauseKind = CauseKind> = { [P in K]: { readonly kind: P } & Facts[P] }[K];

/** `further`: the window begins too late to tell. */
export type Finding = { readonly cause: Cause } | { readonly further: true };

export const FURTHER = { further: true } as const;
