import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assert } from '../../../src/base/assert.ts';
import type { Archive, Checkpoint, Persistent, Section } from '../../../src/engine/kernel/archive.ts';
import { restoreCheckpoint, saveCheckpoint } from '../../../src/engine/kernel/archive.ts';

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

  test('shares the pages that did not change with the one before, and stays as it was when the state moves on', () => {
    const part = aPart();
    const first = saveCheckpoint(0, { part }, undefined);
    const copy = structuredClone(first);
    part.ints[1500] = 42;
    const second = saveCheckpoint(1, { part }, first);
    const [before, after] = [sectionOf(first, 'part/ints'), sectionOf(second, 'part/ints')];
    // One page of 32 ints and its two hashes of its own, and where each page lies.
    expect(after.chunks[1]?.ints).toHaveLength(32);
    expect(after.chunks[1]?.hashes).toHaveLength(2);
    expect(second.ownBytes).toBe(34 * 4 + second.sections.reduce((sum, s) => sum + s.where.byteLength, 0));
    expect(after.chunks[0]).toBe(before.chunks[0]);
    expect(after.where.filter((place, i) => place !== before.where[i])).toHaveLength(1);
    expect(first).toEqual(copy);
    const restored = new Part();
    expect(restoreCheckpoint(second, { part: restored }).ok).toBe(true);
    expect(restored.ints[1500]).toBe(42);
    restored.ints.fill(0);
    expect(restoreCheckpoint(second, { part: restored }).ok).toBe(true);
    expect(second.hash).not.toBe(first.hash);
  });

  test('holds no chunk that none of its pages lies in', () => {
    const part = aPart();
    let checkpoint = saveCheckpoint(0, { part }, undefined);
    for (let time = 1; time < 2000; time++) {
      part.ints[1] = time;
      checkpoint = saveCheckpoint(time, { part }, checkpoint);
      expect(sectionOf(checkpoint, 'part/ints').chunks).toHaveLength(2);
    }
    part.ints.fill(7);
    expect(
      sectionOf(saveCheckpoint(2000, { part }, checkpoint), 'part/ints').chunks.map(
        ({ ints }) => ints.length,
      ),
    ).toEqual([Math.ceil(2500 / 32) * 32]);
    const restored = new Part();
    restoreCheckpoint(checkpoint, { part: restored });
    expect(restored.ints[1]).toBe(1999);
  });

  test('of more generations than can be told apart is copied whole', () => {
    const part = aPart();
    let checkpoint = saveCheckpoint(0, { part }, undefined);
    for (let page = 0; page < 600; page++) {
      part.ints = Int32Array.from({ length: 32 * 600 }, (_, i) => (i < 32 * (page + 1) ? 1 : 0));
      part.size = part.ints.length;
      checkpoint = saveCheckpoint(page + 1, { part }, checkpoint);
    }
    const restored = new Part();
    expect(restoreCheckpoint(checkpoint, { part: restored }).ok).toBe(true);
    expect(restored.ints.subarray(0, part.size).every((x) => x === 1)).toBe(true);
    expect(sectionOf(checkpoint, 'part/ints').chunks.length).toBeLessThanOrEqual(512);
  });

  test('has the same hash with and without one before it, for equal content and bytes of its own', () => {
    const part = aPart();
    const alone = saveCheckpoint(3, { part }, undefined);
    const other = Part.of(
      ramp(2500).map((x) => ~x),
      ramp(700),
      1,
    );
    const after = saveCheckpoint(3, { part }, saveCheckpoint(2, { part: other }, undefined));
    expect(after.sections.map(({ hash }) => hash)).toEqual(alone.sections.map(({ hash }) => hash));
  });

  test('is refused when any one bit of any page was altered, naming the section', () => {
    const checkpoint = saveCheckpoint(5, { part: aPart() }, undefined);
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), fc.nat(31), (s, p, i, bit) => {
        const altered = structuredClone(checkpoint);
        const section = pick(altered.sections, s);
        const { ints } = pick(section.chunks, p);
        ints.set([(ints[i % ints.length] ?? 0) ^ (1 << bit)], i % ints.length);
        expectRefused(altered, section.name);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  test('is refused when any element at all was altered', () => {
    const checkpoint = saveCheckpoint(5, { part: Part.of(ramp(1100), ramp(20), 2) }, undefined);
    const altered = structuredClone(checkpoint);
    for (const section of altered.sections) {
      for (const { ints, hashes } of section.chunks) {
        for (const array of [ints, hashes, section.where]) {
          for (let i = 0; i < array.length; i++) {
            const right = array[i] ?? 0;
            array[i] = right + 1;
            expectRefused(altered, section.name);
            array[i] = right;
          }
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
    'where, the last page gone': (section) => ({ where: section.where.slice(0, -1) }),
    'where, the last page twice': (section) => ({
      where: Int32Array.of(...section.where, section.where.at(-1) ?? 0),
    }),
    'where, past its chunk': (section) => ({ where: section.where.with(0, 100_000) }),
    'chunks, none': () => ({ chunks: [] }),
    'chunks, the last one shorter': (section) => ({
      chunks: [
        ...section.chunks.slice(0, -1),
        { ...lastChunk(section), ints: lastChunk(section).ints.slice(0, -1) },
      ],
    }),
    hash: (section) => ({ hash: section.hash.replace(/./, (digit) => (digit === '0' ? '1' : '0')) }),
  };

  test.each(Object.entries(tampers))('is refused when a section was given another %s', (_what, tamper) => {
    const checkpoint = saveCheckpoint(5, { part: aPart() }, undefined);
    checkpoint.sections.forEach((section, at) => {
      const changed = { ...section, ...tamper(section) };
      const sections = checkpoint.sections.with(at, changed);
      expectRefused({ ...checkpoint, sections }, changed.name);
    });
  });

  test('is refused when its time, its size, its hash or the list of its sections was altered', () => {
    const checkpoint = saveCheckpoint(5, { part: aPart() }, undefined);
    const { sections } = checkpoint;
    const altered: Partial<Checkpoint>[] = [
      { time: 6 },
      { time: 5.000000001 },
      { ownBytes: checkpoint.ownBytes + 1 },
      { hash: '0'.repeat(16) },
      { sections: sections.slice(1) },
      { sections: sections.slice(0, -1) },
      { sections: [...sections, ...sections.slice(0, 1)] },
      { sections: sections.toReversed() },
    ];
    for (const change of altered) expectRefused({ ...checkpoint, ...change }, 'list of sections');
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

function sectionOf(checkpoint: Checkpoint, name: string): Section {
  const section = checkpoint.sections.find((candidate) => candidate.name === name);
  assert(section !== undefined, `there is a section ${name}`);
  return section;
}

function pick<T>(list: readonly T[], which: number): T {
  const item = list[which % list.length];
  assert(item !== undefined, 'the list is not empty');
  return item;
}

const lastChunk = (section: Section) => pick(section.chunks, section.chunks.length - 1);

function expectRefused(checkpoint: Checkpoint, named: string): void {
  const part = new Part();
  const result = restoreCheckpoint(checkpoint, { part });
  expect(result.ok).toBe(false);
  if (!result.ok) expect(result.error).toContain(named);
  expect(part.size).toBe(0);
}
