/** The worker of comparisons: a shell around its handler. It lives as long as one pair of designs is compared. */
import './worker-transfers.ts';
import { drivenRun } from '../engine/render.ts';
import { ComparisonHandler } from './handle-comparison.ts';
import type { ComparisonRequest } from './protocol.ts';
import { later } from './worker-turns.ts';

const handler = new ComparisonHandler(drivenRun, {
  post: (reply, transfer) => {
    self.postMessage(reply, { transfer });
  },
  clock: () => performance.now(),
  later,
});

self.onmessage = ({ data }: MessageEvent<ComparisonRequest>) => {
  handler.receive(data);
};
