import { describe, expect, it } from 'vitest';
import { createFrames, type FrameStep } from '../../src/ui/frames.ts';

/** Frames that come when the test says so. */
function handFrames() {
  const requested: FrameStep[] = [];
  const frames = createFrames((run) => requested.push(run));
  const frameAt = (now: number): void => requested.shift()?.(now);
  return { frames, frameAt, requested };
}

describe('the two steps of an animation frame', () => {
  it('paint in the same frame what a move has asked to have painted', () => {
    const { frames, frameAt } = handFrames();
    const done: string[] = [];
    const paint = (): unknown => done.push('paint');
    frames.move((now) => {
      done.push(`move at ${now}`);
      frames.paint(paint);
    });
    frameAt(16);
    expect(done).toEqual(['move at 16', 'paint']);
  });

  it('move first, whoever asked first', () => {
    const { frames, frameAt } = handFrames();
    const done: string[] = [];
    frames.paint(() => done.push('paint'));
    frames.move(() => done.push('move'));
    frameAt(16);
    expect(done).toEqual(['move', 'paint']);
  });

  it('are asked of the browser once, and only while somebody wants one', () => {
    const { frames, frameAt, requested } = handFrames();
    const paint = (): void => undefined;
    frames.paint(paint);
    frames.paint(paint);
    frames.move(() => undefined);
    expect(requested).toHaveLength(1);
    frameAt(16);
    expect(requested).toHaveLength(0);
  });

  it('leave to the next frame what asks again', () => {
    const { frames, frameAt, requested } = handFrames();
    const moved: number[] = [];
    const move = (now: number): void => {
      moved.push(now);
      frames.move(move);
    };
    frames.move(move);
    frameAt(16);
    expect(moved).toEqual([16]);
    frameAt(32);
    expect(moved).toEqual([16, 32]);
    expect(requested).toHaveLength(1);
  });

  it('do not paint what was taken back, even in the frame itself', () => {
    const { frames, frameAt } = handFrames();
    const done: string[] = [];
    const paint = (): unknown => done.push('paint');
    frames.paint(() => frames.forget(paint));
    frames.paint(paint);
    frameAt(16);
    expect(done).toEqual([]);
  });

  it('come to the others in the next frame when one throws', () => {
    const { frames, frameAt } = handFrames();
    const done: string[] = [];
    frames.move(() => {
      throw new Error('a bug');
    });
    frames.paint(() => done.push('paint'));
    expect(() => frameAt(16)).toThrow('a bug');
    frameAt(32);
    expect(done).toEqual(['paint']);
  });
});
