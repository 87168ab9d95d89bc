/**
 * Which window of a run is shown in detail at a cursor. Windows lie on a grid, and the one at a cursor depends on the
 * cursor, the speed and the design alone, never on how one came there: so scrubbing back finds the same picture. Pure.
 */
import type { Design } from '../design/design.ts';
import { PACE, type Speed } from '../design/linkView.ts';
import { FILMED_PER_SECOND } from '../design/sampling.ts';
import type { DetailRequest } from '../engine/readings.ts';
import { DRAWN_FOR_MS } from '../replay/packets.ts';

export interface DetailWindow {
  /** Microseconds, [from, to). */
  readonly from: number;
  readonly to: number;
  /** All operations, or so many in a second of simulated time. */
  readonly sample: 'all' | number;
  /** The cursors that this window is for, microseconds: [begin, end). Before `begin` it only leads in. */
  readonly begin: number;
  readonly end: number;
}

/** Who is drawn in every window, whatever its sample. */
export interface Followed {
  /** Rank of the key. */
  readonly key: number;
  readonly session: number | undefined;
  readonly focus: readonly number[];
}

interface Grid {
  /** Length of the cursors' part, microseconds. */
  readonly step: number;
  /** The same of the run's first window, where it is shorter: what is seen first waits until all of that is rendered. */
  readonly first?: number;
  /** What comes before it, so that what began there is known. */
  readonly lead: number;
  /** All operations, or so many in a second of simulated time. */
  readonly perSecond: 'all' | number;
}

/** It stays in a window for seconds, so short ones are rendered often enough, and a seek has less to wait for. */
const SLOW_MOTION: Grid = { step: 50_000, lead: 20_000, perSecond: 'all' };

/** At 1 and 1/10 operations are drawn for longer than they last: what began so long before the cursor is still seen. */
const GRIDS: Readonly<Record<Speed, Grid>> = {
  '1': { step: 1_000_000, first: 200_000, lead: DRAWN_FOR_MS * 1000, perSecond: FILMED_PER_SECOND },
  '1/10': { step: 300_000, first: 75_000, lead: DRAWN_FOR_MS * 200, perSecond: 1_800 },
  '1/100': SLOW_MOTION,
  '1/1000': SLOW_MOTION,
};

/** Hops that a window of all operations should hold, at the most: the window is halved until it does. */
const HOPS_LIMIT = 60_000;
/** The shortest step that is halved to, microseconds. */
const SHORTEST_STEP = 1_000;
/** Messages of a GET and of a PUT apart from replication, generously; for sizing windows, nothing else. */
const HOPS_OF_GET = 6;
const HOPS_OF_PUT = 8;
/** Request, acknowledgement and commit notice of one follower. */
const HOPS_OF_FOLLOWER = 3;

/** How long before the end of a window the next one is fetched while playing, milliseconds of wall time. */
const PREFETCH_MS = 1_200;

/** The window for a cursor. With `denser` n, steps are halved n times more: for a run that is denser than was thought. */
export function windowAt(cursor: number, speed: Speed, design: Design, denser = 0): DetailWindow {
  const grid = sized(GRIDS[speed], design, denser);
  const { begin, end } = stepAt(cursor, grid);
  const from = Math.max(0, begin - grid.lead);
  // The cursor may stand at the very end of the run, and no other window begins there.
  const to = end === design.duration ? end + 1 : end;
  return { from, to, sample: grid.perSecond, begin, end };
}

/** What the engine is asked for to show a window. */
export function requestFor(
  { from, to, sample }: DetailWindow,
  { key, session, focus }: Followed,
): DetailRequest {
  return { from, to, sample, focus, key, ...(session === undefined ? {} : { session }) };
}

/** All that happens in [from, to), microseconds, with no key watched. */
export function requestForAll(from: number, to: number): DetailRequest {
  return { from, to, sample: 'all', focus: [], key: -1 };
}

/** The step that holds the cursor, microseconds: [begin, end). From the first one on each is as long as all before it, up to a whole one. */
function stepAt(cursor: number, { step, first = step }: Grid): Pick<DetailWindow, 'begin' | 'end'> {
  if (cursor >= step) {
    const begin = Math.floor(cursor / step) * step;
    return { begin, end: begin + step };
  }
  let [begin, end] = [0, first];
  while (cursor >= end) [begin, end] = [end, Math.min(2 * end, step)];
  return { begin, end };
}

/** The cursor for which to fetch ahead while playing, if it is time to; it may lie past the run's end. */
export function prefetchCursor(cursor: number, speed: Speed, window: DetailWindow): number | undefined {
  return window.end - cursor <= PREFETCH_MS * 1000 * PACE[speed] ? window.end : undefined;
}

function sized(grid: Grid, design: Design, denser: number): Grid {
  if (grid.perSecond !== 'all') return grid;
  const { puts, gets, readBack } = design.workload;
  const perPut = HOPS_OF_PUT + HOPS_OF_FOLLOWER * (design.store.rf - 1);
  const hopsPerMicrosecond = (puts * perPut + (gets + puts * readBack) * HOPS_OF_GET) / 1e6;
  let { step, lead } = grid;
  for (let halved = 0; step > SHORTEST_STEP; halved++) {
    if (halved >= denser && (step + lead) * hopsPerMicrosecond <= HOPS_LIMIT) break;
    step /= 2;
    lead /= 2;
  }
  return { ...grid, step: Math.floor(step), lead: Math.floor(lead) };
}
