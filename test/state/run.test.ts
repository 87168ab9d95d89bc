import { describe, expect, it } from 'vitest';
import { seedDesign } from '../../src/design/design.ts';
import {
  BUCKET_US,
  EVENT_WIDTH,
  HOP_WIDTH,
  NODE_WIDTH,
  SYSTEM_WIDTH,
  VIOLATION_WIDTH,
} from '../../src/design/readings.ts';
import { createRunStore } from '../../src/state/run.ts';
import type { Progress } from '../../src/worker/protocol.ts';
import { AN_EMPTY_FILM } from '../support/details.ts';
import { aSummary } from '../support/summaries.ts';

const NODES = 2;
const design = { ...seedDesign, duration: 10 * BUCKET_US };
const end = {
  summary: aSummary({ digest: 'd' }),
  violations: new Int32Array(VIOLATION_WIDTH),
  wallMs: 5,
  operations: 7,
  resumedFrom: 0,
};

/** Buckets [from, to), each filled with `value`; violations likewise. */
function part(
  from: number,
  to: number,
  value: number,
  violations: readonly [number, number] = [0, 0],
): Progress {
  const [fromViolation, toViolation] = violations;
  return {
    renderedTo: to * BUCKET_US,
    fromBucket: from,
    series: {
      buckets: to - from,
      nodeCount: NODES,
      system: new Float32Array((to - from) * SYSTEM_WIDTH).fill(value),
      nodes: new Float32Array((to - from) * NODES * NODE_WIDTH).fill(value),
    },
    tails: { get: value, put: value },
    fromViolation,
    violations: new Int32Array((toViolation - fromViolation) * VIOLATION_WIDTH).fill(value),
    film: AN_EMPTY_FILM,
  };
}

/** The first column of every bucket of the series. */
function firstColumn(system: Float32Array | undefined): number[] {
  return Array.from(
    { length: (system?.length ?? 0) / SYSTEM_WIDTH },
    (_, b) => system?.[b * SYSTEM_WIDTH] ?? -1,
  );
}

describe('the readings of a run', () => {
  it('grow part by part in arrays that have room for the whole run', () => {
    const store = createRunStore();
    store.began(1, design);
    store.progressed(1, part(0, 2, 1, [0, 1]));
    store.progressed(1, part(1, 4, 2, [1, 3]));
    const { series, violations, renderedTo, phase } = store.getState();
    expect(series).toMatchObject({ buckets: 4, nodeCount: NODES });
    expect(firstColumn(series?.system)).toEqual([1, 2, 2, 2, NaN, NaN, NaN, NaN, NaN, NaN]);
    expect(series?.nodes).toHaveLength(10 * NODES * NODE_WIDTH);
    expect([...violations].filter((_, i) => i % VIOLATION_WIDTH === 0)).toEqual([1, 2, 2]);
    expect({ renderedTo, phase }).toEqual({ renderedTo: 4 * BUCKET_US, phase: 'rendering' });
  });

  it('have their film part by part, and another run another one', () => {
    const store = createRunStore();
    const film = (hops: number, events: number, value: number) => ({
      oneIn: 3,
      from: { hops, events },
      hops: new Int32Array(2 * HOP_WIDTH).fill(value),
      events: new Int32Array(EVENT_WIDTH).fill(value),
    });
    const firsts = (rows: Int32Array | undefined, width: number) =>
      [...(rows ?? [])].filter((_, i) => i % width === 0);
    store.began(1, design);
    store.progressed(1, { ...part(0, 2, 1), film: film(0, 0, 1) });
    store.progressed(1, { ...part(2, 4, 1), film: film(2, 1, 2) });
    expect(firsts(store.getState().film?.hops, HOP_WIDTH)).toEqual([1, 1, 2, 2]);
    expect(firsts(store.getState().film?.events, EVENT_WIDTH)).toEqual([1, 2]);
    store.began(2, { ...design, seed: 2 });
    store.progressed(2, { ...part(0, 1, 1), film: film(0, 0, 3) });
    expect(firsts(store.getState().film?.hops, HOP_WIDTH)).toEqual([3, 3]);
    expect(store.getState().film?.oneIn).toBe(3);
  });

  it('find room for buckets past the duration', () => {
    const store = createRunStore();
    store.began(1, design);
    store.progressed(1, part(0, 9, 1));
    store.progressed(1, part(9, 12, 2));
    expect(firstColumn(store.getState().series?.system).slice(8)).toEqual([1, 2, 2, 2]);
  });

  it('are those of the run before until the new one has sent some, then all change at once', () => {
    const store = createRunStore();
    store.began(1, design);
    store.progressed(1, part(0, 10, 1, [0, 5]));
    store.finished(1, end);
    const edited = { ...design, seed: 2 };
    store.began(2, edited);
    expect(store.getState()).toMatchObject({
      phase: 'rendering',
      runId: 1,
      design: { seed: 1 },
      renderedTo: 10 * BUCKET_US,
    });
    store.progressed(2, part(0, 1, 2));
    expect(store.getState()).toMatchObject({
      runId: 2,
      design: { seed: 2 },
      renderedTo: BUCKET_US,
      series: { buckets: 1 },
      summary: undefined,
      previous: { design: { seed: 1 }, summary: { digest: 'd' }, series: { buckets: 10 } },
    });
    expect(store.getState().violations).toHaveLength(0);
    expect(firstColumn(store.getState().previous?.series.system)).toEqual(Array(10).fill(1));
  });

  it('keep their ghost while one change goes on', () => {
    const store = createRunStore();
    store.began(1, design);
    store.progressed(1, part(0, 10, 1));
    store.began(2, { ...design, seed: 2 });
    store.progressed(2, part(0, 1, 2));
    store.began(3, { ...design, seed: 3 }, { keepsGhost: true });
    store.progressed(3, part(0, 1, 3));
    expect(store.getState()).toMatchObject({ design: { seed: 3 }, previous: { design: { seed: 1 } } });
  });

  it('keep their ghost when a run of the change was given up on before it showed anything', () => {
    const store = createRunStore();
    store.began(1, design);
    store.progressed(1, part(0, 10, 1));
    store.began(2, { ...design, seed: 2 });
    store.began(3, { ...design, seed: 3 }, { keepsGhost: true });
    store.progressed(3, part(0, 1, 3));
    expect(store.getState()).toMatchObject({ design: { seed: 3 }, previous: { design: { seed: 1 } } });
  });

  it('hear nothing of a run that is not the newest', () => {
    const store = createRunStore();
    store.began(1, design);
    store.began(2, { ...design, seed: 2 });
    store.progressed(1, part(0, 1, 1));
    store.finished(1, end);
    store.failed(1, 'old');
    expect(store.getState()).toMatchObject({ phase: 'rendering', series: undefined, error: undefined });
  });

  it('at the end hold the summary and reach the end of the run', () => {
    const store = createRunStore();
    store.began(1, design);
    store.progressed(1, part(0, 9, 1));
    store.finished(1, end);
    expect(store.getState()).toMatchObject({ ...end, phase: 'done', renderedTo: design.duration });
  });

  it('of a run that a limit ended reach as far as what it told', () => {
    const store = createRunStore();
    store.began(1, design);
    store.progressed(1, part(0, 9, 1));
    store.finished(1, { ...end, summary: { ...end.summary, stopped: 'a limit' } });
    expect(store.getState()).toMatchObject({ phase: 'done', renderedTo: 9 * BUCKET_US });
  });

  it('of the run before stay when the new one fails', () => {
    const store = createRunStore();
    store.began(1, design);
    store.progressed(1, part(0, 10, 1));
    store.began(2, { ...design, seed: 2 });
    store.failed(2, 'out of memory');
    expect(store.getState()).toMatchObject({
      phase: 'failed',
      error: 'out of memory',
      runId: 1,
      series: { buckets: 10 },
    });
    store.began(3, design);
    expect(store.getState()).toMatchObject({ phase: 'rendering', error: undefined });
  });

  it('stay while the same run is rendered once more, until it is past what is known', () => {
    const store = createRunStore();
    store.began(1, design);
    store.progressed(1, part(0, 4, 1, [0, 4]));
    store.progressed(1, part(0, 2, 1, [0, 1]));
    expect(store.getState()).toMatchObject({ renderedTo: 4 * BUCKET_US, series: { buckets: 4 } });
    expect(store.getState().violations).toHaveLength(4 * VIOLATION_WIDTH);
    store.progressed(1, part(2, 6, 1, [1, 5]));
    expect(store.getState()).toMatchObject({ renderedTo: 6 * BUCKET_US, series: { buckets: 6 } });
    expect(firstColumn(store.getState().series?.system).slice(0, 6)).toEqual(Array(6).fill(1));
    expect(store.getState().violations).toHaveLength(5 * VIOLATION_WIDTH);
  });

  it('stay, and are those of a run that is over, while it is rendered once more', () => {
    const store = createRunStore();
    store.began(1, design);
    store.progressed(1, part(0, 10, 1));
    store.finished(1, end);
    for (const to of [3, 10]) store.progressed(1, part(0, to, 1));
    expect(store.getState()).toMatchObject({ ...end, phase: 'done', series: { buckets: 10 } });
  });

  it('of a run that failed are said to have failed, in place of all that was said of its engine', () => {
    const store = createRunStore();
    store.began(1, design);
    store.notify('The engine was started again.');
    store.failed(1, 'out of memory');
    expect(store.getState()).toMatchObject({ error: 'out of memory', notice: undefined });
    store.dismissError();
    expect(store.getState()).toMatchObject({ phase: 'failed', error: undefined });
  });
});
