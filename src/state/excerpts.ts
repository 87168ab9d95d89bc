/**
 * The window of time that somebody has marked to see what it comes to. What is known of it stays on the screen until the
 * next is there: while its edges are moved, and while a change of the design is rendered. It asks the engine and reckons
 * nothing itself.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Window } from '../design/window.ts';
import type { ExcerptReading } from '../engine/summary.ts';
import type { EngineClient, Pending } from '../worker/client.ts';
import type { RunStore } from './run.ts';

export interface ExcerptState {
  /** Microseconds, [from, to). */
  readonly span: Window | undefined;
  /** The next drag over the charts marks a window. */
  readonly marking: boolean;
  /** Of this window, or of an earlier one while `measuring`. */
  readonly reading: ExcerptReading | undefined;
  /** Share of the work that is done, while it is under way. */
  readonly measuring: number | undefined;
  /** Why it cannot be had. */
  readonly error: string | undefined;
}

export interface ExcerptStore extends StoreApi<ExcerptState> {
  /** Marks a window, as far as it lies in the run; one without length, or undefined, marks none. */
  mark(span: Window | undefined): void;
  setMarking(marking: boolean): void;
  dispose(): void;
}

const NO_RUN = 'the run could not be rendered.';

/** @param duration of the open design, microseconds */
export function createExcerpts(
  client: Pick<EngineClient, 'excerpt'>,
  run: RunStore,
  duration: () => number,
): ExcerptStore {
  const store = createStore<ExcerptState>()(() => ({
    span: undefined,
    marking: false,
    reading: undefined,
    measuring: undefined,
    error: undefined,
  }));
  let pending: Pending<ExcerptReading> | undefined;

  function giveUp(): void {
    pending?.cancel();
    pending = undefined;
  }

  function mark(span: Window | undefined): void {
    giveUp();
    const inRun = (us: number): number => Math.round(Math.min(Math.max(us, 0), duration()));
    const marked = span && { from: inRun(span.from), to: inRun(span.to) };
    if (marked === undefined || marked.from >= marked.to) {
      store.setState({ span: undefined, reading: undefined, measuring: undefined, error: undefined });
      return;
    }
    store.setState({ span: marked, measuring: 0, error: undefined });
    // The first run is asked as soon as there is some of it.
    if (run.getState().design === undefined) return;
    const asked = client.excerpt(run.getState().runId, marked, (measuring) => {
      if (pending === asked) store.setState({ measuring });
    });
    pending = asked;
    void asked.result.then((answer) => {
      if (pending !== asked) return;
      pending = undefined;
      if (answer.ok) store.setState({ reading: answer.value, measuring: undefined });
      // What a newer run has cancelled is asked of that one, as soon as there is some of it.
      else if (answer.error !== 'cancelled') store.setState({ measuring: undefined, error: answer.error });
    });
  }

  const stop = run.subscribe((state, before) => {
    const { span, measuring } = store.getState();
    if (state.runId !== before.runId && span !== undefined) mark(span);
    // No newer run comes of which it could be asked.
    else if (state.phase === 'failed' && measuring !== undefined) {
      giveUp();
      store.setState({ measuring: undefined, error: NO_RUN });
    }
  });

  return Object.assign(store, {
    mark,

    setMarking(marking: boolean) {
      store.setState({ marking });
    },

    dispose() {
      stop();
      giveUp();
    },
  });
}
