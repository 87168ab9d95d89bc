import { describe, expect, it } from 'vitest';
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

/** Stops over a real run, played in frames of simulated time. */
function playing(of: Design = design) {
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
    violations: () => violations,
  });
  const source = new DetailSource(of);
  const detail = (_run: number, request: DetailRequest) => ({
    result: Promise.resolve(source.of(undefined, request)),
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
  return { view, run, stops, play, first, violations };
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
    const { view, stops, play, violations } = playing();
    const stale: number[] = [];
    for (let at = 0; at < violations.length; at += VIOLATION_WIDTH)
      if (VIOLATION_KINDS[violations[at + 1] ?? -1] === 'staleRead') stale.push(violations[at] ?? 0);
    expect(stale.length).toBeGreaterThan(0);
    stops.toggle('staleRead');
    expect(await play()).toBe(Math.min(...stale));
    expect(view.getState().focusedViolation).toBeTypeOf('number');
  });

  it('is held at the first failover, and says who leads', async () => {
    const { view, stops, play, first } = playing();
    stops.toggle('failover');
    expect(await play()).toBe(first('elected', 0));
    expect(stops.getState().held?.place).toMatch(/^shard-1\.replica-[23]$/);
    expect(view.getState().selection).toBe(stops.getState().held?.place);
  });

  it('is never held by what is not chosen', async () => {
    const { stops, play } = playing();
    stops.toggle('timeout');
    stops.toggle('timeout');
    expect(await play()).toBe(design.duration);
  });
});
