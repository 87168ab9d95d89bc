/**
 * What remedies would come to: each is rendered as a design of its own, beside the run that is shown, one after the other
 * and by an engine of their own that goes when they are done. What was rendered once is kept for as long as its design is
 * open. It changes no document and weighs nothing.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Design } from '../design/design.ts';
import { setByKey } from '../design/keys.ts';
import type { Remedy } from '../design/remedies.ts';
import type { Summary } from '../engine/summary.ts';
import type { EngineClient } from '../worker/client.ts';

export interface Trial {
  readonly remedy: Remedy;
  /** Of the run with the remedy, once it is there. */
  readonly summary: Summary | undefined;
  /** How much of it is rendered, 0 to 1. */
  readonly share: number;
  /** Why it cannot be had. */
  readonly why: string | undefined;
}

export interface TrialState {
  readonly trials: readonly Trial[];
}

export interface TrialStore extends StoreApi<TrialState> {
  /** Renders these remedies of a design, in this order; what else was under way is given up. */
  tryOut(design: Design, remedies: readonly Remedy[]): void;
  /** Nobody looks at them any more. */
  stop(): void;
  dispose(): void;
}

/** @param engine opens an engine that nobody else uses */
export function createTrials(engine: () => EngineClient): TrialStore {
  const store = createStore<TrialState>()(() => ({ trials: [] }));
  const known = new WeakMap<Design, Map<string, Trial>>();
  let client: EngineClient | undefined;

  const update = (index: number, change: Partial<Trial>): void => {
    const trials = store.getState().trials.map((trial, i) => (i === index ? { ...trial, ...change } : trial));
    store.setState({ trials });
  };

  function rest(): void {
    client?.dispose();
    client = undefined;
  }

  /** The first that has not been rendered; with none left the engine goes. */
  function next(design: Design): void {
    const { trials } = store.getState();
    const index = trials.findIndex(({ summary, why }) => summary === undefined && why === undefined);
    const trial = trials[index];
    if (trial === undefined) {
      rest();
      return;
    }
    const end = (change: Partial<Trial>): void => {
      const ended = { ...trial, ...change, share: 1 };
      // Why one cannot be had may be gone by the next time.
      if (ended.summary !== undefined) known.get(design)?.set(trial.remedy.label, ended);
      update(index, ended);
      next(design);
    };
    const changed = setByKey(design, trial.remedy.key, trial.remedy.text(design));
    if (!changed.ok) {
      end({ why: 'this design cannot take it' });
      return;
    }
    client ??= engine();
    client.render(changed.value, {
      progress: ({ renderedTo }) => {
        update(index, { share: Math.min(1, renderedTo / design.duration) });
      },
      done: ({ summary }) => {
        end({ summary });
      },
      failed: (why) => {
        end({ why });
      },
    });
  }

  return Object.assign(store, {
    tryOut(design: Design, remedies: readonly Remedy[]) {
      rest();
      const before = known.get(design) ?? new Map<string, Trial>();
      known.set(design, before);
      store.setState({
        trials: remedies.map(
          (remedy) => before.get(remedy.label) ?? { remedy, summary: undefined, share: 0, why: undefined },
        ),
      });
      next(design);
    },

    stop() {
      rest();
      store.setState({ trials: [] });
    },

    dispose: rest,
  });
}
