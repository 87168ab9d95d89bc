/**
 * What the open design is compared with, and what came of it. The open design is A, the other one is B. A change of
 * either begins the comparison anew, a moment after the last one, so that a drag is no series of comparisons.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { DEFAULT_SEEDS } from '../design/comparing.ts';
import type { Design } from '../design/design.ts';
import { LIMITS } from '../design/limits.ts';
import type { SeriesReading } from '../engine/readings.ts';
import type { ComparisonReading } from '../explore/comparison.ts';
import type { ComparisonClient } from '../worker/client-comparison.ts';
import { sameRun } from './documents.ts';

export interface ComparisonState {
  /** B; undefined while nothing is compared. */
  readonly versus: Design | undefined;
  readonly reading: ComparisonReading | undefined;
  /** Of the first pair, as far as it is rendered. */
  readonly a: SeriesReading | undefined;
  readonly b: SeriesReading | undefined;
  /** How many seeds are asked for. */
  readonly seeds: number;
  /** Share of the work that is done, while it is under way. */
  readonly share: number | undefined;
  /** Why it failed. */
  readonly error: string | undefined;
}

export interface ComparisonStore extends StoreApi<ComparisonState> {
  /** Compares the open design with this one. */
  open(versus: Design): void;
  close(): void;
  /** Goes on where it was stopped, or with as many seeds again as one begins with; begins anew after a failure. */
  more(): void;
  /** Stops and keeps what was found. */
  stop(): void;
  /** The open design. */
  follow(design: Design): void;
  dispose(): void;
}

/** How long neither design has changed before they are compared, milliseconds. */
export const SETTLED_MS = 400;

const NOTHING = { reading: undefined, a: undefined, b: undefined, share: undefined, error: undefined };

/** With nothing compared yet. */
export function createComparisonStore(client: ComparisonClient): ComparisonStore {
  const store = createStore<ComparisonState>()(() => ({
    versus: undefined,
    seeds: DEFAULT_SEEDS,
    ...NOTHING,
  }));
  let open: Design | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** False once it was stopped: what was told before the worker heard of it is still on its way. */
  let running = false;

  /** `afterMs`: with what is seen to be chosen at once, with what may go on changing later. */
  function begin(afterMs: number): void {
    client.dispose();
    clearTimeout(timer);
    running = true;
    store.setState({ ...NOTHING, share: 0 });
    timer = setTimeout(() => {
      const { versus, seeds } = store.getState();
      if (open === undefined || versus === undefined) return;
      client.compare(open, versus, seeds, {
        progress({ reading, series, share, done }) {
          store.setState({ reading, ...series, share: running && !done ? share : undefined });
        },
        failed(error) {
          store.setState({ share: undefined, error });
        },
      });
    }, afterMs);
  }

  function halt(): void {
    clearTimeout(timer);
    client.dispose();
  }

  return Object.assign(store, {
    open(versus: Design) {
      store.setState({ versus, seeds: DEFAULT_SEEDS });
      begin(0);
    },

    close() {
      halt();
      store.setState({ ...NOTHING, versus: undefined });
    },

    more() {
      const { reading, seeds, error, share, versus } = store.getState();
      if (versus === undefined || share !== undefined) return;
      if (error !== undefined || reading === undefined) {
        begin(0);
        return;
      }
      const complete = reading.seeds.length >= seeds;
      const wanted = complete ? Math.min(seeds + DEFAULT_SEEDS, LIMITS.seeds) : seeds;
      store.setState({ seeds: wanted, share: reading.seeds.length / wanted });
      running = true;
      client.more(wanted);
    },

    stop() {
      clearTimeout(timer);
      running = false;
      client.stop();
      store.setState({ share: undefined });
    },

    follow(design: Design) {
      const changed = open !== undefined && !sameRun(open, design);
      open = design;
      if (changed && store.getState().versus !== undefined) begin(SETTLED_MS);
    },

    dispose: halt,
  });
}
