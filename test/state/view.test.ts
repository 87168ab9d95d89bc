import { describe, expect, it } from 'vitest';
import { VIOLATION, VIOLATION_WIDTH } from '../../src/design/readings.ts';
import { BLIND_STEP_US, createViewStore, SHORTEST_WINDOW_US, type ViewState } from '../../src/state/view.ts';
import { aDetail } from '../support/details.ts';

const SECOND = 1_000_000;

function aView(initial: Partial<ViewState> = {}, renderedTo = 60 * SECOND) {
  const horizon = { renderedTo, over: false };
  const violations = new Int32Array(2 * VIOLATION_WIDTH);
  violations[VIOLATION_WIDTH + VIOLATION.time] = 7 * SECOND;
  const view = createViewStore(
    {
      duration: () => 60 * SECOND,
      renderedTo: () => horizon.renderedTo,
      isOver: () => horizon.over,
      violations: () => violations,
    },
    initial,
  );
  return { view, horizon, cursor: () => view.getState().cursor };
}

describe('playing', () => {
  it.each([
    ['1', 16_000],
    ['1/10', 1600],
    ['1/100', 160],
    ['1/1000', 16],
  ] as const)('at %s moves the cursor %i us in 16 ms', (speed, moved) => {
    const { view, cursor } = aView({ speed });
    view.play();
    view.tick(16);
    expect(cursor()).toBeCloseTo(moved);
  });

  it('does nothing while it is paused', () => {
    const { view, cursor } = aView();
    view.tick(16);
    expect(cursor()).toBe(0);
  });

  it('waits where nothing is rendered yet, and goes on when it is', () => {
    const { view, horizon, cursor } = aView({}, SECOND);
    view.play();
    view.tick(5000);
    expect(cursor()).toBe(SECOND);
    expect(view.getState().playing).toBe(true);
    horizon.renderedTo = 2 * SECOND;
    view.tick(500);
    expect(cursor()).toBe(1.5 * SECOND);
  });

  it('stays where it is when the run is rendered again from before it', () => {
    const { view, horizon, cursor } = aView({ cursor: 20 * SECOND });
    view.play();
    horizon.renderedTo = 100_000;
    view.tick(16);
    expect(cursor()).toBe(20 * SECOND);
  });

  it('ends where a limit ended the run, and goes round from there', () => {
    const { view, horizon } = aView({}, SECOND);
    horizon.over = true;
    view.play();
    view.tick(5000);
    expect(view.getState()).toMatchObject({ cursor: SECOND, playing: false, ended: true });
    view.play();
    expect(view.getState()).toMatchObject({ cursor: 0, playing: true });
  });

  it('stops at the end of the run, and goes round when it is started again', () => {
    const { view } = aView({ cursor: 59.9 * SECOND });
    view.play();
    view.tick(200);
    expect(view.getState()).toMatchObject({ cursor: 60 * SECOND, playing: false, ended: true });
    view.toggle();
    expect(view.getState()).toMatchObject({ cursor: 0, playing: true, ended: false });
  });

  it('is no longer at the end when the cursor is moved', () => {
    const { view } = aView({ cursor: 60 * SECOND, ended: true });
    view.seek(30 * SECOND);
    expect(view.getState().ended).toBe(false);
  });
});

describe('the cursor', () => {
  it('stays inside the run', () => {
    const { view, cursor } = aView();
    view.seek(-5);
    expect(cursor()).toBe(0);
    view.seek(99 * SECOND);
    expect(cursor()).toBe(60 * SECOND);
    view.seek(Number.NaN);
    expect(cursor()).toBe(60 * SECOND);
  });

  it('goes to a violation that is focused, and stops there', () => {
    const { view } = aView();
    view.play();
    view.focusViolation(1);
    expect(view.getState()).toMatchObject({ cursor: 7 * SECOND, playing: false, focusedViolation: 1 });
    view.focusViolation(undefined);
    expect(view.getState()).toMatchObject({ cursor: 7 * SECOND, focusedViolation: undefined });
    view.focusViolation(99);
    expect(view.getState().focusedViolation).toBeUndefined();
  });

  it('steps from message to message, and stops playing for it', () => {
    const detail = aDetail({ from: 1000, to: 5000, hops: [{ sentAt: 2000, arrivesAt: 2300 }] });
    const { view, cursor } = aView({ cursor: 1500, detail });
    view.play();
    const forward = [1, 1, 1].map(() => {
      view.step(1);
      return cursor();
    });
    expect(forward).toEqual([2000, 2300, 5000]);
    expect(view.getState().playing).toBe(false);
    const back = [1, 1, 1].map(() => {
      view.step(-1);
      return cursor();
    });
    expect(back).toEqual([2300, 2000, 1000]);
  });

  it('steps by a fixed length where no message is known', () => {
    const { view, cursor } = aView({ cursor: 9000 });
    view.step(1);
    expect(cursor()).toBe(9000 + BLIND_STEP_US);
    view.step(-1);
    view.step(-1);
    expect(cursor()).toBe(9000 - BLIND_STEP_US);
  });
});

describe('the view', () => {
  it('selects a place or a fault, never both', () => {
    const { view } = aView();
    view.select('cache-1');
    view.selectFault(2);
    expect(view.getState()).toMatchObject({ selection: undefined, selectedFault: 2 });
    view.select('app-cache');
    expect(view.getState()).toMatchObject({ selection: 'app-cache', selectedFault: undefined });
    view.select(undefined);
    expect(view.getState().selection).toBeUndefined();
  });

  it('watches a key by its rank', () => {
    const { view } = aView();
    view.watch(12);
    view.watch(-1);
    view.watch(1.5);
    expect(view.getState().watchedKey).toBe(12);
  });

  it.each([
    [
      { from: 10, to: 20_010 },
      { from: 10, to: 20_010 },
    ],
    [
      { from: 10, to: 20 },
      { from: 10, to: 10 + SHORTEST_WINDOW_US },
    ],
    [
      { from: -5 * SECOND, to: 5 * SECOND },
      { from: 0, to: 10 * SECOND },
    ],
    [
      { from: 55 * SECOND, to: 65 * SECOND },
      { from: 50 * SECOND, to: 60 * SECOND },
    ],
    [
      { from: -100 * SECOND, to: 100 * SECOND },
      { from: 0, to: 60 * SECOND },
    ],
  ])('a zoom to %j shows %j', (wished, shown) => {
    const { view } = aView();
    view.setZoom(wished);
    expect(view.getState().zoom).toEqual(shown);
  });
});
