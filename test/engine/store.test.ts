import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { KeyIndex } from '../../src/engine/kernel/maps.ts';
import {
  E_NEXT,
  E_PREVIOUS,
  E_SERIAL,
  E_WRITE,
  ENTRY,
  R_LEADS,
  REPLICA,
  S_TERM,
  SHARD,
  Store,
} from '../../src/engine/store.ts';
import { aDesign } from '../support/designs.ts';

let store: Store;
beforeEach(() => {
  const keys = new KeyIndex();
  store = new Store(aDesign({ 'store.shards': '3', 'store.rf': '5', 'store.w': '3' }), keys);
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
