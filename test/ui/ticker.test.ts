import { describe, expect, it } from 'vitest';
import { createRunStore, type RunState, type RunStore } from '../../src/state/run.ts';
import { createViewStore } from '../../src/state/view.ts';
import { startTicking, type Frames } from '../../src/ui/shell/ticker.ts';

/** Frames that come when the test says so, to those who have rested. */
function handFrames(calm = false) {
  let time = 0;
  let waiting: { readonly callback: (now: number) => void; readonly from: number }[] = [];
  const frames: Frames = {
    request: (callback, rest) => waiting.push({ callback, from: time + rest }),
    calm: () => calm,
  };
  const frameAt = (now: number): void => {
    time = now;
    const due = waiting.filter(({ from }) => from <= now);
    waiting = waiting.filter((each) => !due.includes(each));
    for (const { callback } of due) callback(now);
  };
  return { frames, frameAt, pending: () => waiting.length };
}

const aView = () =>
  createViewStore(
    {
      duration: () => 60_000_000,
      renderedTo: () => 60_000_000,
      isOver: () => true,
      violations: () => new Int32Array(0),
    },
    { speed: '1' },
  );

function aRun(phase: RunState['phase']): RunStore {
  const run = createRunStore();
  run.setState({ phase });
  return run;
}

describe('the loop that lets wall time pass', () => {
  it('asks for no frame until something plays', () => {
    const { frames, pending } = handFrames();
    const view = aView();
    startTicking({ view, run: aRun('done') }, frames);
    expect(pending()).toBe(0);
    view.play();
    expect(pending()).toBe(1);
  });

  it('moves the cursor by the time between frames', () => {
    const { frames, frameAt } = handFrames();
    const view = aView();
    startTicking({ view, run: aRun('done') }, frames);
    view.play();
    frameAt(1000);
    frameAt(1016);
    frameAt(1032);
    expect(view.getState().cursor).toBe(32_000);
  });

  it('does not jump ahead after a gap', () => {
    const { frames, frameAt } = handFrames();
    const view = aView();
    startTicking({ view, run: aRun('done') }, frames);
    view.play();
    frameAt(0);
    frameAt(60_000);
    expect(view.getState().cursor).toBe(100_000);
  });

  it('rests when paused and begins anew when played again', () => {
    const { frames, frameAt, pending } = handFrames();
    const view = aView();
    startTicking({ view, run: aRun('done') }, frames);
    view.play();
    frameAt(0);
    view.pause();
    frameAt(16);
    expect(pending()).toBe(0);
    view.play();
    frameAt(5000);
    frameAt(5010);
    expect(view.getState().cursor).toBe(10_000);
  });

  it('counts no time of a pause, however short', () => {
    const { frames, frameAt } = handFrames(true);
    const view = aView();
    startTicking({ view, run: aRun('done') }, frames);
    view.play();
    frameAt(0);
    view.pause();
    view.play();
    frameAt(250);
    expect(view.getState().cursor).toBe(0);
    frameAt(500);
    expect(view.getState().cursor).toBe(250_000);
  });

  it('moves four times a second where less motion is asked for', () => {
    const { frames, frameAt } = handFrames(true);
    const view = aView();
    startTicking({ view, run: aRun('done') }, frames);
    const cursors: number[] = [];
    view.subscribe(({ cursor }, before) => {
      if (cursor !== before.cursor) cursors.push(cursor);
    });
    view.play();
    for (let now = 0; now <= 1000; now += 50) frameAt(now);
    expect(cursors).toEqual([250_000, 500_000, 750_000, 1_000_000]);
  });

  it('leaves frames out at full speed while a run is rendered, and loses no time by it', () => {
    const { frames, frameAt } = handFrames();
    const view = aView();
    const run = aRun('rendering');
    startTicking({ view, run }, frames);
    const cursors: number[] = [];
    view.subscribe(({ cursor }, before) => {
      if (cursor !== before.cursor) cursors.push(cursor);
    });
    view.play();
    for (let now = 0; now <= 160; now += 20) frameAt(now);
    expect(cursors).toEqual([60_000, 120_000]);
    run.setState({ phase: 'done' });
    for (let now = 180; now <= 220; now += 20) frameAt(now);
    expect(cursors.slice(2)).toEqual([180_000, 200_000, 220_000]);
    run.setState({ phase: 'rendering' });
    view.setSpeed('1/1000');
    frameAt(240);
    expect(view.getState().cursor).toBe(220_020);
  });

  it('leaves no frames out for a run that failed: nothing is rendered any more', () => {
    const { frames, frameAt } = handFrames();
    const view = aView();
    startTicking({ view, run: aRun('failed') }, frames);
    view.play();
    frameAt(0);
    frameAt(20);
    expect(view.getState().cursor).toBe(20_000);
  });
});
