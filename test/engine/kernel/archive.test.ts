import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assert } from '../../../src/base/assert.ts';
import type { Archive, Checkpoint, Layer, Persistent, Section } from '../../../src/engine/kernel/archive.ts';
import { LastSaved, saveCheckpoint, without } from '../../../src/engine/kernel/archive.ts';
import { lookAhead, restoreCheckpoint } from '../../../src/engine/kernel/restore.ts';

/** A part with one of everything. */
class Part implements Persistent {
  size = 0;
  ratio = 0;
  ints = new Int32Array(16);
  floats = new Float64Array(16);

  static of(ints: readonly number[], floats: readonly number[], ratio: number): Part {
    const part = new Part();
    part.size = ints.length;
    part.ratio = ratio;
    part.ints = Int32Array.from(ints);
    part.floats = Float64Array.from(floats);
    return part;
  }

  persist(archive: Archive): void {
    this.size = archive.number('size', this.size);
    this.ratio = archive.number('ratio', this.ratio);
    this.ints = archive.ints('ints', this.ints, this.size);
    this.floats = archive.floats('floats', this.floats, this.floats.length);
  }
}

const ramp = (length: number) => Array.from({ length }, (_, i) => Math.imul(i + 1, 0x9e3779b1));
const aPart = () =>
  Part.of(
    ramp(2500),
    ramp(700).map((x) => x / 3),
    Math.PI,
  );

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

  test('is refused when any one bit of any change was altered, naming the section', () => {
    const checkpoint = saveCheckpoint(5, { part: aPart() }, undefined);
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), fc.nat(31), (s, p, i, bit) => {
        const altered = structuredClone(checkpoint);
        const section = pick(sectionsOf(altered), s);
        const array = pick([section.pages, section.masks, section.ints], p);
        array.set([(array[i % array.length] ?? 0) ^ (1 << bit)], i % array.length);
        expectRefused(altered, section.name);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  test('is refused when any element at all was altered', () => {
    const checkpoint = saveCheckpoint(5, { part: Part.of(ramp(1100), ramp(20), 2) }, undefined);
    const altered = structuredClone(checkpoint);
    for (const section of sectionsOf(altered)) {
      for (const array of [section.pages, section.masks, section.ints]) {
        for (let i = 0; i < array.length; i++) {
          const right = array[i] ?? 0;
          array[i] = right + 1;
          expectRefused(altered, section.name);
          array[i] = right;
        }
      }
    }
    expect(restoreCheckpoint(altered, { part: new Part() }).ok).toBe(true);
  });

  type Tamper = (section: Section) => Partial<Section>;
  const tampers: Record<string, Tamper> = {
    name: () => ({ name: 'part/other' }),
    kind: (section) => ({ kind: section.kind === 'ints' ? 'floats' : 'ints' }),
    'length, one more': (section) => ({ length: section.length + 1 }),
    'length, one less': (section) => ({ length: section.length - 1 }),
    'pages, the last one gone': ({ pages }) => ({ pages: pages.slice(0, -1) }),
    'pages, the last one twice': ({ pages }) => ({ pages: Int32Array.of(...pages, pages.at(-1) ?? 0) }),
    'masks, one bit turned': ({ masks }) => ({ masks: masks.with(0, (masks[0] ?? 0) ^ 1) }),
    'ints, the last one gone': ({ ints }) => ({ ints: ints.slice(0, -1) }),
    hash: (section) => ({ hash: section.hash.replace(/./, (digit) => (digit === '0' ? '1' : '0')) }),
  };

  test.each(Object.entries(tampers))('is refused when a section was given another %s', (_what, tamper) => {
    const checkpoint = saveCheckpoint(5, { part: aPart() }, undefined);
    const [layer] = checkpoint.layers;
    assert(layer !== undefined, 'there is a layer');
    layer.sections.forEach((section, at) => {
      const changed = { ...section, ...tamper(section) };
      const sections = layer.sections.with(at, changed);
      expectRefused({ ...checkpoint, layers: [{ ...layer, sections }] }, changed.name);
    });
  });

  test('is refused when its time, its hash, its layers or what a layer says of itself was altered', () => {
    const part = aPart();
    const first = saveCheckpoint(4, { part }, undefined);
    part.ints[7] = 7;
    const checkpoint = saveCheckpoint(5, { part }, first);
    const { layers } = checkpoint;
    const [lower, upper] = layers;
    assert(lower !== undefined && upper !== undefined, 'there are two layers');
    const altered: Partial<Checkpoint>[] = [
      { time: 6 },
      { time: 5.000000001 },
      { hash: '0'.repeat(16) },
      { layers: [lower] },
      { layers: [upper] },
      { layers: [upper, lower] },
      { layers: [lower, upper, upper] },
      { layers: [] },
    ];
    for (const change of altered) expectRefused({ ...checkpoint, ...change }, 'its time or layers');
    const { sections } = upper;
    const alteredLayers: Partial<Layer>[] = [
      { bytes: upper.bytes + 1 },
      { hash: '0'.repeat(16) },
      { sections: sections.slice(1) },
      { sections: sections.slice(0, -1) },
      { sections: [...sections, ...sections.slice(0, 1)] },
      { sections: sections.toReversed() },
    ];
    for (const change of alteredLayers)
      expectRefused({ ...checkpoint, layers: [lower, { ...upper, ...change }] }, 'a layer');
  });

  test('is looked at ahead layer by layer, and refused as ever from the one that was altered on', () => {
    const part = aPart();
    const first = saveCheckpoint(4, { part }, undefined);
    part.ints[7] = 7;
    const second = saveCheckpoint(5, { part }, first);
    const sound = structuredClone(second);
    expect([lookAhead(sound), lookAhead(sound), lookAhead(sound)]).toEqual([true, true, false]);
    const altered = structuredClone(second);
    const section = pick(sectionsOf({ ...altered, layers: altered.layers.slice(1) }), 0);
    section.ints.set([(section.ints[0] ?? 0) ^ 1]);
    expect([lookAhead(altered), lookAhead(altered), lookAhead(altered)]).toEqual([true, false, false]);
    expectRefused(altered, section.name);
  });

  test('is refused by parts that it was not taken from, before any is touched', () => {
    const checkpoint = saveCheckpoint(5, { part: aPart() }, undefined);
    const [one, two] = [new Part(), new Part()];
    expect(restoreCheckpoint(checkpoint, { other: one })).toMatchObject({ ok: false });
    expect(restoreCheckpoint(checkpoint, { part: one, two })).toMatchObject({ ok: false });
    expect(restoreCheckpoint(checkpoint, {})).toMatchObject({ ok: false });
    expect(one).toEqual(new Part());
  });
});

function sectionOf(layer: Layer | undefined, name: string): Section {
  const section = layer?.sections.find((candidate) => candidate.name === name);
  assert(section !== undefined, `there is a section ${name}`);
  return section;
}

/** Those that hold anything. */
const sectionsOf = ({ layers }: Checkpoint) =>
  layers.flatMap(({ sections }) => sections.filter(({ pages }) => pages.length > 0));

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

function pick<T>(list: readonly T[], which: number): T {
  const item = list[which % list.length];
  assert(item !== undefined, 'the list is not empty');
  return item;
}

function expectRefused(checkpoint: Checkpoint, named: string): void {
  const part = new Part();
  const result = restoreCheckpoint(checkpoint, { part });
  expect(result.ok).toBe(false);
  if (!result.ok) expect(result.error).toContain(named);
  expect(part.size).toBe(0);
}
