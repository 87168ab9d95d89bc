import { describe, expect, it } from 'vitest';
import type { Checkpoint, Layer, Section } from '../../src/engine/kernel/archive.ts';
import { resume } from '../../src/engine/resume.ts';
import { Run } from '../../src/engine/run.ts';
import { aSmallDesign } from '../support/engineRuns.ts';

/** The checkpoint with one section of one of its layers exchanged. */
function withSection(
  checkpoint: Checkpoint,
  which: number,
  index: number,
  change: (section: Section) => Section,
): Checkpoint {
  const exchanged = (layer: Layer): Layer => ({
    ...layer,
    sections: layer.sections.map((s, i) => (i === index ? change(s) : s)),
  });
  return { ...checkpoint, layers: checkpoint.layers.map((l, i) => (i === which ? exchanged(l) : l)) };
}

/** The array with one bit of one element turned. */
function withBit(array: Int32Array<ArrayBuffer>, element: number): Int32Array<ArrayBuffer> {
  return array.with(element, (array[element] ?? 0) ^ (1 << (element % 32)));
}

const REFUSED = 'altered';

describe('an altered checkpoint is refused', () => {
  const design = aSmallDesign({ fault: ['shard-1.leader:crash@400ms-1.1s', 'app-1:pause@500ms-600ms'] });
  const run = Run.start(design);
  run.advance(300_000);
  const first = run.checkpoint();
  run.advance(550_000);
  const checkpoint = run.checkpoint(first);
  const refusal = (altered: Checkpoint): string => {
    const resumed = resume(design, altered);
    return resumed.ok ? 'not refused' : resumed.error;
  };

  it('and the unaltered one is not', () => {
    expect(refusal(checkpoint)).toBe('not refused');
  });

  it.each((first.layers[0]?.sections ?? []).map(({ name }, index) => [name, index] as const))(
    'in the first, the last, or any element between of %s, in either layer',
    (name, index) => {
      checkpoint.layers.forEach(({ sections }, which) => {
        for (const array of ['pages', 'masks', 'ints'] as const) {
          const { length } = sections[index]?.[array] ?? [];
          if (length === 0) continue;
          for (const element of new Set([0, Math.floor(length / 2), length - 1]))
            expect(
              refusal(
                withSection(checkpoint, which, index, (s) => ({ ...s, [array]: withBit(s[array], element) })),
              ),
            ).toContain(name);
        }
        const changes: ((s: Section) => Section)[] = [
          (s) => ({ ...s, name: `${s.name}x` }),
          (s) => ({ ...s, kind: s.kind === 'number' ? 'ints' : 'number' }),
          (s) => ({ ...s, length: s.length + 1 }),
          (s) => ({ ...s, pages: Int32Array.of(...s.pages, 0) }),
          (s) => ({ ...s, hash: s.hash.replace(/.$/, (last) => (last === '0' ? '1' : '0')) }),
        ];
        for (const change of changes)
          expect(refusal(withSection(checkpoint, which, index, change))).toContain(REFUSED);
      });
    },
  );

  it('in its time, its layers, their size, their order, or by a part that is missing', () => {
    const { layers } = checkpoint;
    const changed = (change: (layer: Layer) => Partial<Layer>): Checkpoint => ({
      ...checkpoint,
      layers: layers.map((layer) => ({ ...layer, ...change(layer) })),
    });
    expect(refusal({ ...checkpoint, time: checkpoint.time + 1 })).toContain(REFUSED);
    expect(refusal({ ...checkpoint, layers: layers.slice(1) })).toContain(REFUSED);
    expect(refusal({ ...checkpoint, layers: layers.toReversed() })).toContain(REFUSED);
    expect(refusal(changed(({ bytes }) => ({ bytes: bytes + 4 })))).toContain(REFUSED);
    expect(refusal(changed(({ sections }) => ({ sections: sections.slice(1) })))).toContain(REFUSED);
    expect(refusal(changed(({ sections }) => ({ sections: sections.toReversed() })))).toContain(REFUSED);
  });
});
