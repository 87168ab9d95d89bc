import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { saveCheckpoint } from '../../../src/engine/kernel/archive.ts';
import { restoreCheckpoint } from '../../../src/engine/kernel/restore.ts';
import { Digest } from '../../../src/engine/kernel/digest.ts';

type Event = readonly [number, number, number, number, number];
const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const event: fc.Arbitrary<Event> = fc.tuple(int, int, int, int, int);
const events = fc.array(event, { minLength: 1, maxLength: 50 });

function digestOf(list: readonly Event[]): string {
  const digest = new Digest();
  for (const each of list) digest.event(...each);
  return digest.hex();
}

function flipped(original: Event, argument: number, bit: number): Event {
  const [a, b, c, d, e] = original.map((x, i) => (i === argument ? x ^ (1 << bit) : x));
  return [a ?? 0, b ?? 0, c ?? 0, d ?? 0, e ?? 0];
}

describe('the digest', () => {
  test('is sixteen hexadecimal digits, equal for equal events', () => {
    fc.assert(
      fc.property(events, (list) => {
        expect(digestOf(list)).toMatch(/^[0-9a-f]{16}$/);
        expect(digestOf(list)).toBe(digestOf(list));
      }),
      { seed: 1 },
    );
  });

  test('changes in both its halves with every single bit of every argument of any event', () => {
    fc.assert(
      fc.property(events, fc.nat(), (list, which) => {
        const at = which % list.length;
        const original = digestOf(list);
        for (let argument = 0; argument < 5; argument++) {
          for (let bit = 0; bit < 32; bit++) {
            const changed = digestOf(list.map((each, i) => (i === at ? flipped(each, argument, bit) : each)));
            expect(changed.slice(0, 8)).not.toBe(original.slice(0, 8));
            expect(changed.slice(8)).not.toBe(original.slice(8));
          }
        }
      }),
      { seed: 2, numRuns: 20 },
    );
  });

  test('changes when any two bits of one event change', () => {
    const original: Event = [12_345, 6, 7, 8901, 2];
    const seen = new Set([digestOf([original])]);
    for (let one = 0; one < 160; one++) {
      for (let two = 0; two < one; two++) {
        const once = flipped(original, Math.floor(one / 32), one % 32);
        seen.add(digestOf([flipped(once, Math.floor(two / 32), two % 32)]));
      }
    }
    expect(seen.size).toBe(1 + (160 * 159) / 2);
  });

  test('depends on the order of events, of arguments, and on how many events there were', () => {
    const [one, two]: [Event, Event] = [
      [1, 2, 3, 4, 5],
      [1, 2, 3, 5, 4],
    ];
    expect(digestOf([one, two])).not.toBe(digestOf([two, one]));
    expect(digestOf([one])).not.toBe(digestOf([two]));
    const nothing: Event = [0, 0, 0, 0, 0];
    expect(new Set([0, 1, 2, 3].map((count) => digestOf(new Array<Event>(count).fill(nothing)))).size).toBe(
      4,
    );
  });

  test('goes on from a checkpoint to the same end', () => {
    fc.assert(
      fc.property(events, events, (before, after) => {
        const digest = new Digest();
        for (const each of before) digest.event(...each);
        const restored = new Digest();
        restoreCheckpoint(saveCheckpoint(0, { digest }, undefined), { digest: restored });
        for (const each of after) restored.event(...each);
        expect(restored.hex()).toBe(digestOf([...before, ...after]));
      }),
      { seed: 3 },
    );
  });
});
