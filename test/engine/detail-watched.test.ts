/** The detail of a watched key: what each node holds of it at a window's beginning is what the windows before come to. */
import { describe, expect, it } from 'vitest';
import type { Design } from '../../src/design/design.ts';
import { EVENT, EVENT_WIDTH, EVENTS } from '../../src/design/readings.ts';
import { detailOf, DetailSource } from '../../src/engine/detail.ts';
import type { DetailReading } from '../../src/engine/readings.ts';
import type { WatchedDetail } from '../../src/replay/detail.ts';
import { commitsAt, heldAt, keptAt } from '../../src/replay/frame.ts';
import { aSmallDesign } from '../support/engineRuns.ts';

/** Nearly the whole run of a small design in one window. */
function wholeDetail(design: Design, key: number): DetailReading {
  const window = { from: 100_000, to: 1_900_000, sample: 'all', focus: [], key } as const;
  const reading = detailOf(design, undefined, window);
  if (!reading.ok) throw new Error(reading.error);
  return reading.value;
}

describe('what a cache node keeps of the watched key', () => {
  const fenced = aSmallDesign({
    policy: 'look-aside',
    'cache.fencing': 'version',
    'cache.ttlJitter': '40%',
    fault: ['cache-1:flush@1100ms', 'cache-2:flush@1100ms', 'cache-1:crash@1500ms-1600ms'],
  });

  it('read on from any window’s beginning is what a later window begins with', () => {
    const source = new DetailSource(fenced);
    const whole = wholeDetail(fenced, 3);
    const watched = { ...whole, key: 3, focus: new Set<number>() };
    let [living, buried] = [0, 0];
    for (let at = 100_000; at < 1_900_000; at += 7_000) {
      const window = source.of(undefined, { from: at, to: at + 1, sample: 1, focus: [], key: 3 });
      if (!window.ok) throw new Error(window.error);
      const { kept } = window.value;
      // What happens at the very instant of the beginning is in the window.
      expect(keptAt(watched, at - 1), `at ${at}`).toEqual(kept);
      if (kept.until > 0) living++;
      if (kept.tombstone >= 0) buried++;
    }
    expect(living).toBeGreaterThan(20);
    expect(buried).toBeGreaterThan(20);
  });
});

describe('what every node holds of the watched key', () => {
  const leader = ['shard-1.leader:crash@500ms-900ms', 'shard-2.leader:partition@700ms-1100ms'];
  const destroyed = ['shard-1.replica-2:destroy@500ms-700ms', 'shard-2.replica-3:destroy@900ms-1s'];
  const powerLoss = ['1', '2', '3'].map((r) => `shard-1.replica-${r}:crash@800ms-${r}s`);

  it.each<[string, Readonly<Record<string, string | readonly string[]>>]>([
    ['leaders that crash or are cut off', { fault: leader, 'store.w': '1' }],
    ['disks that are destroyed', { fault: destroyed }],
    ['a power loss between two syncs', { fault: powerLoss, 'store.fsync': 'periodic:600ms' }],
    ['peers that crash', { fault: powerLoss, 'store.mode': 'leaderless', 'store.fsync': 'periodic:600ms' }],
    ['peers whose disks are destroyed', { fault: destroyed, 'store.mode': 'leaderless' }],
  ])('read on from any window’s beginning is what a later window begins with: %s', (_, differences) => {
    const design = aSmallDesign({ 'cache.ttl': '5s', ...differences });
    const source = new DetailSource(design);
    for (const key of [0, 1, 2, 3]) {
      const watched = { ...wholeDetail(design, key), key, focus: new Set<number>() };
      for (let at = 100_000; at < 1_900_000; at += 23_000) {
        const window = source.of(undefined, { from: at, to: at + 1, sample: 1, focus: [], key });
        if (!window.ok) throw new Error(window.error);
        expect(heldAt(watched, at - 1), `key ${key} at ${at}`).toEqual(window.value.held);
      }
    }
  });
});

/** The versions of the watched key that are committed in a detail, and not for another one's sake. */
function ownCommits({ events, key }: WatchedDetail): ReadonlySet<number> {
  const versions = new Set<number>();
  for (let o = 0; o < events.length; o += EVENT_WIDTH)
    if (EVENTS[events[o + EVENT.type] ?? -1] === 'commit' && events[o + EVENT.key] === key)
      versions.add(events[o + EVENT.version] ?? -1);
  return versions;
}

describe('what is committed of the watched key', () => {
  // How often, at least, a node holds a committed version whose number is higher than that of the newest.
  it.each<[string, Readonly<Record<string, string>>, number]>([
    ['no fence', {}, 6],
    ['no leaders', { 'store.mode': 'leaderless' }, 6],
    ['versions', { 'cache.fencing': 'version', 'cache.timeout': '2ms' }, 0],
    ['a flush buffer', { policy: 'write-behind', 'cache.flushDelay': '20ms' }, 0],
  ])(
    'read on from any window’s beginning is what a later window begins with: %s',
    (_, differences, least) => {
      const design = aSmallDesign({ 'workload.puts': '3000/s', 'workload.keys': '4', ...differences });
      const source = new DetailSource(design);
      let [notHighest, dirty] = [0, 0];
      for (const key of [0, 1]) {
        const watched = { ...wholeDetail(design, key), key, focus: new Set<number>() };
        const commits = ownCommits(watched);
        for (let at = 100_000; at < 1_900_000; at += 7_000) {
          const window = source.of(undefined, { from: at, to: at + 1, sample: 1, focus: [], key });
          if (!window.ok) throw new Error(window.error);
          const { newest, later } = window.value.committed;
          const committed = commitsAt(watched, at - 1);
          expect(committed.newest, `key ${key} at ${at}`).toBe(newest);
          for (const version of window.value.held) {
            if (version < 0) continue;
            const isOpen = later.has(version);
            // One that was overtaken counts as committed with the one that it lost to, whenever it learns of that.
            const overtaken =
              !commits.has(version) && (watched.committed.later.get(version) ?? Infinity) < at;
            const isDirty = committed.of(version, at - 1) === 'dirty';
            expect(isDirty, `version ${version} at ${at}`).toBe(isOpen && !overtaken);
            if (isOpen) dirty++;
            if (version > newest && !isOpen) notHighest++;
          }
        }
      }
      expect(notHighest).toBeGreaterThanOrEqual(least);
      expect(dirty).toBeGreaterThan(20);
    },
  );
});
