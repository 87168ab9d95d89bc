/**
 * Which of many spans of time hold an instant, found without looking at all of them: spans are sorted by their start,
 * and every block of them knows its latest end. Reading allocates nothing; it is done once a frame.
 */

/** Spans in one block: a block is skipped with one comparison. */
const BLOCK = 64;

export interface Spans {
  readonly count: number;
  /** Row of the reading that a span belongs to, spans sorted by start. */
  readonly rows: Int32Array;
  /** By span, sorted. */
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** By block. */
  readonly latestEnds: Float64Array;
}

/** Sorts `count` spans; `startOf` and `endOf` give those of a row. Rows whose start is NaN are left out. */
export function createSpans(
  count: number,
  startOf: (row: number) => number,
  endOf: (row: number) => number,
): Spans {
  const startByRow = new Float64Array(count);
  const kept = new Int32Array(count);
  let length = 0;
  let sorted = true;
  for (let row = 0; row < count; row++) {
    const start = startOf(row);
    if (Number.isNaN(start)) continue;
    startByRow[row] = start;
    sorted &&= length === 0 || startByRow[kept[length - 1]!]! <= start;
    kept[length++] = row;
  }
  const rows = kept.slice(0, length);
  // What the engine wrote is sorted already, and sorting it once more would be felt.
  if (!sorted) rows.sort((a, b) => startByRow[a]! - startByRow[b]! || a - b);
  const starts = new Float64Array(length);
  const ends = new Float64Array(length);
  const latestEnds = new Float64Array(Math.ceil(length / BLOCK)).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < length; i++) {
    const row = rows[i]!;
    const block = Math.floor(i / BLOCK);
    starts[i] = startByRow[row]!;
    ends[i] = endOf(row);
    latestEnds[block] = Math.max(latestEnds[block]!, ends[i]!);
  }
  return { count: length, rows, starts, ends, latestEnds };
}

/**
 * Writes into `into` the indices of the spans with start <= t < end, in order of start, and returns how many. What does
 * not fit is counted but not written.
 */
export function spansAt(spans: Spans, t: number, into: Int32Array): number {
  const { ends, latestEnds } = spans;
  const begun = upperBound(spans.starts, spans.count, t);
  let found = 0;
  for (let block = 0; block * BLOCK < begun; block++) {
    if (latestEnds[block]! <= t) continue;
    const end = Math.min(begun, (block + 1) * BLOCK);
    for (let i = block * BLOCK; i < end; i++) {
      if (ends[i]! <= t) continue;
      if (found < into.length) into[found] = i;
      found++;
    }
  }
  return found;
}

/** How many of the first `count` numbers, which ascend, are <= `value`. */
export function upperBound(sorted: Float64Array | Int32Array, count: number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of the first `count` numbers, which ascend, are < `value`. */
export function lowerBound(sorted: Float64Array | Int32Array, count: number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
