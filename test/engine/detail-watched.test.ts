/** The detail of a watched key: what each node holds of it at a window's beginning is what the windows before come to. */
import { describe, expect, it } from 'vitest';
import type { Design } from '../../src/design/design.ts';
import { detailOf, DetailSource } from '../../src/engine/detail.ts';
import type { DetailReading } from '../../src/engine/readings.ts';
import { heldAt, keptAt } from '../../src/replay/frame.ts';
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
    const watched = { ...whole, key: 3, focus: [], committed: -1 };
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
      const watched = { ...wholeDetail(design, key), key };
      for (let at = 100_000; at < 1_900_000; at += 23_000) {
        const window = source.of(undefined, { from: at, to: at + 1, sample: 1, focus: [], key });
        if (!window.ok) throw new Error(window.error);
        // Beside the nodes stands the newest version that is committed.
        const held = heldAt({ ...watched, focus: [], committed: -1 }, at - 1).slice(0, -1);
        expect(held, `key ${key} at ${at}`).toEqual(window.value.held);
      }
    }
  });
});
