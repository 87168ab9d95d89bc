import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assert } from '../../../src/base/assert.ts';
import {
  saveCheckpoint,
  type Checkpoint,
  type Layer,
  type Section,
} from '../../../src/engine/kernel/archive.ts';
import { lookAhead, restoreCheckpoint } from '../../../src/engine/kernel/restore.ts';
import { aPart, Part, ramp } from '../../support/parts.ts';

describe('a checkpoint', () => {
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

/** Those that hold anything. */
const sectionsOf = ({ layers }: Checkpoint) =>
  layers.flatMap(({ sections }) => sections.filter(({ pages }) => pages.length > 0));

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
