/**
 * How an operation is shown slower than it was, so that its messages can be followed at full speed: the time in which a
 * message of it is under way is stretched, the time in which none is (service, queues) is folded, and a bound holds for
 * the whole. Nothing is ever drawn before it happened, and the order of an operation's messages stays. What is drawn at
 * an instant is a function of that instant: nothing here plays.
 */
import { EVENT, EVENT_WIDTH, HOP, HOP_WIDTH } from '../design/readings.ts';
import { indexOf, isDrawn, type WatchedDetail } from './detail.ts';
import { createSpans, type Spans } from './spans.ts';

/** How stretched operations are drawn; times are simulated microseconds. */
export interface Stretch {
  /** A message is shown as if it took so many times as long. */
  readonly factor: number;
  /** Time without a message under way is shown for so long at the most, unless it really takes longer. */
  readonly fold: number;
  /** The time in which messages are under way without a break is shown for so long at the most, unless it takes longer. */
  readonly flight: number;
  /** A whole operation is shown for so long at the most, unless it really takes longer. */
  readonly whole: number;
}

export interface StretchedDetail {
  /** Hops by the time in which they are drawn; spans' rows are hop rows. */
  readonly hops: Spans;
  /** By hop row: from when on it is drawn as given up on, microseconds; Infinity if never. */
  readonly givenUpAt: Float64Array;
  /** Timeouts by the time at which they are drawn; spans' rows are event rows, a span lasts `crossFor`. */
  readonly timeouts: Spans;
}

/** A stretch of an operation's time, in order: from `at` on, drawn from `drawnAt` on, `rate` times as slow. */
interface Piece {
  readonly at: number;
  readonly drawnAt: number;
  readonly rate: number;
}

/** Draws the operations of a detail by `stretch`; one that began before the window is drawn as it was. */
export function stretchDetail(detail: WatchedDetail, stretch: Stretch, crossFor: number): StretchedDetail {
  const { givenUpAt, timeouts, beginnings } = indexOf(detail);
  const { hops } = detail;
  const hopCount = hops.length / HOP_WIDTH;
  const drawnFrom = new Float64Array(hopCount).fill(Number.NaN);
  const drawnTo = new Float64Array(hopCount);
  const drawnGivenUpAt = new Float64Array(hopCount);
  const pieces = new Map<number, readonly Piece[]>();
  for (const [operation, rows] of hopsByOperation(detail)) {
    const beginning = beginnings.get(operation);
    const own = beginning === undefined ? undefined : piecesOf(detail, rows, beginning, stretch);
    if (own !== undefined) pieces.set(operation, own);
    for (const row of rows) {
      drawnFrom[row] = drawnTime(own, hops[row * HOP_WIDTH + HOP.sentAt]!);
      drawnTo[row] = drawnTime(own, hops[row * HOP_WIDTH + HOP.arrivesAt]!);
      drawnGivenUpAt[row] = drawnTime(own, givenUpAt[row]!);
    }
  }
  return {
    hops: createSpans(
      hopCount,
      (row) => drawnFrom[row]!,
      (row) => drawnTo[row]!,
    ),
    givenUpAt: drawnGivenUpAt,
    timeouts: timeoutSpans(detail, timeouts, (operation, t) => drawnTime(pieces.get(operation), t), crossFor),
  };
}

/** Crosses at the timeouts of a detail, each for `crossFor` microseconds from when it is drawn. */
export function timeoutSpans(
  detail: WatchedDetail,
  timeouts: Int32Array,
  drawn: (operation: number, t: number) => number,
  crossFor: number,
): Spans {
  const { events } = detail;
  const begin = (i: number): number => {
    const at = timeouts[i]! * EVENT_WIDTH;
    const operation = events[at + EVENT.operation]!;
    return isDrawn(detail, operation) ? drawn(operation, events[at + EVENT.time]!) : Number.NaN;
  };
  const spans = createSpans(timeouts.length, begin, (i) => begin(i) + crossFor);
  return { ...spans, rows: spans.rows.map((i) => timeouts[i]!) };
}

function hopsByOperation(detail: WatchedDetail): Map<number, number[]> {
  const { hops } = detail;
  const rows = new Map<number, number[]>();
  for (let row = 0, at = 0; at < hops.length; row++, at += HOP_WIDTH) {
    const operation = hops[at + HOP.operation]!;
    if (!isDrawn(detail, operation)) continue;
    const known = rows.get(operation);
    if (known === undefined) rows.set(operation, [row]);
    else known.push(row);
  }
  return rows;
}

/** Cuts the operation's time where messages begin or cease to be under way, and gives every part the time it is drawn for. */
function piecesOf(
  { hops }: WatchedDetail,
  rows: readonly number[],
  beginning: number,
  stretch: Stretch,
): readonly Piece[] {
  const parts: { at: number; real: number; drawn: number }[] = [];
  const add = (at: number, end: number, longest: number): void => {
    const real = end - at;
    if (real > 0) parts.push({ at, real, drawn: Math.max(real, Math.min(real * stretch.factor, longest)) });
  };
  let covered = beginning;
  let flightFrom = beginning;
  for (const row of rows) {
    const sentAt = hops[row * HOP_WIDTH + HOP.sentAt]!;
    const arrivesAt = hops[row * HOP_WIDTH + HOP.arrivesAt]!;
    if (sentAt > covered) {
      add(flightFrom, covered, stretch.flight);
      add(covered, sentAt, stretch.fold);
      flightFrom = sentAt;
    }
    covered = Math.max(covered, arrivesAt);
  }
  add(flightFrom, covered, stretch.flight);

  const real = parts.reduce((sum, part) => sum + part.real, 0);
  const wished = parts.reduce((sum, part) => sum + part.drawn, 0);
  const share = wished <= stretch.whole ? 1 : Math.max(0, (stretch.whole - real) / (wished - real));
  let drawnAt = beginning;
  const pieces = parts.map((part): Piece => {
    const drawn = part.real + (part.drawn - part.real) * share;
    const piece = { at: part.at, drawnAt, rate: drawn / part.real };
    drawnAt += drawn;
    return piece;
  });
  return [...pieces, { at: covered, drawnAt, rate: 1 }];
}

function drawnTime(pieces: readonly Piece[] | undefined, t: number): number {
  if (pieces === undefined || t === Number.POSITIVE_INFINITY) return t;
  const piece = pieces.findLast(({ at }) => at <= t);
  return piece === undefined ? t : piece.drawnAt + (t - piece.at) * piece.rate;
}
