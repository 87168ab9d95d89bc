import { describe, expect, it } from 'vitest';
import { assert } from '../../src/base/assert.ts';
import { designsOf, type Measure } from '../../src/design/anomalies/anomaly.ts';
import { ANOMALIES } from '../../src/design/anomalies/table.ts';
import { readLink, writeLink } from '../../src/design/links.ts';
import { LIMITS } from '../../src/design/limits.ts';
import { renderToEnd } from '../../src/engine/render.ts';

/** Chosen before anything was run. */
const SEEDS = [1, 2, 3, 204, 205, 206, 20_121];

/** An anomaly's quantity in a run's result. What never recovers is null there, and takes longer than anything. */
function measured(measure: Measure, result: object): number {
  let value: unknown = result;
  for (const name of measure.split('.'))
    value =
      typeof value === 'object' && value !== null
        ? Object.entries(value).find(([key]) => key === name)?.[1]
        : undefined;
  if (value === null) return Infinity;
  assert(typeof value === 'number', `${measure} is a number of a run's result`);
  return value;
}

describe.each(ANOMALIES)('$key', (anomaly) => {
  const { shown, removed } = designsOf(anomaly);
  const { measure, atLeast, atMost } = anomaly;

  it.each(SEEDS)(`is shown, and removed by its remedy, at seed %i`, (seed) => {
    expect(measured(measure, renderToEnd({ ...shown, seed }))).toBeGreaterThanOrEqual(atLeast);
    expect(measured(measure, renderToEnd({ ...removed, seed }))).toBeLessThanOrEqual(atMost);
  });

  it('fits in a link', () => {
    for (const design of [shown, removed]) {
      const link = writeLink(design);
      expect(readLink(link)).toMatchObject({ design, problems: [] });
      expect(link.length).toBeLessThanOrEqual(LIMITS.plainLink);
    }
    expect(shown.duration).toBeLessThanOrEqual(10_000_000);
  });

  it('differs from its remedy in few keys, and is told apart by its measure', () => {
    expect(Object.keys(anomaly.removedBy).length).toBeLessThanOrEqual(2);
    expect(atMost).toBeLessThan(atLeast);
  });
});

describe('the anomalies', () => {
  it('have names of their own, and sentences', () => {
    expect(new Set(ANOMALIES.map(({ key }) => key)).size).toBe(ANOMALIES.length);
    for (const { sentence, remedy } of ANOMALIES)
      for (const text of [sentence, remedy]) expect(text).toMatch(/^[A-Z].*\.$/);
  });
});
