import { assert, describe, expect, it } from 'vitest';
import type { Design } from '../../src/design/design.ts';
import { SYSTEM, SYSTEM_WIDTH } from '../../src/design/readings.ts';
import { GALLERY, galleryEntry } from '../../src/design/gallery/groups.ts';
import { PRODUCTION, printedOf } from '../../src/design/gallery/production.ts';
import { readLink, writeLink } from '../../src/design/links.ts';
import { PRESETS } from '../../src/design/presets.ts';
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import { Run } from '../../src/engine/run.ts';
import { summarise } from '../../src/engine/summarise.ts';

const ENTRIES = GALLERY.flatMap(({ entries }) => entries);

describe('the gallery', () => {
  it('names every entry once, and tells it in one sentence', () => {
    expect(new Set(ENTRIES.map(({ key }) => key)).size).toBe(ENTRIES.length);
    for (const { title, sentence, remedy } of ENTRIES) {
      expect(title).toMatch(/^[A-Z]/);
      for (const text of [sentence, remedy?.sentence ?? sentence]) expect(text).toMatch(/^[A-Z].*[.]$/);
    }
    expect(galleryEntry('twitter-7')?.title).toBe('Computed values, one request in six a set');
    expect(galleryEntry('nothing')).toBeUndefined();
  });

  it('has every preset as it is', () => {
    for (const { name, design } of PRESETS) expect(galleryEntry(name)?.design).toBe(design);
  });

  it.each(ENTRIES.map((each) => [each.key, each] as const))(
    '%s opens from its link',
    (_, { design, remedy }) => {
      for (const each of [design, remedy?.design ?? design]) {
        const link = writeLink(each);
        expect(readLink(link)).toMatchObject({ design: each, problems: [] });
      }
    },
  );
});

/** What a run misses once it is warm: in its last sixth. */
function missRatioOf(run: Run): number {
  const { buckets, system } = run.series();
  const sum = (column: number) => {
    let total = 0;
    for (let bucket = Math.floor((buckets * 5) / 6); bucket < buckets; bucket++)
      total += system[bucket * SYSTEM_WIDTH + column] ?? Number.NaN;
    return total;
  };
  return sum(SYSTEM.misses) / (sum(SYSTEM.hits) + sum(SYSTEM.misses));
}

function rendered(design: Design): Run {
  const run = Run.start(design);
  run.advance(HORIZON);
  return run;
}

/** Operations of each cluster's run: what a test can wait for, and enough for five standard deviations to be narrow. */
const ENOUGH = 6_000;

/**
 * How long until it misses as it will, for those whose misses are due to who asks and not to how full the cache is. The
 * others need hundreds of thousands of operations to fill it.
 */
const WARM_SOON: readonly (readonly [cluster: number, seconds: number])[] = [
  [10, 60],
  [12, 6],
];

describe.each(PRODUCTION.map((each) => [each.key, each] as const))('%s', (key, { design, source }) => {
  const printed = printedOf(Number(key.replace('twitter-', '')));

  it('says where its numbers are from', () => {
    expect(source).toContain('OSDI 2020');
    expect(printed.gets + printed.sets).toBeCloseTo(1, 1);
  });

  it('has the rates that were printed, none of them scaled, and is served', () => {
    const seconds = Math.ceil(ENOUGH / printed.rate);
    const { put, get, availability } = summarise(rendered({ ...design, duration: seconds * 1e6 }));
    // Poisson's arrivals: five standard deviations.
    const near = (measured: number, expected: number) =>
      expect(Math.abs(measured - expected)).toBeLessThanOrEqual(5 * Math.sqrt(expected) + 5);
    near(get.attempted, printed.rate * printed.gets * seconds);
    near(put.attempted, printed.rate * printed.sets * seconds);
    expect(availability).toBe(1);
    for (const { attempted, p99Ms } of [put, get]) if (attempted > 0) expect(p99Ms).toBeLessThan(50);
  });
});

it.each(WARM_SOON)('%s misses about as often as was printed, once it is warm', (cluster, seconds) => {
  const design = galleryEntry(`twitter-${cluster}`)?.design;
  assert(design !== undefined);
  const missed = missRatioOf(rendered({ ...design, duration: seconds * 1e6 }));
  expect(Math.abs(missed - printedOf(cluster).missRatio)).toBeLessThanOrEqual(0.05);
});
