/** The engine's own limits, named. Reaching one is said in the run's readings, never passed over in silence. */

/** Messages alive at once; past that the run ends there, and says so. */
export const MESSAGE_LIMIT = 4_000_000;
/** Events of a run, which are counted, and name messages, in ints of 32 bits; past that it ends there, and says so. */
export const EVENT_LIMIT = 2_000_000_000;
/** Violations recorded one by one; the counts go on beyond. */
export const VIOLATION_LIMIT = 500_000;
/** Rows of hops, events or levels in one detail window; past that the window is cut short. */
export const DETAIL_ROWS_LIMIT = 600_000;
/** What a message weighs beside the value that it carries, bytes; the cost of transfer counts it. */
export const MESSAGE_OVERHEAD_BYTES = 64;
/** How long an invalidation's tombstone refuses older versions where entries have no TTL, microseconds. */
export const TOMBSTONE_TTL_US = 60_000_000;
