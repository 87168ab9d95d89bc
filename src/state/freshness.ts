/**
 * The curve of freshness of the open design, measured when somebody asks for it. A change of the design leaves the curve
 * where it is and says that it is of another design; what is being measured then is given up.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Design } from '../design/design.ts';
import { DEFAULT_QUESTION } from '../design/visibility.ts';
import type { VisibilityReading } from '../engine/readings.ts';
import type { EngineClient, Pending } from '../worker/client.ts';
import { sameRun } from './documents.ts';

export interface FreshnessState {
  /** Without points until something was measured; while it is being measured, what was found so far. */
  readonly reading: VisibilityReading;
  /** Share of the work that is done, while it is under way. */
  readonly measuring: number | undefined;
  /** The points are of another design than the open one. */
  readonly stale: boolean;
  /** Why the last measurement failed. */
  readonly error: string | undefined;
}

export interface FreshnessStore extends StoreApi<FreshnessState> {
  measure(): void;
  stop(): void;
  /** The open design: another one, or the one that the points are of once more. */
  follow(design: Design): void;
  dispose(): void;
}

const NOTHING_FOUND: VisibilityReading = { points: [] };

/** With nothing measured yet. */
export function createFreshnessStore(client: Pick<EngineClient, 'visibility'>): FreshnessStore {
  const store = createStore<FreshnessState>()(() => ({
    reading: NOTHING_FOUND,
    measuring: undefined,
    stale: false,
    error: undefined,
  }));
  let open: Design | undefined;
  /** What the points are of. */
  let measured: Design | undefined;
  let pending: Pending<VisibilityReading> | undefined;

  function stop(): void {
    pending?.cancel();
    pending = undefined;
    store.setState({ measuring: undefined });
  }

  return Object.assign(store, {
    measure() {
      if (open === undefined) return;
      stop();
      const design = open;
      measured = design;
      store.setState({ reading: NOTHING_FOUND, measuring: 0, stale: false, error: undefined });
      const asked = client.visibility(design, DEFAULT_QUESTION, (reading, measuring) => {
        if (pending === asked) store.setState({ reading, measuring });
      });
      pending = asked;
      void asked.result.then((answer) => {
        if (pending !== asked) return;
        pending = undefined;
        if (answer.ok) store.setState({ reading: answer.value, measuring: undefined });
        else store.setState({ measuring: undefined, error: answer.error });
      });
    },

    stop,

    follow(design: Design) {
      open = design;
      const stale = measured !== undefined && !sameRun(measured, design);
      if (stale) stop();
      if (stale !== store.getState().stale) store.setState({ stale });
    },

    dispose() {
      pending?.cancel();
      pending = undefined;
    },
  });
}
