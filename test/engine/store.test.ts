import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { assert } from '../../src/base/assert.ts';
import { saveCheckpoint } from '../../src/engine/kernel/archive.ts';
import { restoreCheckpoint } from '../../src/engine/kernel/restore.ts';
import { KeyIndex } from '../../src/engine/kernel/maps.ts';
import {
  E_NEXT,
  E_PREVIOUS,
  E_SERIAL,
  E_TERM,
  E_WRITE,
  ENTRY,
  R_LEADS,
  R_TERM,
  REPLICA,
  S_TERM,
  S_UNANSWERED_SINCE,
  S_VACANT_SINCE,
  SHARD,
  Store,
} from '../../src/engine/store.ts';
import { aDesign } from '../support/designs.ts';

const DESIGN = aDesign({ 'store.shards': '3', 'store.rf': '5', 'store.w': '3' });

let keys: KeyIndex;
let store: Store;
beforeEach(() => {
  keys = new KeyIndex();
  store = new Store(DESIGN, keys);
  for (let key = 0; key < 4; key++) store.touch(keys.slotOf(key));
});

/** Versions of a key's open entries in the order of its chain, read in both directions. */
function chainOf(slot: number): number[] {
  const forth: number[] = [];
  const back: number[] = [];
  let last = 0;
  for (let entry = store.firstOpen(slot); entry !== 0; entry = store.at[entry * ENTRY + E_NEXT] ?? 0) {
    forth.push(store.at[entry * ENTRY + E_WRITE] ?? NaN);
    last = entry;
  }
  for (let entry = last; entry !== 0; entry = store.at[entry * ENTRY + E_PREVIOUS] ?? 0)
    back.unshift(store.at[entry * ENTRY + E_WRITE] ?? NaN);
  expect(back).toEqual(forth);
  return forth;
}

describe('the store', () => {
  it('begins with replica 1 leading every shard, in the first term, and a majority of three of five', () => {
    const leads = Array.from({ length: 15 }, (_, i) => store.replica[i * REPLICA + R_LEADS]);
    expect(leads).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
    expect([0, 1, 2].map((s) => store.shard[s * SHARD + S_TERM])).toEqual([1, 1, 1]);
    expect([store.majority, store.all]).toEqual([3, 31]);
  });

  it('begins with every replica in the first term, and no shard without a leader or a majority', () => {
    const terms = Array.from({ length: 15 }, (_, i) => store.replica[i * REPLICA + R_TERM]);
    expect(terms).toEqual(Array.from({ length: 15 }, () => 1));
    const since = [0, 1, 2].map((s) =>
      [S_VACANT_SINCE, S_UNANSWERED_SINCE].map((c) => store.shard[s * SHARD + c]),
    );
    expect(since).toEqual([
      [-1, -1],
      [-1, -1],
      [-1, -1],
    ]);
  });

  it('begins with nobody leading where there are no leaders', () => {
    const leaderless = new Store(aDesign({ 'store.mode': 'leaderless', 'store.rf': '3' }), new KeyIndex());
    expect(leaderless.replica.filter((_, i) => i % REPLICA === R_LEADS)).toEqual(
      new Int32Array(leaderless.shards * 3),
    );
  });

  it('has room for every key that is touched, and forgets nothing when an earlier one is touched again', () => {
    for (let key = 4; key < 3000; key++) store.touch(keys.slotOf(key));
    for (let slot = 0; slot < 3000; slot++)
      for (let replica = 0; replica < 5; replica++) store.setShown(slot, replica, slot * 5 + replica + 1);
    store.touch(7);
    expect(store.slots).toBe(3000);
    for (let slot = 0; slot < 3000; slot++)
      for (let replica = 0; replica < 5; replica++)
        expect(store.shown(slot, replica)).toBe(slot * 5 + replica + 1);
  });

  it('logs an entry in the term of the replica that logs it, and keeps the most entries that there ever were', () => {
    const replicas = [0, 1, 2].flatMap((shard) => [0, 1, 2, 3, 4].map((replica) => ({ shard, replica })));
    replicas.forEach((_, i) => (store.replica[i * REPLICA + R_TERM] = i + 10));
    const terms = replicas.map(({ shard, replica }) => {
      const entry = store.append(1, shard, shard, replica);
      return store.at[entry * ENTRY + E_TERM];
    });
    expect(terms).toEqual(replicas.map((_, i) => i + 10));
    for (let n = 0; n < 3000; n++) store.append(n, 3, 0, 0);
    expect(chainOf(3)).toEqual(Array.from({ length: 3000 }, (_, n) => n));
  });

  it('comes back from a checkpoint with its log, what is shown, who leads, and what it has counted', () => {
    const gone = store.append(3, 1, 1, 0);
    store.append(4, 1, 1, 2);
    store.append(5, 2, 2, 1);
    store.remove(gone);
    store.setShown(3, 4, 8);
    store.setNewest(3, 9);
    [store.writes, store.reads] = [11, 12];
    store.unavailable[2] = 0.5;
    store.shard[2 * SHARD + S_TERM] = 7;
    store.replica[14 * REPLICA + R_TERM] = 6;
    const saved = saveCheckpoint(0, { keys, store }, undefined);
    const original = store;
    keys = new KeyIndex();
    store = new Store(DESIGN, keys);
    // Something else had happened here.
    store.touch(keys.slotOf(77));
    store.append(1, 0, 0, 0);
    assert(restoreCheckpoint(saved, { keys, store }).ok, 'it is of the same parts');
    expect([0, 1, 2, 3].map(chainOf)).toEqual([[], [4], [5], []]);
    expect([store.shown(3, 4), store.newest(3), store.slots]).toEqual([8, 9, 4]);
    expect([store.writes, store.reads, [...store.unavailable]]).toEqual([11, 12, [0, 0, 0.5]]);
    expect([store.shard, store.replica]).toEqual([original.shard, original.replica]);
    // The next entry takes the place of the one that is gone, with a serial that nobody had.
    const next = [original, store].map((each) => {
      const entry = each.append(6, 3, 0, 0);
      return [entry, each.at[entry * ENTRY + E_SERIAL], each.end];
    });
    expect(next).toEqual([
      [gone, 4, 4],
      [gone, 4, 4],
    ]);
  });

  it('keeps what each replica shows of each key apart', () => {
    for (let slot = 0; slot < 4; slot++)
      for (let replica = 0; replica < 5; replica++) store.setShown(slot, replica, slot * 10 + replica);
    store.setNewest(2, 99);
    for (let slot = 0; slot < 4; slot++)
      for (let replica = 0; replica < 5; replica++)
        expect(store.shown(slot, replica)).toBe(slot * 10 + replica);
    expect([store.newest(1), store.newest(2)]).toEqual([0, 99]);
  });

  it('knows an entry by its serial: once it is closed, a message about it speaks of nothing', () => {
    const entry = store.append(7, 0, 0, 0);
    const serial = store.at[entry * ENTRY + E_SERIAL] ?? NaN;
    expect(store.isOpen(entry, serial)).toBe(true);
    store.remove(entry);
    expect(store.isOpen(entry, serial)).toBe(false);
    expect(store.append(8, 0, 0, 0)).toBe(entry);
    expect(store.isOpen(entry, serial)).toBe(false);
  });

  it('keeps every key’s open entries in log order, whichever go first', () => {
    const step = fc.record({ slot: fc.nat(3), removes: fc.nat(2), which: fc.nat(9) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const model: { entry: number; version: number; slot: number }[] = [];
        steps.forEach(({ slot, removes, which }, version) => {
          if (removes === 0 && model.length > 0) {
            const [gone] = model.splice(which % model.length, 1);
            if (gone !== undefined) store.remove(gone.entry);
          } else model.push({ entry: store.append(version, slot, slot % 3, 0), version, slot });
        });
        for (let slot = 0; slot < 4; slot++)
          expect(chainOf(slot)).toEqual(
            model.filter((each) => each.slot === slot).map((each) => each.version),
          );
        for (let shard = 0; shard < 3; shard++)
          expect(store.openEntries(shard)).toEqual(
            model.filter((each) => each.slot % 3 === shard).map((each) => each.entry),
          );
        for (const { entry } of model) store.remove(entry);
      }),
      { seed: 50_001, numRuns: 100 },
    );
  });
});
