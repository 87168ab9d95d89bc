import { describe, expect, it } from 'vitest';
import type { Design } from '../../src/design/design.ts';
import { cacheNodeOf } from '../../src/design/placement.ts';
import { nodesOf } from '../../src/design/nodes.ts';
import { EVENT, EVENT_WIDTH, EVENTS, type EventType } from '../../src/design/readings.ts';
import { detailOf } from '../../src/engine/detail.ts';
import { aSmallDesign, render } from '../support/engineRuns.ts';

type Differences = Readonly<Record<string, string | readonly string[]>>;

const behind = (differences: Differences): Design =>
  aSmallDesign({ policy: 'write-behind', 'cache.flushDelay': '50ms', ...differences });

const WRITES_ALONE = { 'workload.gets': '0/s', 'workload.readBack': '0%' };

interface Line {
  readonly time: number;
  readonly type: EventType;
  readonly operation: number;
  readonly node: number;
  readonly key: number;
  readonly version: number;
  readonly extra: number;
}

function linesOf(design: Design): Line[] {
  const to = design.duration + 2_000_000;
  const detail = detailOf(design, undefined, { from: 0, to, sample: 'all', focus: [], key: -1 });
  if (!detail.ok) throw new Error(detail.error);
  const { events } = detail.value;
  return Array.from({ length: events.length / EVENT_WIDTH }, (_, i): Line => {
    const at = (column: number) => events[i * EVENT_WIDTH + column] ?? NaN;
    const type = EVENTS[at(EVENT.type)];
    if (type === undefined) throw new Error('every event has a name');
    const { time, operation, node, key, version, extra } = EVENT;
    const [when, op, where, which] = [at(time), at(operation), at(node), at(key)];
    return {
      time: when,
      type,
      operation: op,
      node: where,
      key: which,
      version: at(version),
      extra: at(extra),
    };
  });
}

/** What the cache took of each key, in the order in which it did: PUTs alone. */
function takenOf(lines: readonly Line[]): Map<number, Line[]> {
  const puts = new Set<number>();
  const taken = new Map<number, Line[]>();
  for (const line of lines) {
    if (line.type === 'startOperation' && line.version > 0) puts.add(line.operation);
    if (line.type === 'apply' && puts.has(line.operation))
      taken.set(line.key, [...(taken.get(line.key) ?? []), line]);
  }
  return taken;
}

describe('write-behind', () => {
  it('brings the last value of a key to the store, the flush delay after the first that was not there', () => {
    const design = behind({ ...WRITES_ALONE, 'workload.keys': '30' });
    const lines = linesOf(design);
    const flushes = new Map<number, number[]>();
    const { flushDelay } = design.cache;
    // Flushes of the last tenth of a second may come too late to be seen.
    const end = design.duration - 100_000;
    for (const [key, taken] of takenOf(lines)) {
      const flushed: number[] = [];
      for (let i = 0; i < taken.length;) {
        const due = (taken[i]?.time ?? NaN) + flushDelay;
        while (i < taken.length && (taken[i]?.time ?? NaN) < due) i++;
        if (due < end) flushed.push(taken[i - 1]?.version ?? NaN);
      }
      flushes.set(key, flushed);
    }
    const commits = new Map<number, number[]>();
    for (const { type, key, version } of lines)
      if (type === 'commit') commits.set(key, [...(commits.get(key) ?? []), version]);
    let compared = 0;
    for (const [key, versions] of flushes) {
      expect(commits.get(key)?.slice(0, versions.length) ?? []).toEqual(versions);
      compared += versions.length;
    }
    expect(compared).toBeGreaterThan(200);
    expect(compared).toBeLessThan(render(design).summary.put.ok * 0.8);
  });

  it('costs one cache write a PUT, however few of them reach the store', () => {
    const { cache, store } = render(behind(WRITES_ALONE)).summary.writeAmplification;
    expect(cache).toBe(1);
    expect(store).toBeLessThan(3);
  });

  it('serves what is not in the store yet: dirty reads, none of them a phantom', () => {
    const { consistency, put } = render(
      behind({ 'cache.flushDelay': '300ms', 'workload.keys': '5' }),
    ).summary;
    expect(put.p99Ms).toBeLessThan(5);
    expect(consistency.dirtyReads).toBeGreaterThan(1000);
    expect(consistency.phantomReads).toBe(0);
    expect(consistency.lostAckedWrites + consistency.readYourWrites.violations).toBe(0);
  });

  it.each([
    ['expires', { 'cache.ttl': '40ms' }],
    ['is evicted', { 'cache.memory': '6KiB', 'cache.nodes': '1' }],
    ['is invalidated', { 'cache.timeout': '1ms', fault: ['cache-1:slow:40@0s', 'cache-2:slow:40@0s'] }],
  ])('a value whose entry %s is flushed at once', (_what, differences) => {
    const kept = behind({ ...WRITES_ALONE, 'cache.flushDelay': '60s', 'cache.ttl': 'off' });
    const alone = linesOf(kept);
    expect(alone.filter(({ type }) => type === 'commit')).toEqual([]);
    // It is flushed when all is over.
    expect(render(kept).summary.store.writes).toBe(takenOf(alone).size);
    const design = behind({ ...WRITES_ALONE, 'cache.flushDelay': '60s', 'cache.ttl': 'off', ...differences });
    const lines = linesOf(design);
    const gone = lines.filter(({ type }) => type === 'expire' || type === 'evict' || type === 'remove');
    const commits = lines.filter(({ type }) => type === 'commit');
    expect(gone.length).toBeGreaterThan(50);
    for (const { key, time } of gone) {
      const last = takenOf(lines)
        .get(key)
        ?.findLast((line) => line.time < time);
      if (last === undefined || time > design.duration - 50_000) continue;
      const commit = commits.find(({ key: of, version }) => of === key && version === last.version);
      expect(commit?.time ?? Infinity).toBeLessThan(time + 50_000);
    }
  });

  it('a session whose write waits in the buffer and whose entry is gone reads an older value', () => {
    const small = { 'workload.keys': '20', 'cache.nodes': '1', 'workload.readBackAfter': '0s' };
    const slow = { ...small, 'store.write': 'const:20ms', 'store.concurrency': '1000' };
    const { readYourWrites } = render(behind({ ...slow, 'cache.memory': '6KiB' })).summary.consistency;
    expect(readYourWrites.violations).toBeGreaterThan(20);
    // With room for all keys what is left is two writers who meet, as everywhere without versions.
    const roomy = render(behind(slow)).summary.consistency.readYourWrites.violations;
    expect(roomy).toBeLessThan(readYourWrites.violations / 10);
  });
});

/** Acknowledged PUTs that a node took before it lost its memory and that nothing brought to the store: (ack time). */
function lostWith(design: Design, lines: readonly Line[], node: number, at: number): number[] {
  const name = nodesOf(design)[node]?.name;
  const index = Number(/^cache-(\d+)$/.exec(name ?? '')?.[1]);
  const acked = new Map<string, number>();
  const puts = new Set(
    lines
      .filter(({ type, version }) => type === 'startOperation' && version > 0)
      .map(({ operation }) => operation),
  );
  const committed = new Set<string>();
  for (const { type, operation, key, version, extra, time } of lines) {
    if (type === 'endOperation' && extra === 0 && puts.has(operation)) acked.set(`${key}/${version}`, time);
    if (type === 'commit') committed.add(`${key}/${version}`);
  }
  const lost: number[] = [];
  for (const [key, taken] of takenOf(lines)) {
    if (cacheNodeOf(key, design.cache.nodes) !== index) continue;
    const before = taken.filter(({ time }) => time < at);
    before.forEach(({ version }, i) => {
      const ack = acked.get(`${key}/${version}`);
      const saved = before.slice(i).some((later) => committed.has(`${key}/${later.version}`));
      if (ack !== undefined && !saved) lost.push(ack);
    });
  }
  return lost;
}

describe('what a write-behind cache loses with its memory', () => {
  it.each([
    ['crash', ['cache-1:crash@1s-1.3s']],
    ['flush', ['cache-1:flush@1s']],
    ['destroy', ['cache-1:destroy@1s-1.3s']],
    [
      'a crash while a flush is stuck at a shard without a leader',
      ['shard-1.leader:crash@0.95s-1.4s', 'cache-1:crash@1s-1.3s'],
    ],
    ['a flush while the store is slow', ['shard-1.leader:slow:30@0.9s-1.2s', 'cache-1:flush@1s']],
    ['a flush while it is paused', ['cache-1:pause@0.98s-1.1s', 'cache-1:flush@1s']],
  ])(
    '%s: what it acknowledged and the store never got, to the write and to the microsecond',
    (_what, fault) => {
      let total = 0;
      for (const seed of ['1', '2', '3']) {
        const design = behind({ seed, fault, 'workload.keys': '60', 'cache.timeout': '50ms' });
        const lines = linesOf(design);
        const node = nodesOf(design).findIndex(({ name }) => name === 'cache-1');
        const lost = lostWith(design, lines, node, 1_000_000);
        const { consistency } = render(design).summary;
        total += lost.length;
        expect(consistency.lostAckedWrites).toBe(lost.length);
        expect(consistency.rpoMs).toBe(Math.max(0, ...lost.map((ack) => 1_000_000 - ack)) / 1000);
        expect(consistency.rpoMs).toBeLessThanOrEqual(200);
      }
      expect(total).toBeGreaterThan(10);
    },
  );

  it('a store that does not answer costs nothing: flushes are sent again until it does', () => {
    for (const fault of [
      'shard-1.leader:crash@0.6s-1s',
      'cache-store:partition@0.6s-1s',
      'shard-2.leader:pause@0.6s-1s',
    ]) {
      const design = behind({ ...WRITES_ALONE, fault: [fault] });
      const lines = linesOf(design);
      const { consistency, availability } = render(design).summary;
      expect([consistency.lostAckedWrites, availability]).toEqual([0, 1]);
      for (const cache of [1, 2]) {
        const node = nodesOf(design).findIndex(({ name }) => name === `cache-${cache}`);
        // What was acknowledged a moment ago is not due yet.
        for (const ack of lostWith(design, lines, node, design.duration))
          expect(ack).toBeGreaterThan(1_900_000);
      }
    }
  });
});
