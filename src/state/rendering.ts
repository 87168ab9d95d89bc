/**
 * Has the open design rendered: at once when a sitting begins, and at the next frame after a change, since a drag makes
 * many of them. A change that no run could tell is not rendered: the run that is there goes on under its new words. What
 * the engine answers goes to the store of the run.
 */
import type { Design } from '../design/design.ts';
import type { EngineClient } from '../worker/client.ts';
import { sameRun, type DocumentStore } from './documents.ts';
import type { Opening } from './opening.ts';
import type { RunStore } from './run.ts';
import type { ViewStore } from './view.ts';

export interface Rendering {
  /** Renders what is open, if another run comes of it. */
  render(): void;
  /** Does so at the next frame. */
  schedule(): void;
  /** Renders what is open once more, after its run has failed. */
  retry(): void;
  dispose(): void;
}

interface Sitting {
  readonly client: Pick<EngineClient, 'render'>;
  readonly documents: DocumentStore;
  readonly run: RunStore;
  readonly view: ViewStore;
  readonly opening: Opening;
}

interface Told {
  /** This design is open now, be it rendered for that or not. */
  readonly opened: (design: Design) => void;
  /** A run of it was asked for. */
  readonly began: (runId: number, design: Design) => void;
}

/** @param nextFrame calls back at the next frame */
export function createRendering(
  { client, documents, run, view, opening }: Sitting,
  nextFrame: (callback: () => void) => void,
  { opened, began }: Told,
): Rendering {
  /** The design that was asked for last, and the one before its change: a drag is one change of many renders. */
  let rendered: { design: Design; before: Design | undefined } | undefined;
  let scheduled = false;
  let disposed = false;

  function render(): void {
    const { design, past } = documents.getState();
    const before = past.at(-1)?.design;
    opened(design);
    if (rendered !== undefined && sameRun(rendered.design, design)) {
      rendered = { design, before: rendered.before };
      run.annotated(design);
      return;
    }
    const keepsGhost = rendered !== undefined && rendered.before === before;
    rendered = { design, before };
    start(design, { keepsGhost });
  }

  function start(design: Design, options: { readonly keepsGhost: boolean }): void {
    const id: number = client.render(
      design,
      {
        progress(progress) {
          opening.hasSomething();
          run.progressed(id, progress);
        },
        done(done) {
          run.finished(id, done);
        },
        failed(message) {
          run.failed(id, message);
        },
      },
      // What is seen first of a run that is seen from its beginning is there at once.
      opening.isUnderWay() && view.getState().cursor === 0,
    );
    run.began(id, design, options);
    began(id, design);
  }

  return {
    render,
    schedule() {
      if (scheduled) return;
      scheduled = true;
      nextFrame(() => {
        scheduled = false;
        if (!disposed) render();
      });
    },
    retry() {
      start(documents.getState().design, { keepsGhost: true });
    },
    dispose() {
      disposed = true;
    },
  };
}
