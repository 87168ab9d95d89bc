import { describe, expect, it } from 'vitest';
import { err, ok } from '../../src/base/result.ts';
import type { Design } from '../../src/design/design.ts';
import { EVENT, EVENT_WIDTH, EVENTS, VIOLATION_WIDTH, VIOLATION_KINDS } from '../../src/design/readings.ts';
import { DetailSource } from '../../src/engine/detail.ts';
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import type { DetailRequest } from '../../src/engine/readings.ts';
import { Run } from '../../src/engine/run.ts';
import { createRunStore } from '../../src/state/run.ts';
import { createStops } from '../../src/state/stops.ts';
import { createViewStore } from '../../src/state/view.ts';
import { aSmallDesign } from '../support/engineRuns.ts';

const design = aSmallDesign({
  'cache.timeout': '10ms',
  'cache.concurrency': '1',
  'store.failover': '100ms',
  fault: ['cache-1:slow:200@500ms-800ms', 'shard-1.leader:crash@1.2s'],
});

type Answer = ReturnType<DetailSource['of']>;

/** Stops over a real run, played in frames of simulated time. `told`: what becomes of the answer to a question of detail. */
function playing(
  of: Design = design,
  told: (answer: Answer) => Answer | Promise<Answer> = (answer) => answer,
) {
  const rendered = Run.start(of);
  rendered.advance(HORIZON);
  const violations = rendered.violations();
  const run = createRunStore();
  const { buckets, nodeCount, system, nodes } = rendered.series();
  run.setState({
    design: of,
    runId: 1,
    violations,
    renderedTo: of.duration,
    series: { buckets, nodeCount, system: system.slice(), nodes: nodes.slice() },
  });
  const view = createViewStore({
    duration: () => of.duration,
    renderedTo: () => of.duration,
    isOver: () => true,
    violations: () => violations,
  });
  const source = new DetailSource(of);
  const detail = (_run: number, request: DetailRequest) => ({
    result: Promise.resolve(told(source.of(undefined, request))),
    cancel: () => undefined,
  });
  const stops = createStops({ detail }, view, run);
  /** Plays until play stands still, for 20 ms of simulated time a frame. */
  const play = async (): Promise<number> => {
    view.play();
    for (let frame = 0; frame < 500; frame++) {
      view.tick(20);
      await new Promise((resolve) => setTimeout(resolve, 0));
      const { playing: plays, cursor } = view.getState();
      if (!plays) return cursor;
    }
    return Number.NaN;
  };
  /** The first event of a type from an instant on, by the rows of the whole run. */
  const first = (type: (typeof EVENTS)[number], from: number): number => {
    const whole = source.of(undefined, { from: 0, to: of.duration, sample: 'all', focus: [], key: -1 });
    if (!whole.ok) throw new Error(whole.error);
    const { events } = whole.value;
    for (let at = 0; at < events.length; at += EVENT_WIDTH) {
      const time = events[at + EVENT.time] ?? 0;
      if (EVENTS[events[at + EVENT.type] ?? -1] === type && time >= from) return time;
    }
    return Number.NaN;
  };
  /** When the first read is stale. */
  const firstStale = (): number => {
    const stale: number[] = [];
    for (let at = 0; at < violations.length; at += VIOLATION_WIDTH)
      if (VIOLATION_KINDS[violations[at + 1] ?? -1] === 'staleRead') stale.push(violations[at] ?? 0);
    return Math.min(...stale);
  };
  return { view, run, stops, play, first, firstStale };
}

describe('play', () => {
  it('is held at the first timeout to the microsecond, whose operation is looked at', async () => {
    const { view, stops, play, first } = playing();
    stops.toggle('timeout');
    expect(await play()).toBe(first('timeout', 0));
    expect(view.getState().focusedOperation).toMatchObject({ at: first('timeout', 0) });
    expect(stops.getState().held).toMatchObject({ stop: 'timeout' });
  });

  it('goes on past it when it is played again, and is held once more from where the cursor is put', async () => {
    const { view, stops, play, first } = playing();
    stops.toggle('timeout');
    await play();
    expect(await play()).toBe(design.duration);
    view.seek(600_000);
    expect(await play()).toBe(first('timeout', 600_000));
  });

  it('is held at the first stale read, whose violation is looked at', async () => {
    const { view, stops, play, firstStale } = playing();
    expect(firstStale()).toBeLessThan(Infinity);
    stops.toggle('staleRead');
    expect(await play()).toBe(firstStale());
    expect(view.getState().focusedViolation).toBeTypeOf('number');
  });

  it('is held at the first failover, and says who leads', async () => {
    const { view, stops, play, first } = playing();
    stops.toggle('failover');
    expect(await play()).toBe(first('elected', 0));
    expect(stops.getState().held?.place).toMatch(/^shard-1\.replica-[23]$/);
    expect(view.getState().selection).toBe(stops.getState().held?.place);
  });

  it('is held at what comes first of all that is chosen, though both are in one tenth of a second', async () => {
    const { view, stops, play, first, firstStale } = playing();
    const stale = firstStale();
    const timeout = first('timeout', stale);
    expect(Math.floor(timeout / 100_000)).toBe(Math.floor(stale / 100_000));
    view.seek(stale - 1);
    stops.toggle('timeout');
    stops.toggle('staleRead');
    expect([await play(), await play(), await play()]).toEqual([stale, timeout, design.duration]);
  });

  /** Plays up to where an instant is being looked up, and does something before it is found. */
  const whileLooking = async (act: (on: Pick<ReturnType<typeof playing>, 'stops' | 'view'>) => void) => {
    let answer = (): void => undefined;
    const asked = new Promise<void>((resolve) => (answer = resolve));
    const { view, stops, play, first } = playing(design, (detail) => asked.then(() => detail));
    stops.toggle('timeout');
    await play();
    act({ stops, view });
    answer();
    await new Promise((resolve) => setTimeout(resolve, 0));
    return { ...view.getState(), timeout: first('timeout', 0) };
  };

  it('goes on when what it waits for is no longer chosen', async () => {
    const { playing, timeout, cursor } = await whileLooking(({ stops }) => {
      stops.toggle('timeout');
    });
    expect(playing).toBe(true);
    expect(cursor).toBeLessThan(timeout);
  });

  it('is held where it would be, whatever else is chosen while that is looked up', async () => {
    const { playing, timeout, cursor } = await whileLooking(({ stops }) => {
      stops.toggle('failover');
    });
    expect([playing, cursor]).toEqual([false, timeout]);
  });

  it('stays where it is paused while it is looked up where it would be held', async () => {
    const { playing, timeout, cursor } = await whileLooking(({ view }) => {
      view.toggle();
    });
    expect(playing).toBe(false);
    expect(cursor).toBeLessThan(timeout);
  });

  it('is held at the tenth of a second, and says why, when the instant cannot be told', async () => {
    const { run, stops, play, first } = playing(design, () => err('the engine is away'));
    stops.toggle('timeout');
    expect(await play()).toBe(Math.floor(first('timeout', 0) / 100_000) * 100_000);
    expect(run.getState().notice).toMatch(/too early: the engine is away/);
    expect(await play()).toBe(design.duration);
  });

  it('is held to the microsecond where a tenth of a second is too much for one answer', async () => {
    const { stops, play, first } = playing(design, (detail) => {
      if (!detail.ok) return detail;
      const { from, to } = detail.value;
      const cut = Math.min(to, from + 20_000);
      const before: number[] = [];
      for (let at = 0; at < detail.value.events.length; at += EVENT_WIDTH)
        if ((detail.value.events[at + EVENT.time] ?? 0) < cut)
          before.push(...detail.value.events.subarray(at, at + EVENT_WIDTH));
      return ok({ ...detail.value, to: cut, truncated: cut < to, events: Int32Array.from(before) });
    });
    stops.toggle('timeout');
    expect(await play()).toBe(first('timeout', 0));
  });

  it('is never held by what is not chosen', async () => {
    const { stops, play } = playing();
    stops.toggle('timeout');
    stops.toggle('timeout');
    expect(await play()).toBe(design.duration);
  });
});

describe('the first of a run', () => {
  it('is gone to from wherever the cursor stands, and play goes on past it', async () => {
    const { view, stops, play, first, firstStale } = playing();
    view.seek(1_900_000);
    expect(await stops.goToFirst('failover')).toBe(true);
    expect(view.getState().cursor).toBe(first('elected', 0));
    expect(await stops.goToFirst('timeout')).toBe(true);
    expect(view.getState()).toMatchObject({
      cursor: first('timeout', 0),
      focusedOperation: { at: first('timeout', 0) },
    });
    expect(await stops.goToFirst('staleRead')).toBe(true);
    expect(view.getState().cursor).toBe(firstStale());
    expect(await play()).toBe(design.duration);
  });

  it('is not held again where one has gone to it, and what came before it holds no more', async () => {
    const { stops, play, first } = playing();
    stops.toggle('timeout');
    stops.toggle('failover');
    await stops.goToFirst('failover');
    expect(await play()).toBeGreaterThan(first('elected', 0));
  });

  it('is nowhere where none happens', async () => {
    const { view, stops } = playing(aSmallDesign());
    expect(await stops.goToFirst('failover')).toBe(false);
    expect(view.getState().cursor).toBe(0);
  });
});
