import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { saveCheckpoint } from '../../../src/engine/kernel/archive.ts';
import { restoreCheckpoint } from '../../../src/engine/kernel/restore.ts';
import { KeyIndex, PairMap } from '../../../src/engine/kernel/maps.ts';

const key = fc.oneof(fc.nat(20), fc.nat(5000), fc.nat());

function restoredFrom(index: KeyIndex): KeyIndex {
  const restored = new KeyIndex();
  for (let i = 0; i < 50; i++) restored.slotOf(i * 7);
  expect(restoreCheckpoint(saveCheckpoint(0, { index }, undefined), { index: restored }).ok).toBe(true);
  return restored;
}

describe('a key index', () => {
  test('gives dense slots in order of first touch, before and after a checkpoint', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 300 }), fc.array(key, { maxLength: 300 }), (before, after) => {
        let index = new KeyIndex();
        const model = new Map<number, number>();
        const touch = (each: number) => {
          expect(index.find(each)).toBe(model.get(each) ?? -1);
          if (!model.has(each)) model.set(each, model.size);
          expect(index.slotOf(each)).toBe(model.get(each));
        };
        before.forEach(touch);
        index = restoredFrom(index);
        expect(index.size).toBe(model.size);
        after.forEach(touch);
        for (const [each, slot] of model) expect([index.find(each), index.keyOf(slot)]).toEqual([slot, each]);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test('holds every one of 100,000 keys through its growth', () => {
    const index = new KeyIndex();
    const slots = Array.from({ length: 100_000 }, (_, i) => i);
    expect(slots.map((slot) => index.slotOf(slot * 1024))).toEqual(slots);
    const restored = restoredFrom(index);
    expect(slots.map((slot) => restored.find(slot * 1024))).toEqual(slots);
    expect(restored.find(1)).toBe(-1);
  });
});

type Pair = readonly [number, number];
const small = fc.integer({ min: -3, max: 40 });
const pair: fc.Arbitrary<Pair> = fc.oneof(fc.tuple(small, small), fc.tuple(fc.integer(), fc.integer()));
type Command =
  | { do: 'set'; pair: Pair; value: number }
  | { do: 'find'; pair: Pair }
  | { do: 'sweep'; keep: number }
  | { do: 'save' };
const commands: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.tuple(pair, fc.integer()).map(([p, value]) => ({ do: 'set', pair: p, value }) as const),
  },
  { weight: 10, arbitrary: pair.map((p) => ({ do: 'find', pair: p }) as const) },
  { weight: 1, arbitrary: fc.integer({ min: 2, max: 4 }).map((keep) => ({ do: 'sweep', keep }) as const) },
  { weight: 1, arbitrary: fc.constant({ do: 'save' } as const) },
);

describe('a pair map', () => {
  test('agrees with a plain map, whatever is put, swept or restored', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 400 }), (script) => {
        let map = new PairMap();
        const model = new Map<string, number>();
        for (const command of script) {
          if (command.do === 'save') {
            const restored = new PairMap();
            for (let i = 0; i < 30; i++) restored.setValue(restored.put(i, -i), i);
            expect(restoreCheckpoint(saveCheckpoint(0, { map }, undefined), { map: restored }).ok).toBe(true);
            map = restored;
          } else if (command.do === 'sweep') {
            const keep = (_a: number, _b: number, value: number) => value % command.keep === 0;
            map.sweep(keep);
            for (const [name, value] of model) if (!keep(0, 0, value)) model.delete(name);
          } else {
            const [a, b] = command.pair;
            const known = model.get(`${a},${b}`);
            const found = map.find(a, b);
            expect(found === -1 ? undefined : map.value(found)).toBe(known);
            if (command.do !== 'set') continue;
            const row = map.put(a, b);
            expect(map.value(row)).toBe(known ?? 0);
            map.setValue(row, command.value);
            model.set(`${a},${b}`, command.value);
          }
          expect(map.size).toBe(model.size);
        }
        for (const [name, value] of model) {
          const [a = 0, b = 0] = name.split(',').map(Number);
          expect(map.value(map.find(a, b))).toBe(value);
        }
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  test('keeps 100,000 pairs apart, and sweeps half of them away', () => {
    const map = new PairMap();
    for (let i = 0; i < 100_000; i++) map.setValue(map.put(i % 317, Math.floor(i / 317)), i);
    expect(map.size).toBe(100_000);
    map.sweep((_a, _b, value) => value % 2 === 0);
    expect(map.size).toBe(50_000);
    const valueOf = (_: unknown, i: number) => {
      const row = map.find(i % 317, Math.floor(i / 317));
      return row === -1 ? -1 : map.value(row);
    };
    expect(Array.from({ length: 100_000 }, valueOf)).toEqual(
      Array.from({ length: 100_000 }, (_, i) => (i % 2 === 0 ? i : -1)),
    );
  });

  test('saves the same after a checkpoint as without one', () => {
    const map = new PairMap();
    for (let i = 0; i < 5000; i++) map.put(i, i * i);
    const checkpoint = saveCheckpoint(0, { map }, undefined);
    const restored = new PairMap();
    restoreCheckpoint(checkpoint, { map: restored });
    for (const each of [map, restored]) for (let i = 0; i < 5000; i++) each.put(-i, i);
    expect(saveCheckpoint(1, { map: restored }, undefined)).toEqual(saveCheckpoint(1, { map }, undefined));
  });
});
