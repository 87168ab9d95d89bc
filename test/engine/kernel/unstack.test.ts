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

test('what an array became is what its changes make of it, one after the other', () => {
  // Used again and again, as it is: what it knows of one array must not be taken for another's.
  const unstacker = new Unstacker();
  fc.assert(
    fc.property(fc.array(aLayer, { maxLength: 8 }), fc.integer({ min: 1, max: PLACES }), (layers, length) => {
      const expected = new Int32Array(length);
      for (const layer of layers) for (const [place, value] of layer) expected[place] = value;
      const array = new Int32Array(length);
      unstacker.apply(layers.map(changesTo), array);
      expect([...array]).toEqual([...expected]);
    }),
    { numRuns: 500 },
  );
});
