/**
 * Which run the charts draw behind the one that is shown, to be compared with at a glance: the one before the last change,
 * one that somebody has pinned, or none. A design that is pinned without ever having been shown is rendered for it, by an
 * engine of its own that goes when it is done.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Design } from '../design/design.ts';
import type { EngineClient } from '../worker/client.ts';
import { createRunStore, type Ghost, type RunStore } from './run.ts';

export type GhostChoice = 'before' | 'pinned' | 'none';

export interface GhostState {
  readonly choice: GhostChoice;
  /** What is pinned, as far as it is rendered; it stays pinned while another ghost is chosen. */
  readonly pinned: Ghost | undefined;
  /** What it is called. */
  readonly name: string;
  /** Share of it that is rendered, while it is under way. */
  readonly rendering: number | undefined;
  /** Why it cannot be had. */
  readonly error: string | undefined;
}

export interface GhostStore extends StoreApi<GhostState> {
  choose(choice: GhostChoice): void;
  /** Pins the run that is shown, as far as it is rendered. */
  pinShown(name: string): void;
  /** Pins a design, whatever is shown. */
  pin(design: Design, name: string): void;
  dispose(): void;
}

/** @param engine opens an engine that nobody else uses */
export function createGhostStore(run: RunStore, engine: () => EngineClient): GhostStore {
  const store = createStore<GhostState>()(() => ({
    choice: 'before',
    pinned: undefined,
    name: '',
    rendering: undefined,
    error: undefined,
  }));
  let client: EngineClient | undefined;

  function rest(): void {
    client?.dispose();
    client = undefined;
  }

  function begin(name: string, rendering: number | undefined): void {
    rest();
    store.setState({ choice: 'pinned', pinned: undefined, name, rendering, error: undefined });
  }

  return Object.assign(store, {
    choose(choice: GhostChoice) {
      store.setState({ choice });
    },

    pinShown(name: string) {
      const pinned = ghostOf(run);
      if (pinned === undefined) return;
      begin(name, undefined);
      store.setState({ pinned });
    },

    pin(design: Design, name: string) {
      begin(name, 0);
      const rendered = createRunStore();
      client = engine();
      const id: number = client.render(design, {
        progress(progress) {
          rendered.progressed(id, progress);
          store.setState({ pinned: ghostOf(rendered), rendering: progress.renderedTo / design.duration });
        },
        done(done) {
          rendered.finished(id, done);
          store.setState({ pinned: ghostOf(rendered), rendering: undefined });
          rest();
        },
        failed(error) {
          store.setState({ rendering: undefined, error });
          rest();
        },
      });
      rendered.began(id, design, false);
    },

    dispose: rest,
  });
}

function ghostOf(run: RunStore): Ghost | undefined {
  const { series, summary, design } = run.getState();
  return series === undefined || design === undefined ? undefined : { series, summary, design };
}
