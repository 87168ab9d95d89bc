/**
 * The page's animation frames, each in two steps: what moves, then what paints. So what a move asks to have painted is
 * painted in the same frame; a request of its own would come to its turn one frame later.
 */
export type FrameStep = (now: number) => void;

export interface PageFrames {
  /** Calls `step` once, with the frame's time in milliseconds, before anything of the next frame is painted. */
  move(step: FrameStep): void;
  /** Calls `step` once, when what moves in the frame has moved: in this frame, for what a move asks. */
  paint(step: FrameStep): void;
  /** Takes back what `paint` was asked. */
  forget(step: FrameStep): void;
}

export function createFrames(request: (run: FrameStep) => void): PageFrames {
  const moves = new Set<FrameStep>();
  const paints = new Set<FrameStep>();
  let requested = false;

  const wake = (): void => {
    if (requested) return;
    requested = true;
    request(run);
  };
  const run = (now: number): void => {
    try {
      take(moves, now);
      take(paints, now);
    } finally {
      // Also for those that come after one that threw.
      requested = false;
      if (moves.size + paints.size > 0) wake();
    }
  };
  return {
    move(step) {
      moves.add(step);
      wake();
    },
    paint(step) {
      paints.add(step);
      wake();
    },
    forget(step) {
      paints.delete(step);
    },
  };
}

/** Calls those that are there now; what they ask for is left to the next time. */
function take(steps: Set<FrameStep>, now: number): void {
  for (const step of [...steps]) if (steps.delete(step)) step(now);
}

export const pageFrames = createFrames((run) => requestAnimationFrame(run));
