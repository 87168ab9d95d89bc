import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Changes } from '../../../src/engine/kernel/changes.ts';
import { Unstacker } from '../../../src/engine/kernel/unstack.ts';

const PAGE = 32;
const PLACES = 4 * PAGE;

/** What a layer says of places, as layers say it: by page, and a bit an int. */
function changesTo(values: ReadonlyMap<number, number>): Changes {
  const places = [...values.keys()].sort((a, b) => a - b);
  const masks = new Map<number, number>();
  for (const place of places) {
    const page = Math.floor(place / PAGE);
    masks.set(page, (masks.get(page) ?? 0) | (1 << (place % PAGE)));
  }
  return {
    pages: Int32Array.from(masks.keys()),
    masks: Int32Array.from(masks.values()),
    ints: Int32Array.from(places, (place) => values.get(place) ?? 0),
  };
}

const aLayer = fc
  .array(fc.tuple(fc.nat(PLACES - 1), fc.integer()), { maxLength: 60 })
  .map((changes) => new Map(changes));

/** Used again and again, as it is: what it knows of one array must not be taken for another's. */
const unstacker = new Unstacker();
const layersOf = fc.array(aLayer, { maxLength: 6 });
const anyLength = fc.integer({ min: 0, max: PLACES });

/** What layers make of zeros, one after the other. */
function madeBy(layers: readonly ReadonlyMap<number, number>[], length: number): number[] {
  const ints = new Int32Array(length);
  for (const layer of layers) for (const [place, value] of layer) ints[place] = value;
  return [...ints];
}

test('what an array became is what its changes make of it, one after the other', () => {
  fc.assert(
    fc.property(layersOf, anyLength, fc.nat(40), (layers, length, spare) => {
      const array = new Int32Array(length + spare);
      unstacker.apply(layers.map(changesTo), array, length);
      expect([...array]).toEqual([...madeBy(layers, length), ...new Int32Array(spare)]);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('from what it was, the same comes about, however much was written to it since', () => {
  fc.assert(
    fc.property(layersOf, layersOf, layersOf, aLayer, anyLength, (below, above, left, written, length) => {
      const array = Int32Array.from(madeBy([...below, ...left, written], length));
      const others = new Int32Array(PLACES / PAGE);
      for (const place of [...left, written].flatMap((layer) => [...layer.keys()]))
        others[Math.floor(place / PAGE)] = (others[Math.floor(place / PAGE)] ?? 0) | (1 << (place % PAGE));
      unstacker.move(below.map(changesTo), above.map(changesTo), others, array, length);
      expect([...array]).toEqual(madeBy([...below, ...above], length));
    }),
    { seed: 2, numRuns: 1000 },
  );
});

test('layers in which nothing changed are one, as often as they stand there', () => {
  const still = changesTo(new Map([[3, 7]]));
  const array = new Int32Array(8);
  unstacker.apply(
    [
      changesTo(
        new Map([
          [3, 1],
          [4, 2],
        ]),
      ),
      still,
      still,
      changesTo(new Map([[4, 9]])),
    ],
    array,
    8,
  );
  expect([...array]).toEqual([0, 0, 0, 7, 9, 0, 0, 0]);
});
