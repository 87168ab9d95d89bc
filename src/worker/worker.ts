/** The engine's worker: a shell around the handler. */
import { assert } from '../base/assert.ts';
import { DetailSource } from '../engine/detail.ts';
import { divergence } from '../engine/divergence.ts';
import { Run } from '../engine/run.ts';
import type { CurveWork } from './handle-curve.ts';
import type { ExcerptWork } from './handle-excerpt.ts';
import { Handler } from './handle.ts';
import type { Reply, Request } from './protocol.ts';
import { later } from './worker-turns.ts';

/** What measures curves of freshness, once somebody has asked for one. */
let Curves: typeof CurveWork | undefined;
/** And what reckons what a window comes to. */
let Excerpts: typeof ExcerptWork | undefined;

const post = (reply: Reply, transfer: Transferable[]): void => {
  self.postMessage(reply, { transfer });
};

const handler = new Handler(
  {
    start: (design) => Run.start(design),
    resume: (design, checkpoint) => Run.resume(design, checkpoint),
    divergence,
    details: (seeker) => new DetailSource(seeker.design, seeker),
    excerpts: (seeker, nearest, world) => {
      assert(Excerpts !== undefined, 'loaded before the question was handed on');
      return new Excerpts(seeker, nearest, world);
    },
    curves: (world) => {
      assert(Curves !== undefined, 'loaded before the question was handed on');
      return new Curves(world);
    },
  },
  {
    post,
    clock: () => performance.now(),
    later,
  },
);

/** Loads what a question needs that few ask. */
async function load({ type }: Request): Promise<void> {
  if (type === 'visibility') Curves ??= (await import('./handle-curve.ts')).CurveWork;
  if (type === 'excerpt') Excerpts ??= (await import('./handle-excerpt.ts')).ExcerptWork;
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
