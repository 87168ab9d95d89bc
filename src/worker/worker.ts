/** The engine's worker: a shell around the handler. */
import { assert } from '../base/assert.ts';
import { DetailSource } from '../engine/detail.ts';
import { divergence } from '../engine/divergence.ts';
import { Run } from '../engine/run.ts';
import type { CurveWork } from './handle-curve.ts';
import { Handler } from './handle.ts';
import type { Reply, Request } from './protocol.ts';
import { later } from './worker-turns.ts';

/** What measures curves of freshness, once somebody has asked for one. */
let Curves: typeof CurveWork | undefined;

const post = (reply: Reply, transfer: Transferable[]): void => {
  self.postMessage(reply, { transfer });
};

const handler = new Handler(
  {
    start: (design) => Run.start(design),
    resume: (design, checkpoint) => Run.resume(design, checkpoint),
    divergence,
    details: (design) => new DetailSource(design),
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

async function receive(request: Request): Promise<void> {
  if (request.type === 'visibility') {
    try {
      Curves ??= (await import('./handle-curve.ts')).CurveWork;
    } catch (error) {
      post({ id: request.id, type: 'error', message: `Freshness could not be loaded: ${String(error)}` }, []);
      return;
    }
  }
  handler.receive(request);
}

/** Requests are handed on in their order, also while one waits for what it needs. */
let received = Promise.resolve();
self.onmessage = ({ data }: MessageEvent<Request>) => {
  received = received.then(() => receive(data));
};
