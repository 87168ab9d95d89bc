/**
 * The vocabulary of a run's readings: which number stands in which column of the arrays that a run gives.
 * The engine writes these arrays, replay and the screen read them; the words live here because they may share
 * nothing else. All arrays are row-major, one row a bucket, node, violation, hop or event.
 */

/** Length of one bucket of the series, microseconds. */
export const BUCKET_US = 100_000;
/** What makes a rate of a bucket's count. */
export const BUCKETS_PER_SECOND = 1_000_000 / BUCKET_US;

function columnsOf<const N extends readonly string[]>(names: N): { readonly [K in N[number]]: number } {
  return Object.fromEntries(names.map((name, i) => [name, i])) as { [K in N[number]]: number };
}

// The engine writes rows column by column: it needs numbers and widths alone, which the compiler holds to the columns, and so
// the names stay out of the worker.

/** Columns of the whole system's series, one row a bucket. Counts are of that bucket; times are microseconds; NaN where nothing was measured. */
export const SYSTEM_COLUMNS = [
  'putsStarted', // attempted by clients
  'getsStarted', // read-backs included
  'putsOk', // ended in this bucket
  'getsOk',
  'putsUnknown', // given up on
  'failed', // PUTs that were refused, GETs that ended without an answer of use
  'putP50',
  'putP99',
  'getP50',
  'getP99',
  'hits',
  'misses',
  'cacheTimeouts', // calls to a cache node that ran out of time
  'fallbacks', // operations that went to the store because of it
  'storeReads',
  'storeWrites', // durable replica writes
  'staleReads',
  'maxStaleness', // of the reads that ended in this bucket; 0 when none was stale
  'dirtyReads',
  'readYourWrites', // violations
  'monotonicReads', // violations
  'regressions', // an older version overwrote a newer committed one
  'lostAckedWrites',
  'inFlight', // client operations under way at the bucket's end
  'entries', // live cache entries at the bucket's end
  'readYourWritesChecked', // GETs of a key that their session has an acknowledged PUT of
] as const;
export const SYSTEM = /* @__PURE__ */ columnsOf(SYSTEM_COLUMNS);
export const SYSTEM_WIDTH: (typeof SYSTEM_COLUMNS)['length'] = 26;

/** Columns of one node's series, one row a bucket and node (bucket-major; nodes in the order of `nodesOf`). */
export const NODE_COLUMNS = [
  'queue', // waiting, at the bucket's end
  'busy', // servers busy at the bucket's end
  'utilisation', // share of all server time of this bucket that was busy, 0 to 1
  'served', // services begun
  'wait', // mean wait in the queue of the services begun, microseconds
  'timeouts', // app: calls it gave up on; cache: calls to it that were given up on
  'hits',
  'misses',
  'entries', // live entries at the bucket's end
  'state', // NODE_STATE at the bucket's end
  'leads', // 1 when this replica leads its shard
  'lag', // replica: age of the oldest committed write that it does not show yet, microseconds, at the bucket's end
] as const;
export const NODE = /* @__PURE__ */ columnsOf(NODE_COLUMNS);
export const NODE_WIDTH: (typeof NODE_COLUMNS)['length'] = 12;

export const NODE_STATE = { up: 0, crashed: 1, paused: 2, cutOff: 3, catchingUp: 4 } as const;

/** Columns of the violations, one row each, in the order in which they were found. */
const VIOLATION_COLUMNS = [
  'time', // when the read was answered, the write lost, the store taken back
  'kind', // VIOLATION_KINDS
  'operation',
  'session', // -1 where no session was let down
  'key', // rank of the key, from 0
  'version', // what was returned (or lost, or put back): the key's version number, 0 is the initial value
  'expected', // the version that should have been seen, at least
  'extra', // stale: by how many microseconds; lost: age of the acknowledgement, microseconds
] as const;
export const VIOLATION = /* @__PURE__ */ columnsOf(VIOLATION_COLUMNS);
export const VIOLATION_WIDTH: (typeof VIOLATION_COLUMNS)['length'] = 8;

export const VIOLATION_KINDS = [
  'readYourWrites',
  'monotonicReads',
  'staleRead',
  'dirtyRead',
  'phantomRead',
  'lostAckedWrite',
  'storeRegression',
] as const;
export type ViolationKind = (typeof VIOLATION_KINDS)[number];

/** What travels. The order is that of the engine's message codes. */
export const MESSAGES = ['put', 'get', 'invalidate', 'fill', 'replicate', 'commitNotice'] as const;
export type MessageKind = (typeof MESSAGES)[number];

/** Columns of a hop: one message on its way from one node to another. */
export const HOP_COLUMNS = [
  'sentAt',
  'arrivesAt',
  'operation', // the client operation it serves
  'from', // node id
  'to', // node id
  'message', // MESSAGES
  'answer', // 1 when it is the answer to such a message
  'key', // rank
  'version', // the key's version number that it carries; -1 when it carries none
  'call', // identifies the call: request and answer share it; a timeout names it
  'flags', // HOP_FLAGS
] as const;
export const HOP = /* @__PURE__ */ columnsOf(HOP_COLUMNS);
export const HOP_WIDTH: (typeof HOP_COLUMNS)['length'] = 11;

export const HOP_FLAGS = {
  /** Its caller had stopped waiting when it was sent. It is still alive. */
  givenUp: 1,
  /** It will not arrive. */
  lost: 2,
  /** It carries a value older than the newest committed one (when sent). */
  stale: 4,
  /** It carries a value that is not committed (when sent). */
  dirty: 8,
  /** An answer that says no: refused, miss, or gone wrong. */
  negative: 16,
} as const;

/** Columns of the events that happen at nodes, in a detail window. */
export const EVENT_COLUMNS = [
  'time',
  'type', // EVENTS
  'operation',
  'node',
  'call',
  'key', // rank, -1 where none
  'version', // the key's version number, -1 where none
  'extra', // startOperation: session; endOperation: OPERATION_ENDINGS; step: index into the actor's table; elected: term; apply, bury: how long it lives, microseconds, 0 without end
] as const;
export const EVENT = /* @__PURE__ */ columnsOf(EVENT_COLUMNS);
export const EVENT_WIDTH: (typeof EVENT_COLUMNS)['length'] = 8;

export const EVENTS = [
  'startOperation',
  'endOperation',
  'enqueue', // joined a node's queue
  'startService',
  'endService',
  'step', // the actor took a step of the policy's table
  'timeout', // the caller of `call` stopped waiting
  'hit',
  'miss',
  'apply', // the cache node holds `version` now
  'remove', // the cache node holds nothing of the key now
  'refuse', // an older version was turned away by its fence
  'expire',
  'evict',
  'durable', // on this replica's disk
  'commit', // at the leader
  'expose', // this replica answers reads with `version` from now on
  'lose', // a message will never arrive
  'elected', // this replica leads from now on
  'bury', // a tombstone of `version` is left at the cache node and refuses older ones; of no version: it is gone
] as const;
export type EventType = (typeof EVENTS)[number];
/** How an operation ended for its client. */
export const OPERATION_ENDINGS = ['ok', 'failed', 'unknown'] as const;
export type Ending = (typeof OPERATION_ENDINGS)[number];
/** Those that change what a node holds of a key, or what is known to be committed of it. */
export const CHANGES: ReadonlySet<EventType> = new Set<EventType>([
  'apply',
  'remove',
  'expire',
  'evict',
  'bury',
  'commit',
  'expose',
]);

/** Columns of a node's instantaneous state, one row a change, in a detail window of all operations. */
export const LEVEL_COLUMNS = ['time', 'node', 'busy', 'queue'] as const;
export const LEVEL = /* @__PURE__ */ columnsOf(LEVEL_COLUMNS);
export const LEVEL_WIDTH: (typeof LEVEL_COLUMNS)['length'] = 4;
