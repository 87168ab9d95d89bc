/** The engine's worker: a shell around the handler. */
import { DetailSource } from '../engine/detail.ts';
import { divergence } from '../engine/divergence.ts';
import { Run } from '../engine/run.ts';
import { VisibilityRun } from '../engine/visibility.ts';
import { Handler } from './handle.ts';
import type { Reply, Request } from './protocol.ts';

const turns = new MessageChannel();
const waiting: (() => void)[] = [];
turns.port1.onmessage = () => waiting.shift()?.();

const handler = new Handler(
  {
    start: (design) => Run.start(design),
    resume: (design, checkpoint) => Run.resume(design, checkpoint),
    divergence,
    details: (design) => new DetailSource(design),
    visibility: (design, question) => new VisibilityRun(design, question),
  },
  {
    post: (reply: Reply, transfer) => {
      self.postMessage(reply, { transfer });
    },
    clock: () => performance.now(),
    // A timer would wait four milliseconds a turn; a message waits for the messages before it and no longer.
    later: (callback) => {
      waiting.push(callback);
      turns.port2.postMessage(null);
    },
  },
);

self.onmessage = ({ data }: MessageEvent<Request>) => {
  handler.receive(data);
};
