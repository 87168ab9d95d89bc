/** The engine's worker: a shell around the handler. */
import { assert } from '../base/assert.ts';
import { divergence } from '../engine/divergence.ts';
import { Run } from '../engine/run.ts';
import type { CurveWork } from './handle-curve.ts';
import type { detailWork } from './handle-detail.ts';
import type { ExcerptWork } from './handle-excerpt.ts';
import { Handler } from './handle.ts';
import type { Reply, Request } from './protocol.ts';
import { later } from './worker-turns.ts';

/** What answers questions about windows, once somebody has asked one; what reckons what a window comes to; */
let details: typeof detailWork | undefined;
let Excerpts: typeof ExcerptWork | undefined;
/** and what measures curves of freshness. */
let Curves: typeof CurveWork | undefined;

const LOADED = 'loaded before the question was handed on';

const post = (reply: Reply, transfer: Transferable[]): void => {
  self.postMessage(reply, { transfer });
};

const handler = new Handler<Run>(
  {
    start: (design) => Run.start(design),
    resume: (design, checkpoint) => Run.resume(design, checkpoint),
    divergence,
    summarise: async (run) => (await import('../engine/summarise.ts')).summarise(run),
    details: (looked, world) => {
      assert(details !== undefined, LOADED);
      return details(looked, world);
    },
    excerpts: (looked, world) => {
      assert(Excerpts !== undefined, LOADED);
      return new Excerpts(looked, world);
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

/** Loads what a question needs that a render does not. */
async function load({ type }: Request): Promise<void> {
  if (type === 'detail') details ??= (await import('./handle-detail.ts')).detailWork;
  if (type === 'excerpt') Excerpts ??= (await import('./handle-excerpt.ts')).ExcerptWork;
  if (type === 'visibility') Curves ??= (await import('./handle-curve.ts')).CurveWork;
}

async function receive(request: Request): Promise<void> {
  try {
    await load(request);
  } catch (error) {
    const message = `What answers this could not be loaded: ${String(error)}`;
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
