import { describe, expect, it } from 'vitest';
import { BUCKET_US, NODE, NODE_WIDTH, SYSTEM, SYSTEM_WIDTH } from '../../src/design/readings.ts';
import type { SeriesReading } from '../../src/engine/readings.ts';
import { bucketAt, commitsAt, heldAt, keptAt, levelsAt, nodeAt, systemAt } from '../../src/replay/frame.ts';
import { aDetail } from '../support/details.ts';

/** Three nodes, room for four buckets, two filled: bucket b has b * 10 PUTs, node n has b * 10 + n waiting. */
function aSeries(): SeriesReading {
  const system = new Float32Array(4 * SYSTEM_WIDTH).fill(Number.NaN);
  const nodes = new Float32Array(4 * 3 * NODE_WIDTH).fill(Number.NaN);
  for (let bucket = 0; bucket < 2; bucket++) {
    system[bucket * SYSTEM_WIDTH + SYSTEM.putsOk] = bucket * 10;
    for (let node = 0; node < 3; node++)
      nodes[(bucket * 3 + node) * NODE_WIDTH + NODE.queue] = bucket * 10 + node;
  }
  return { buckets: 2, nodeCount: 3, system, nodes };
}

describe('numbers at the cursor', () => {
  it('are those of the bucket that holds it', () => {
    expect(systemAt(aSeries(), BUCKET_US - 1).putsOk).toBe(0);
    expect(systemAt(aSeries(), BUCKET_US).putsOk).toBe(10);
    expect(nodeAt(aSeries(), 2, BUCKET_US).queue).toBe(12);
  });

  it('are those of the last bucket that is rendered, past it', () => {
    expect(bucketAt(aSeries(), 99 * BUCKET_US)).toBe(1);
    expect(nodeAt(aSeries(), 1, 99 * BUCKET_US).queue).toBe(11);
  });

  it('are unknown while nothing is rendered, and where nothing was measured', () => {
    const empty = { ...aSeries(), buckets: 0 };
    expect(bucketAt(empty, 0)).toBe(-1);
    expect(systemAt(empty, 0).putsOk).toBeNaN();
    expect(systemAt(aSeries(), 0).putP99).toBeNaN();
  });

  it('fill what they are given', () => {
    const into = nodeAt(aSeries(), 0, 0);
    expect(nodeAt(aSeries(), 1, BUCKET_US, into)).toBe(into);
    expect(into.queue).toBe(11);
  });
});

describe('levels at an instant', () => {
  const detail = aDetail({
    levels: [
      { time: 100, node: 1, busy: 1, queue: 0 },
      { time: 150, node: 2, busy: 4, queue: 9 },
      { time: 200, node: 1, busy: 2, queue: 5 },
    ],
  });

  it('are those of the last change at or before it', () => {
    expect([...levelsAt(detail, 199)]).toEqual([-1, -1, 1, 0, 4, 9]);
    expect([...levelsAt(detail, 200)]).toEqual([-1, -1, 2, 5, 4, 9]);
  });

  it('are unknown before the first change', () => {
    expect([...levelsAt(detail, 99)]).toEqual([-1, -1, -1, -1, -1, -1]);
  });
});

describe('the watched key at an instant', () => {
  const detail = aDetail({
    key: 5,
    held: [-1, 4, 3],
    committed: {
      newest: 3,
      later: new Map([
        [4, 10],
        [5, 60],
        [6, 50],
        [7, Infinity],
      ]),
    },
    events: [
      { time: 10, is: 'commit', key: 5, version: 4, node: 2 },
      { time: 20, is: 'apply', key: 6, version: 9, node: 1 },
      { time: 30, is: 'apply', key: 5, version: 6, node: 1 },
      { time: 40, is: 'remove', key: 5, version: -1, node: 1 },
      { time: 50, is: 'commit', key: 5, version: 6, node: 2 },
      { time: 60, is: 'commit', key: 5, version: 5, node: 2 },
      { time: 70, is: 'commit', key: 5, version: 4, node: 2 },
      { time: 80, is: 'expose', key: 5, version: 3, node: 2 },
    ],
  });

  it.each([
    [9, [-1, 4, 3], 'what was held when the window began'],
    [10, [-1, 4, 4], 'a commit shows at the leader'],
    [29, [-1, 4, 4], 'other keys do not count'],
    [30, [-1, 6, 4], 'a cache may be ahead of what is committed'],
    [40, [-1, -1, 4], 'what was removed is not held'],
    [60, [-1, -1, 5], 'commits need not come in the order of numbers'],
    [80, [-1, -1, 3], 'a store may be taken back'],
  ])('at %i is %j: %s', (cursor, expected) => {
    expect([...heldAt(detail, cursor)]).toEqual(expected);
  });

  it.each([
    [9, ['newest', 'dirty', 'dirty', 'dirty', 'dirty'], 'what was committed when the window began'],
    [10, ['stale', 'newest', 'dirty', 'dirty', 'dirty'], 'a commit makes its version the newest'],
    [50, ['stale', 'stale', 'dirty', 'newest', 'dirty'], 'one that began in the window too'],
    [
      60,
      ['stale', 'stale', 'newest', 'stale', 'dirty'],
      'the last to be committed is it, whatever its number',
    ],
    [80, ['stale', 'stale', 'newest', 'stale', 'dirty'], 'one that is committed once more keeps its place'],
  ])('at %i versions 3 to 7 are %j: %s', (cursor, expected) => {
    const commits = commitsAt(detail, cursor);
    expect([3, 4, 5, 6, 7].map((version) => commits.of(version, cursor))).toEqual(expected);
  });

  it('is no longer dirty once the one that overtook it is committed', () => {
    const overtaken = aDetail({ key: 5, committed: { newest: 0, later: new Map([[1, 10]]) } });
    expect([9, 10].map((at) => commitsAt(overtaken, at).of(1, at))).toEqual(['dirty', 'stale']);
  });
});

describe('what a cache node keeps of the watched key', () => {
  const NONE = { tombstone: -1, tombstoneUntil: -1 };
  const detail = aDetail({
    key: 5,
    kept: { until: 15, ...NONE },
    events: [
      { time: 15, is: 'expire', key: 5, version: -1, node: 1 },
      { time: 20, is: 'apply', key: 5, version: 5, node: 1, extra: 100 },
      { time: 25, is: 'apply', key: 6, version: 9, node: 1, extra: 700 },
      { time: 40, is: 'bury', key: 5, version: 6, node: 1, extra: 50 },
      { time: 40, is: 'remove', key: 5, version: 6, node: 1 },
      { time: 60, is: 'apply', key: 5, version: 7, node: 1 },
      { time: 70, is: 'bury', key: 5, version: -1, node: 1 },
    ],
  });

  it.each([
    [14, { until: 15, ...NONE }, 'the entry that was there lives on'],
    [15, { until: -1, ...NONE }, 'its time is over'],
    [30, { until: 120, ...NONE }, 'a value that is applied lives from then on, whatever other keys do'],
    [40, { until: -1, tombstone: 6, tombstoneUntil: 90 }, 'an invalidation leaves a tombstone'],
    [60, { until: -1, tombstone: 6, tombstoneUntil: 90 }, 'without a TTL an entry has no end'],
    [70, { until: -1, ...NONE }, 'a node that loses its memory loses its tombstones'],
  ])('at %i is %j: %s', (cursor, expected) => {
    expect(keptAt(detail, cursor)).toEqual(expected);
  });

  it('is a tombstone no longer once its time is over', () => {
    const buried = aDetail({ kept: { until: -1, tombstone: 3, tombstoneUntil: 50 } });
    expect(keptAt(buried, 49).tombstone).toBe(3);
    expect(keptAt(buried, 50).tombstone).toBe(-1);
  });
});
