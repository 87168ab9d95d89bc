/** The engine's worker: a shell around the handler. */
import './worker-transfers.ts';
import { assert } from '../base/assert.ts';
import { err } from '../base/result.ts';
import { Run } from '../engine/run.ts';
import type { CurveWork } from './handle-curve.ts';
import type { detailWork } from './handle-detail.ts';
import type * as Edits from './handle-edits.ts';
import type { excerptWork } from './handle-excerpt.ts';
import { Handler } from './handle.ts';
import type { Reply, Request } from './protocol.ts';
import { later } from './worker-turns.ts';

/** What few questions, or none before a run has begun, need: there once such a one was asked. */
let edits: typeof Edits | undefined;
let details: typeof detailWork | undefined;
let excerpts: typeof excerptWork | undefined;
let Curves: typeof CurveWork | undefined;

const LOADED = 'loaded by now';

const post = (reply: Reply, transfer: Transferable[]): void => {
  self.postMessage(reply, { transfer });
};

const handler = new Handler<Run>(
  {
    start: (design, former) => edits?.start(design, former) ?? Run.start(design),
    resume: (design, checkpoint, former) => edits?.resume(design, checkpoint, former) ?? err(LOADED),
    divergence: (from, to) => edits?.divergence(from, to) ?? 0,
    summarise: async (run) => {
      // Somebody will look at it. Where that cannot be had, whoever does is told.
      await loadDetails().catch(() => undefined);
      return (await import('../engine/summarise.ts')).summarise(run);
    },
    details: (looked, world) => details?.(looked, world),
    excerpts: (looked, world) => {
      assert(excerpts !== undefined, LOADED);
      return excerpts(looked, world);
    },
    curves: (world) => {
      assert(Curves !== undefined, LOADED);
      return new Curves(world);
    },
  },
  {
    post,
    clock: () => performance.now(),
    later,
  },
);

/** A run was asked for before: the next one may go on from a checkpoint of it. */
let begun = false;

/** Loads what a question needs that a first render does not. */
async function load({ type }: Request): Promise<void> {
  if (type === 'render' && begun) await loadEdits();
  if (type === 'render') begun = true;
  if (type === 'detail') {
    await loadDetails();
    // Somebody looks, and may change something soon.
    void loadEdits();
  }
  if (type === 'excerpt') excerpts ??= (await import('./handle-excerpt.ts')).excerptWork;
  if (type === 'visibility') Curves ??= (await import('./handle-curve.ts')).CurveWork;
}

/** What answers questions about windows. */
async function loadDetails(): Promise<void> {
  details ??= (await import('./handle-detail.ts')).detailWork;
}

/** What goes on from a run before. Where it cannot be had, runs are rendered from their beginning. */
async function loadEdits(): Promise<void> {
  try {
    edits ??= await import('./handle-edits.ts');
  } catch {
    // Nothing is lost but time.
  }
}

async function receive(request: Request): Promise<void> {
  try {
    await load(request);
  } catch (error) {
    const message = `This could not be loaded: ${String(error)}`;
    post({ id: request.id, type: 'error', message }, []);
    return;
  }
  handler.receive(request);
}

/** Requests are handed on in their order, also while one waits for what it needs. */
let received = Promise.resolve();
self.onmessage = ({ data }: MessageEvent<Request>) => {
  received = received.then(() => receive(data));
};
