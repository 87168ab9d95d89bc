import { describe, expect, it } from 'vitest';
import { NODE_WIDTH, SYSTEM_WIDTH } from '../../src/design/readings.ts';
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import { Run } from '../../src/engine/run.ts';
import { summarise } from '../../src/engine/summarise.ts';
import { csvOf } from '../../src/replay/carry/csv.ts';
import { aDesign } from '../support/designs.ts';

const design = aDesign({
  duration: '2s',
  'workload.puts': '200/s',
  'workload.gets': '900/s',
  fault: ['cache-1:slow:40@0.5s-1.2s'],
});
const run = Run.start(design);
run.advance(HORIZON);
const summary = summarise(run);
const series = run.series();
const [header = [], ...rows] = csvOf(series, design)
  .trimEnd()
  .split('\n')
  .map((line) => line.split(','));

const column = (name: string): string[] => {
  const at = header.indexOf(name);
  expect(at, name).toBeGreaterThanOrEqual(0);
  return rows.map((row) => row[at] ?? 'none');
};
const sum = (name: string) => column(name).reduce((total, cell) => total + Number(cell), 0);

describe('the series as comma-separated values', () => {
  it('have one row for every 100 ms, and a cell for every column of the system and of each node', () => {
    expect(column('from_s')).toEqual(Array.from({ length: 20 }, (_, i) => String(i / 10)));
    for (const row of [header, ...rows]) expect(row).toHaveLength(1 + SYSTEM_WIDTH + 13 * NODE_WIDTH);
    expect(new Set(header).size).toBe(header.length);
  });

  it('add up to what the summary says', () => {
    expect(sum('putsStarted')).toBe(summary.put.attempted);
    expect(sum('getsStarted')).toBe(summary.get.attempted);
    expect(sum('hits')).toBe(summary.cache.hits);
    expect(sum('cache-1.hits') + sum('cache-2.hits')).toBe(summary.cache.hits);
    expect(sum('cacheTimeouts')).toBe(summary.cache.timeouts);
  });

  it('name the units of what is no count', () => {
    expect(header).toEqual(
      expect.arrayContaining(['getP99_us', 'maxStaleness_us', 'cache-1.utilisation_share', 'app-1.wait_us']),
    );
    const slowest = Math.max(...column('getP99_us').map(Number));
    expect(slowest).toBeGreaterThan(1000);
  });

  it('leave a cell empty where nothing was measured', () => {
    const unmeasured = new Float32Array(series.system).fill(Number.NaN, 0, SYSTEM_WIDTH);
    const [, first = ''] = csvOf({ ...series, buckets: 1, system: unmeasured }, design).split('\n');
    expect(first.split(',').slice(0, 1 + SYSTEM_WIDTH)).toEqual([
      '0',
      ...Array<string>(SYSTEM_WIDTH).fill(''),
    ]);
  });
});
