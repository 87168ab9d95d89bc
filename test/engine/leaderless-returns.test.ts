/** Replicas without a leader that were away: what they missed, what is lost with them, and that nothing is left over. */
import { describe, expect, it } from 'vitest';
import type { Differences } from '../../src/design/anomalies/anomaly.ts';
import { nodesOf } from '../../src/design/nodes.ts';
import { NODE, NODE_WIDTH } from '../../src/design/readings.ts';
import { summarise } from '../../src/engine/summarise.ts';
import { aSmallDesign, render } from '../support/engineRuns.ts';
import { flawsOf } from '../support/invariants.ts';
import { BARE, behind, drain, MANY_KEYS, rendered, run } from '../support/leaderless.ts';

describe('a replica that was away', () => {
  const away = (remedy: Differences): Differences => ({
    ...BARE,
    'workload.gets': '4000/s',
    'workload.keys': '300',
    'workload.skew': '0',
    'workload.puts': '150/s',
    fault: ['shard-1.replica-2:crash@300ms-1s'],
    ...remedy,
  });

  it('serves again at once, and what it missed makes reads stale until they are repaired', () => {
    const plain = run(away({}));
    const repaired = run(away({ 'store.readRepair': 'true' }));
    expect(plain.store.byShard[0]?.unavailableMs).toBe(0);
    expect(plain.consistency.stale.reads).toBeGreaterThan(100);
    expect(repaired.consistency.stale.reads).toBeLessThan(plain.consistency.stale.reads / 2);
    expect(repaired.writeAmplification.store).toBeGreaterThan(plain.writeAmplification.store);
  });

  it.each(['crash', 'partition', 'pause'])('is brought up to date by hints after a %s', (kind) => {
    const fault = [`shard-1.replica-2:${kind}@300ms-700ms`];
    const without = rendered({ ...MANY_KEYS, fault });
    const withHints = rendered({ ...MANY_KEYS, fault, 'store.hintedHandoff': 'true' });
    drain(without);
    drain(withHints);
    // What is sent to a paused replica is kept for it anyway.
    if (kind !== 'pause') expect(behind(without)).toBeGreaterThan(50);
    expect(behind(withHints)).toBe(0);
  });

  it('hints reach it over a link that was cut, and one coordinator after another that crashed loses its own', () => {
    const cut = rendered({
      ...MANY_KEYS,
      fault: ['app-store:partition@300ms-700ms'],
      'store.hintedHandoff': 'true',
    });
    drain(cut);
    expect(behind(cut)).toBe(0);
    expect(cut.world.calls.alive).toBe(0);
    const forgotten = rendered({
      ...MANY_KEYS,
      fault: ['shard-1.replica-2:crash@300ms-1.2s', 'app-1:crash@1s-1.1s', 'app-2:crash@1s-1.1s'],
      'store.hintedHandoff': 'true',
    });
    drain(forgotten);
    expect(behind(forgotten)).toBeGreaterThan(50);
    expect(forgotten.world.calls.alive).toBe(0);
  });

  it('copies everything from its peers first when its disk was destroyed', () => {
    const one = rendered({
      ...MANY_KEYS,
      'store.w': '3',
      fault: ['shard-1.replica-2:destroy@700ms-990ms'],
      duration: '1.5s',
    });
    expect(summarise(one).consistency.lostAckedWrites).toBe(0);
    const { world: w } = one;
    let missing = 0;
    for (let slot = 0; slot < w.keys.size; slot++)
      if (w.shardOf(slot) === 0 && w.store.shown(slot, 0) !== 0 && w.store.shown(slot, 1) === 0) missing++;
    // Only what was written while it was away and copied to it, or is under way at the end.
    expect(missing).toBeLessThan(5);
    const { nodes } = render(
      aSmallDesign({ ...MANY_KEYS, fault: ['shard-1.replica-2:destroy@700ms-990ms'] }),
    );
    const id = nodesOf(one.design).findIndex(({ name }) => name === 'shard-1.replica-2');
    const stateIn = (bucket: number) => nodes[(bucket * w.nodes.count + id) * NODE_WIDTH + NODE.state];
    expect([stateIn(8), stateIn(9), stateIn(10)]).toEqual([1, 4, 0]);
  });

  it('a shard counts as unavailable while fewer than max(r, w) replicas are up', () => {
    const fault = ['shard-1.replica-1:crash@300ms-900ms', 'shard-1.replica-3:partition@500ms-1.1s'];
    const unavailable = (w: string, r: string) =>
      run({ ...BARE, fault, 'store.w': w, 'store.r': r }).store.byShard.map(
        ({ unavailableMs }) => unavailableMs,
      );
    expect(unavailable('1', '1')).toEqual([0, 0]);
    expect(unavailable('2', '1')).toEqual([400, 0]);
    expect(unavailable('1', '2')).toEqual([400, 0]);
    expect(unavailable('3', '1')).toEqual([800, 0]);
  });
});

describe('acknowledged writes', () => {
  // Replicas 2 and 3 are so slow that replica 1 alone has what w 1 acknowledges.
  const slow = ['shard-1.replica-2:slow:100@300ms', 'shard-1.replica-3:slow:100@300ms'];
  it('are lost with the disk that held their only copy, and not where a second one had to hold them', () => {
    const lost = (w: string): number =>
      run({
        ...MANY_KEYS,
        'store.shards': '1',
        'store.w': w,
        fault: [...slow, 'shard-1.replica-1:destroy@800ms'],
      }).consistency.lostAckedWrites;
    expect(lost('1')).toBeGreaterThan(20);
    expect(lost('2')).toBe(0);
  });

  it('are lost on f of three disks with the probability that none of the others had a copy yet', () => {
    // Each copy arrives at once or never, by the toss of a coin; one is enough for the client. Of those acknowledged,
    // 3/7 have one copy, 3/7 two and 1/7 three; k copies are all on f given disks with probability C(f, k) / C(3, k).
    const expected = [(3 / 7) * (1 / 3), (3 / 7) * (2 / 3) + (3 / 7) * (1 / 3), 1];
    const disks = [1, 2, 3].map((replica) => `shard-1.replica-${replica}:destroy@1.9999s`);
    expected.forEach((probability, i) => {
      const { consistency, put } = run({
        ...MANY_KEYS,
        'store.shards': '1',
        'store.w': '1',
        'store.legs.write': '0.5*const:0.1ms+0.5*const:500s',
        'workload.puts': '20000/s',
        fault: disks.slice(0, i + 1),
      });
      const error = Math.sqrt((probability * (1 - probability)) / put.ok);
      expect(put.ok).toBeGreaterThan(34_000);
      // Those of the last tenth of a millisecond had no time to be lost.
      expect(Math.abs(consistency.lostAckedWrites / put.ok - probability)).toBeLessThan(3 * error + 0.001);
    });
  });
});

describe('when all is over', () => {
  it.each([
    ['leaderless', {}],
    ['leaderless, mended', { 'store.readRepair': 'true', 'store.hintedHandoff': 'true', 'store.r': '2' }],
    ['leaderless, by legs', { 'store.legs.write': 'exp:8ms', 'store.w': '1', 'store.readRepair': 'true' }],
    ['reads of a majority', { 'store.mode': 'leader', 'store.readFrom': 'quorum' }],
  ])('%s: no message is left alive', (_name, differences) => {
    for (const policy of ['write-through', 'look-aside', 'db-only']) {
      const one = rendered({ 'store.mode': 'leaderless', ...differences, policy });
      drain(one);
      expect([policy, one.world.calls.alive]).toEqual([policy, 0]);
      expect(flawsOf(one.world)).toEqual([]);
    }
  });

  it('nor after a fault, once everybody answers again', () => {
    for (const fault of [
      'shard-1.replica-1:crash@300ms-600ms',
      'shard-1.replica-1:destroy@300ms-600ms',
      'shard-1.replica-1:partition@300ms-600ms',
      'shard-1.replica-1:pause@300ms-600ms',
      'app-1:crash@300ms-600ms',
      'app-1:pause@300ms-600ms',
      'cache-1:crash@300ms-600ms',
      'cache-1:pause@300ms-600ms',
      'cache-store:partition@300ms-600ms',
      'app-store:partition@300ms-600ms',
    ]) {
      const one = rendered({
        'store.mode': 'leaderless',
        'store.hintedHandoff': 'true',
        'store.readRepair': 'true',
        fault: [fault],
      });
      drain(one);
      expect([fault, one.world.calls.alive]).toEqual([fault, 0]);
    }
  });
});
