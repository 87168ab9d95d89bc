/**
 * Which run the charts draw behind the one that is shown, to be compared with at a glance: the one before the last change,
 * one that somebody has pinned, or none. A design that is pinned without ever having been shown is rendered for it, by an
 * engine of its own that goes when it is done.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Design } from '../design/design.ts';
import type { EngineClient } from '../worker/client.ts';
import { sameRun, withoutAnnotations } from './documents.ts';
import { createRunStore, type Ghost, type RunStore } from './run.ts';

export type GhostChoice = 'before' | 'pinned' | 'none';

export interface GhostState {
  readonly choice: GhostChoice;
  /** The design that is pinned; it stays pinned while another ghost is chosen. */
  readonly design: Design | undefined;
  /** Its run, as far as it is rendered. */
  readonly pinned: Ghost | undefined;
  /** Share of it that is rendered, while it is under way. */
  readonly rendering: number | undefined;
  /** Why it cannot be had. */
  readonly error: string | undefined;
}

export interface GhostStore extends StoreApi<GhostState> {
  choose(choice: GhostChoice): void;
  /** Pins the run that is shown, as far as it is rendered. */
  pinShown(): void;
  /** Pins a design, whatever is shown. */
  pin(design: Design): void;
  /** Draws what is pinned no longer; it can be chosen again. */
  letGo(): void;
  dispose(): void;
}

/** @param engine opens an engine that nobody else uses */
export function createGhostStore(run: RunStore, engine: () => EngineClient): GhostStore {
  const store = createStore<GhostState>()(() => ({
    choice: 'before',
    design: undefined,
    pinned: undefined,
    rendering: undefined,
    error: undefined,
  }));
  let client: EngineClient | undefined;
  let stopWaiting: (() => void) | undefined;

  function rest(): void {
    stopWaiting?.();
    stopWaiting = undefined;
    client?.dispose();
    client = undefined;
  }

  function begin(design: Design, pinned: Ghost | undefined): void {
    rest();
    store.setState({
      choice: 'pinned',
      // A ghost is known by its title.
      design: { ...withoutAnnotations(design), title: design.title },
      pinned,
      rendering: pinned === undefined ? 0 : undefined,
      error: undefined,
    });
  }

  /** Two engines at once would keep waiting whoever looks at the run that is shown. */
  function onceShownIsRendered(act: () => void): void {
    const whenDone = (): void => {
      if (run.getState().phase === 'rendering') return;
      stopWaiting?.();
      stopWaiting = undefined;
      act();
    };
    stopWaiting = run.subscribe(whenDone);
    whenDone();
  }

  function render(design: Design): void {
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
    rendered.began(id, design);
  }

  return Object.assign(store, {
    choose(choice: GhostChoice) {
      store.setState({ choice });
    },

    pinShown() {
      const shown = ghostOf(run);
      if (shown !== undefined) begin(shown.design, shown);
    },

    pin(design: Design) {
      begin(design, undefined);
      onceShownIsRendered(() => {
        const shown = run.getState().phase === 'done' ? ghostOf(run) : undefined;
        if (shown === undefined || !sameRun(shown.design, design)) render(design);
        else store.setState({ pinned: shown, rendering: undefined });
      });
    },

    letGo() {
      if (store.getState().choice === 'pinned') store.setState({ choice: 'before' });
    },

    dispose: rest,
  });
}

function ghostOf(run: RunStore): Ghost | undefined {
  const { series, summary, design } = run.getState();
  return series === undefined || design === undefined ? undefined : { series, summary, design };
}
