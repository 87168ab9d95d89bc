import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assert } from '../../../src/base/assert.ts';
import type { Archive, Checkpoint, Layer, Section } from '../../../src/engine/kernel/archive.ts';
import { LastSaved, saveCheckpoint } from '../../../src/engine/kernel/archive.ts';
import { without } from '../../../src/engine/kernel/thin.ts';
import { restoreCheckpoint } from '../../../src/engine/kernel/restore.ts';
import { aPart, Part, ramp } from '../../support/parts.ts';

describe('a checkpoint', () => {
  test('gives back every element, every double bit for bit, and zero beyond', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { maxLength: 3000 }),
        fc.array(fc.double(), { maxLength: 1500 }),
        fc.double(),
        (ints, floats, ratio) => {
          const checkpoint = saveCheckpoint(7, { part: Part.of(ints, floats, ratio) }, undefined);
          const restored = Part.of(ramp(60), ramp(60), 1);
          expect(restoreCheckpoint(checkpoint, { part: restored })).toEqual({ ok: true, value: undefined });
          expect(Object.is(restored.ratio, ratio)).toBe(true);
          expect([...restored.ints.subarray(0, ints.length)]).toEqual(ints);
          expect(restored.ints.subarray(ints.length).every((x) => x === 0)).toBe(true);
          expect([...restored.floats.subarray(0, floats.length)]).toEqual(floats);
          expect(restored.floats.subarray(floats.length).every((x) => x === 0)).toBe(true);
        },
      ),
      { seed: 1, numRuns: 100 },
    );
  });

  test('restores into the given array when it is large enough, else into one of power-of-two length', () => {
    const checkpoint = saveCheckpoint(0, { part: aPart() }, undefined);
    const roomy = Part.of(ramp(4000), ramp(4000), 0);
    const { ints, floats } = roomy;
    restoreCheckpoint(checkpoint, { part: roomy });
    expect(roomy.ints).toBe(ints);
    expect(roomy.floats).toBe(floats);
    const small = new Part();
    restoreCheckpoint(checkpoint, { part: small });
    expect([small.ints.length, small.floats.length]).toEqual([4096, 1024]);
  });

  test('holds what changed since the one before, and stays as it was when the state moves on', () => {
    const part = aPart();
    const first = saveCheckpoint(0, { part }, undefined);
    const copy = structuredClone(first);
    part.ints[1500] = 42;
    const second = saveCheckpoint(1, { part }, first);
    const { pages, masks, ints } = sectionOf(second.layers[1], 'part/ints');
    expect([[...pages], [...masks], [...ints]]).toEqual([[Math.floor(1500 / 32)], [1 << (1500 % 32)], [42]]);
    expect(second.layers[1]?.bytes).toBe(3 * 4);
    expect(second.layers[0]).toBe(first.layers[0]);
    expect(first).toEqual(copy);
    expect(restored(second).ints[1500]).toBe(42);
    restored(second).ints.fill(0);
    expect(restored(second).ints[1500]).toBe(42);
    expect(second.hash).not.toBe(first.hash);
  });

  /** States of arrays that grow, shrink and change in a few places, or everywhere. */
  const lives = fc.array(
    fc.record({
      size: fc.nat(200),
      changes: fc.array(fc.tuple(fc.nat(199), fc.constantFrom(0, 1, -1, 7)), { maxLength: 40 }),
      ratio: fc.constantFrom(0, -0, 1, Number.NaN),
    }),
    { minLength: 1, maxLength: 12 },
  );
  type Life = typeof lives extends fc.Arbitrary<infer T> ? T : never;

  /** A checkpoint of every state, each with the one before, and what was saved. */
  function live(life: Life, last?: LastSaved): { checkpoints: Checkpoint[]; states: Part[] } {
    const checkpoints: Checkpoint[] = [];
    const states: Part[] = [];
    const all = new Int32Array(200);
    life.forEach(({ size, changes, ratio }, time) => {
      for (const [at, value] of changes) all[at] = value;
      const part = Part.of([...all.subarray(0, size)], [...all.subarray(0, size >> 1)], ratio);
      checkpoints.push(saveCheckpoint(time, { part }, checkpoints.at(-1), last));
      states.push(part);
    });
    return { checkpoints, states };
  }

  test('whatever the states before were, brings back its own; a run that remembers what it saved saves the same', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const { checkpoints, states } = live(life);
        expect(live(life, new LastSaved()).checkpoints).toEqual(checkpoints);
        expect(checkpoints.map((checkpoint) => contentOf(restored(checkpoint)))).toEqual(
          states.map(contentOf),
        );
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  test('brings back its own without any of those before it, and needs no more room than with them', () => {
    fc.assert(
      fc.property(lives, fc.array(fc.nat(), { maxLength: 10 }), (life, drops) => {
        let { checkpoints, states } = live(life);
        const before = bytesOf(checkpoints.at(-1));
        for (const drop of drops) {
          if (checkpoints.length < 2) break;
          const index = drop % (checkpoints.length - 1);
          checkpoints = without(checkpoints, index);
          states = states.toSpliced(index, 1);
        }
        expect(checkpoints.map((checkpoint) => contentOf(restored(checkpoint)))).toEqual(
          states.map(contentOf),
        );
        expect(bytesOf(checkpoints.at(-1))).toBeLessThanOrEqual(before);
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  test('can follow any other, also when the run remembers another one', () => {
    const last = new LastSaved();
    const [one, two] = [aPart(), Part.of(ramp(90), ramp(3), 2)];
    const first = saveCheckpoint(0, { part: one }, undefined, last);
    saveCheckpoint(1, { part: two }, first, last);
    const third = saveCheckpoint(2, { part: two }, first, last);
    expect(contentOf(restored(third))).toEqual(contentOf(two));
    expect(third.layers).toHaveLength(2);
    expect(contentOf(restored(saveCheckpoint(3, { part: one }, undefined, last)))).toEqual(contentOf(one));
  });

  test('keeps apart two arrays that have one name', () => {
    const part = {
      a: Int32Array.of(1, 2, 3),
      b: Int32Array.of(4, 5, 6),
      persist(archive: Archive) {
        this.a = archive.ints('rows', this.a, 3);
        this.b = archive.ints('rows', this.b, 3);
      },
    };
    const first = saveCheckpoint(0, { part }, undefined);
    part.b[1] = 50;
    const second = saveCheckpoint(1, { part }, first);
    expect(second.layers[1]?.sections.map(({ ints }) => [...ints])).toEqual([[], [50]]);
    part.a.fill(0);
    part.b.fill(0);
    expect(restoreCheckpoint(second, { part }).ok).toBe(true);
    expect([[...part.a], [...part.b]]).toEqual([
      [1, 2, 3],
      [4, 50, 6],
    ]);
  });
});

function sectionOf(layer: Layer | undefined, name: string): Section {
  const section = layer?.sections.find((candidate) => candidate.name === name);
  assert(section !== undefined, `there is a section ${name}`);
  return section;
}

const bytesOf = (checkpoint: Checkpoint | undefined) =>
  (checkpoint?.layers ?? []).reduce((sum, { bytes }) => sum + bytes, 0);

/** Into a part that held other things. */
function restored(checkpoint: Checkpoint): Part {
  const part = Part.of(ramp(60), ramp(60), 1);
  expect(restoreCheckpoint(checkpoint, { part })).toEqual({ ok: true, value: undefined });
  return part;
}

/** What is used of a part's arrays; beyond that there must be nothing. */
function contentOf({ size, ratio, ints, floats }: Part) {
  const trimmed = (array: Int32Array | Float64Array) => [
    ...array.subarray(0, array.findLastIndex((x) => x !== 0) + 1),
  ];
  return { size, ratio, ints: trimmed(ints), floats: trimmed(floats) };
}
