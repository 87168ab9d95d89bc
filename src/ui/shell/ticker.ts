/**
 * Wall time for the view: one loop of animation frames that runs only while something plays. It moves nothing itself,
 * it says how much time went by; the view decides what that means.
 */
import type { ViewStore } from '../../state/view.ts';
import { pageFrames } from '../frames.ts';

/** Longer gaps (a sleeping tab, a stalled page) do not let the run jump ahead. */
const LONGEST_FRAME_MS = 100;
/** With reduced motion the playhead moves four times a second. */
const CALM_FRAME_MS = 250;

export interface Frames {
  request(callback: (now: number) => void): void;
  /** Whether the person asked for reduced motion. */
  calm(): boolean;
}

const browserFrames: Frames = {
  request: (callback) => pageFrames.move(callback),
  calm: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
};

/** Ticks `view` while it plays. Returns how to stop for good. */
export function startTicking(view: ViewStore, frames: Frames = browserFrames): () => void {
  let running = false;
  let stopped = false;
  let last: number | undefined;
  let waiting = 0;

  const frame = (now: number): void => {
    if (stopped || !view.getState().playing) {
      running = false;
      return;
    }
    if (last !== undefined) waiting += Math.min(now - last, LONGEST_FRAME_MS);
    last = now;
    if (waiting > 0 && (!frames.calm() || waiting >= CALM_FRAME_MS)) {
      view.tick(waiting);
      waiting = 0;
    }
    frames.request(frame);
  };
  const wake = (): void => {
    if (running || stopped || !view.getState().playing) return;
    running = true;
    last = undefined;
    waiting = 0;
    frames.request(frame);
  };

  const unsubscribe = view.subscribe(wake);
  wake();
  return () => {
    stopped = true;
    unsubscribe();
  };
}
