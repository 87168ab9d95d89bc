/** Ints that know where they were written to are saved and brought back as an array is that is looked at from end to end. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  LastSaved,
  saveCheckpoint,
  type Archive,
  type Checkpoint,
  type Persistent,
} from '../../../src/engine/kernel/archive.ts';
import { restoreCheckpoint } from '../../../src/engine/kernel/restore.ts';
import { TrackedInts } from '../../../src/engine/kernel/tracked.ts';

const LENGTH_LIMIT = 400;

/** The same ints twice: tracked, and in an array of which nothing is known. */
class Both {
  length = 0;
  /** Where it was written to since it was saved or taken back. */
  readonly written = new Set<number>();
  /** The checkpoint that it was at then. */
  at: Pair | undefined;
  readonly tracked: TrackedInts;
  plain = new Int32Array(LENGTH_LIMIT);
  readonly #last = { tracked: new LastSaved(), plain: new LastSaved() };

  constructor(room: number) {
    this.tracked = new TrackedInts(room);
  }

  parts(which: 'tracked' | 'plain'): Record<string, Persistent> {
    const persist = (archive: Archive): void => {
      this.length = archive.number('length', this.length);
      if (which === 'tracked') this.tracked.persistInts(archive, 'ints');
      else this.plain = archive.ints('ints', this.plain, this.length);
    };
    return { part: { persist } };
  }

  set(place: number, value: number): void {
    this.tracked.set(place, value);
    this.plain[place] = value;
    this.written.add(place);
  }

  push(values: readonly number[]): void {
    this.tracked.push(...values);
    for (const value of values) {
      this.plain[this.length] = value;
      this.written.add(this.length++);
    }
  }

  save(time: number, previous: Pair | undefined): Pair {
    const isNext = previous === this.at;
    const pair: Pair = {
      tracked: saveCheckpoint(time, this.parts('tracked'), previous?.tracked, this.#last.tracked),
      plain: saveCheckpoint(time, this.parts('plain'), previous?.plain, this.#last.plain),
      ints: this.read(),
    };
    const expected = isNext ? [...this.written].sort((a, b) => a - b) : placesIn(pair.plain);
    expect(placesIn(pair.tracked)).toEqual(expected);
    this.#isAt(pair);
    return pair;
  }

  restore(pair: Pair): void {
    const { tracked, plain } = pair;
    this.#isAt(pair);
    expect(restoreCheckpoint(tracked, this.parts('tracked')).ok).toBe(true);
    expect(restoreCheckpoint(plain, this.parts('plain')).ok).toBe(true);
  }

  #isAt(pair: Pair): void {
    this.at = pair;
    this.written.clear();
  }

  read(): number[] {
    expect(this.tracked.used).toBe(this.length);
    return Array.from({ length: this.length }, (_, i) => this.tracked.at[i] ?? Number.NaN);
  }
}

interface Pair {
  readonly tracked: Checkpoint;
  readonly plain: Checkpoint;
  readonly ints: readonly number[];
}

/** Which of the ints the newest layer of a checkpoint holds. */
function placesIn({ layers }: Checkpoint): number[] {
  const section = layers.at(-1)?.sections.at(-1);
  return [...(section?.pages ?? [])].flatMap((page, row) => {
    const mask = section?.masks[row] ?? 0;
    const bits = Array.from({ length: 32 }, (_, bit) => bit).filter((bit) => ((mask >>> bit) & 1) === 1);
    return bits.map((bit) => page * 32 + bit);
  });
}

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ at: fc.nat(LENGTH_LIMIT - 1), value: fc.integer({ min: -2, max: 2 }) }),
  },
  { weight: 1, arbitrary: fc.record({ extend: fc.integer({ min: 1, max: 90 }) }) },
  { weight: 1, arbitrary: fc.record({ push: fc.array(fc.integer({ min: -2, max: 2 }), { maxLength: 8 }) }) },
  { weight: 2, arbitrary: fc.record({ save: fc.constantFrom('over the newest', 'where it stands') }) },
  { weight: 1, arbitrary: fc.record({ restore: fc.nat() }) },
);

test('whatever is written, saved and taken back, their checkpoints hold what was written to, and bring it back', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.array(step, { maxLength: 60, size: 'max' }), (room, steps) => {
      const both = new Both(room);
      const saved: Pair[] = [];
      for (const each of steps) {
        if ('save' in each) {
          // Where it was taken back to an older one, several go on from that, as after an edit.
          const previous = each.save === 'where it stands' ? both.at : saved.at(-1);
          saved.push(both.save(saved.length, previous));
        } else if ('extend' in each) {
          both.length = Math.min(LENGTH_LIMIT, both.length + each.extend);
          both.tracked.extend(both.length);
        } else if ('push' in each) {
          both.push(each.push.slice(0, LENGTH_LIMIT - both.length));
        } else if ('restore' in each) {
          const pair = saved[each.restore % saved.length];
          if (pair === undefined) continue;
          both.restore(pair);
          expect(both.read()).toEqual(pair.ints);
        } else if (each.at < both.length) {
          both.set(each.at, each.value);
        }
      }
      expect(both.read()).toEqual(Array.from(both.plain.subarray(0, both.length)));
    }),
    { seed: 1, numRuns: 1000 },
  );
});

test('are never fewer than they were asked to be before', () => {
  const ints = new TrackedInts(4);
  ints.extend(10);
  ints.extend(5);
  expect(ints.used).toBe(10);
  ints.push(7);
  expect(ints.at[10]).toBe(7);
});
