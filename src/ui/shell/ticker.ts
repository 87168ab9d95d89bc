/**
 * Wall time for the view: one loop of animation frames that runs only while something plays. It moves nothing itself,
 * it says how much time went by; the view decides what that means.
 */
import type { RunStore } from '../../state/run.ts';
import type { ViewStore } from '../../state/view.ts';
import { pageFrames } from '../frames.ts';

/** Longer gaps (a sleeping tab, a stalled page) do not let the run jump ahead. */
const LONGEST_FRAME_MS = 100;
/** With reduced motion the playhead moves four times a second. */
const CALM_FRAME_MS = 250;
/**
 * At full speed each frame has other messages, and nothing is followed by the eye; so while a run is rendered frames are
 * fewer, and the engine has what they would take of the processor.
 */
const SPARING_FRAME_MS = 60;

/** Of a screen of sixty frames a second: so much earlier the next frame is asked for. */
const FRAME_MS = 17;

export interface Frames {
  /** Calls back with the first frame that comes once `rest` milliseconds are over, and with its time. */
  request(callback: (now: number) => void, rest: number): void;
  /** Whether the person asked for reduced motion. */
  calm(): boolean;
}

const browserFrames: Frames = {
  request: (callback, rest) => {
    if (rest > 0) setTimeout(() => pageFrames.move(callback), rest);
    else pageFrames.move(callback);
  },
  calm: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
};

/** Ticks `view`, which shows `run`, while it plays. Returns how to stop for good. */
export function startTicking(
  { view, run }: { readonly view: ViewStore; readonly run: RunStore },
  frames: Frames = browserFrames,
): () => void {
  let running = false;
  let stopped = false;
  let last: number | undefined;
  /** What went by and was not told yet, and how long no frame was asked for, milliseconds. */
  let waiting = 0;
  let rest = 0;

  /** Milliseconds that a frame stands at least. */
  const leastWait = (): number => {
    if (frames.calm()) return CALM_FRAME_MS;
    const isRendering = run.getState().phase === 'rendering';
    return view.getState().speed === '1' && isRendering ? SPARING_FRAME_MS : 0;
  };
  const frame = (now: number): void => {
    if (stopped || !view.getState().playing) {
      running = false;
      return;
    }
    const least = leastWait();
    if (last !== undefined) waiting += Math.min(now - last, rest + LONGEST_FRAME_MS);
    last = now;
    if (waiting > 0 && waiting >= least) {
      view.tick(waiting);
      waiting = 0;
    }
    rest = Math.max(0, least - waiting - FRAME_MS);
    frames.request(frame, rest);
  };
  const wake = (): void => {
    if (!view.getState().playing) {
      last = undefined;
      waiting = 0;
    } else if (!running && !stopped) {
      running = true;
      rest = 0;
      frames.request(frame, rest);
    }
  };

  const unsubscribe = view.subscribe(wake);
  wake();
  return () => {
    stopped = true;
    unsubscribe();
  };
}
