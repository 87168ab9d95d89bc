import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Design } from '../../src/design/design.ts';
import { targetClassOf } from '../../src/design/nodes.ts';
import {
  BUCKET_US,
  NODE_WIDTH,
  SYSTEM_WIDTH,
  VIOLATION,
  VIOLATION_WIDTH,
} from '../../src/design/readings.ts';
import { divergence } from '../../src/engine/divergence.ts';
import type { Checkpoint, Layer, Section } from '../../src/engine/kernel/archive.ts';
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import { resume } from '../../src/engine/resume.ts';
import { Run } from '../../src/engine/run.ts';
import { EVICTION_NAMES } from '../support/evictionModels.ts';
import { aSmallDesign, render, renderingOf, smallDesigns, type Rendering } from '../support/engineRuns.ts';

/** One design for each thing that can go wrong, and for each way to be built. */
const DESIGNS: Readonly<Record<string, Readonly<Record<string, string | string[]>>>> = {
  healthy: {},
  'a slow cache node': { fault: ['cache-1:slow:200@400ms-900ms'] },
  'a slow app node': { fault: ['app-1:slow:300@400ms-900ms'] },
  'a delayed replica': { fault: ['shard-1.replica-2:delay:50ms@400ms-900ms'] },
  'a delayed link': { fault: ['replication:delay:30ms@400ms-900ms'], 'store.w': '3' },
  'a crashed leader': { fault: ['shard-1.leader:crash@400ms-1.1s'] },
  'a crashed cache node': { fault: ['cache-2:crash@400ms-900ms'] },
  'a crashed app node': { fault: ['app-1:crash@400ms-900ms'] },
  'a destroyed replica': { fault: ['shard-2.replica-3:destroy@400ms-900ms'] },
  'a destroyed leader': { fault: ['shard-2.leader:destroy@400ms-1.2s'], 'store.w': '1' },
  'a paused leader': { fault: ['shard-1.leader:pause@400ms-900ms'] },
  'a paused app node': { fault: ['app-2:pause@400ms-480ms'] },
  'a paused cache node': { fault: ['cache-1:pause@400ms-480ms'], 'cache.timeout': 'off' },
  'disks synced every 300 ms': {
    fault: [1, 2, 3].map((r) => `shard-1.replica-${r}:crash@400ms-900ms`),
    'store.fsync': 'periodic:300ms',
  },
  'a leader cut off': { fault: ['shard-1.leader:partition@400ms-900ms'], 'store.w': '1' },
  'a cut link': { fault: ['cache-store:partition@400ms-600ms'] },
  'a cut replication link': { fault: ['replication:partition@400ms-600ms'] },
  'a flushed cache': { fault: ['cache-1:flush@700ms', 'cache-2:flush@700ms'] },
  'a zone that crashes': { fault: ['zone-1:crash@400ms-900ms'] },
  'a zone cut off': { fault: ['zone-2:partition@400ms-900ms'], 'store.w': '1' },
  'a paused zone': { fault: ['zone-1:pause@400ms-480ms', 'zone-1:slow:20@450ms-900ms'] },
  'messages lost': { fault: ['app-cache:drop:20%@400ms-900ms', 'shard-1.leader:drop:50%@400ms-900ms'] },
  'copies lost': { fault: ['replication:drop:30%@400ms-900ms'], 'store.w': '3' },
  'a surge': { fault: ['workload:surge:3@400ms-900ms', 'workload:surge:0.5@800ms-1.2s'] },
  'a hot key': { fault: ['workload:hotkey:40%@400ms-900ms'] },
  'paused, then cut off': { fault: ['cache-1:pause@400ms-600ms', 'cache-1:partition@500ms-900ms'] },
  'store-first': { 'cache.order': 'store-first' },
  'fenced by version': { 'cache.fencing': 'version', fault: ['cache-1:slow:200@400ms-900ms'] },
  'reads of the leader': { 'store.readFrom': 'leader', fault: ['shard-1.leader:crash@400ms-1.1s'] },
  'write-through-aside': { policy: 'write-through-aside', fault: ['cache-2:slow:200@400ms-900ms'] },
  'look-aside': { policy: 'look-aside', fault: ['cache-1:delay:10ms@400ms-900ms'] },
  'write-behind': {
    policy: 'write-behind',
    'cache.flushDelay': '60ms',
    fault: ['shard-1.leader:crash@400ms-700ms', 'cache-1:crash@500ms-900ms'],
  },
  'refresh-ahead': { policy: 'refresh-ahead', fault: ['cache-1:crash@400ms-900ms'] },
  'leases and single flight': {
    policy: 'look-aside',
    'cache.fencing': 'lease',
    'cache.singleFlight': 'true',
    fault: ['app-1:crash@400ms-900ms'],
  },
  'single flight at the cache': { 'cache.singleFlight': 'true', fault: ['cache-1:flush@400ms'] },
  'write-around': { policy: 'write-around', fault: ['shard-1.leader:crash@400ms-1.1s'] },
  'db-only': { policy: 'db-only', fault: ['shard-1.leader:pause@400ms-900ms'] },
  'reads of a majority': { 'store.readFrom': 'quorum', fault: ['shard-1.leader:pause@400ms-900ms'] },
  leaderless: { 'store.mode': 'leaderless', 'store.r': '2', policy: 'db-only' },
  'leaderless, mended': {
    'store.mode': 'leaderless',
    'store.readRepair': 'true',
    'store.hintedHandoff': 'true',
    'store.legs.write': 'exp:3ms',
    fault: ['shard-1.replica-2:crash@400ms-900ms', 'shard-2.replica-1:destroy@400ms-900ms'],
  },
  'clients that retry': {
    'client.retries': '3',
    'client.retryBudget': '50%',
    'client.timeout': '20ms',
    fault: ['app-1:pause@400ms-480ms'],
  },
  'even arrivals': { 'workload.arrivals': 'even' },
  'entries that stay': { 'cache.ttl': 'off', 'cache.memory': '20KiB' },
  ...Object.fromEntries(
    EVICTION_NAMES.map((eviction) => [
      `too small a cache, ${eviction}`,
      {
        'cache.eviction': eviction,
        'cache.memory': '12KiB',
        'cache.ttlJitter': '50%',
        fault: ['cache-1:flush@700ms', 'cache-2:crash@400ms-900ms'],
      },
    ]),
  ),
};

const cases = Object.entries(DESIGNS).map(
  ([name, differences]) => [name, aSmallDesign(differences)] as const,
);
const known = new Map<Design, Rendering>();

/** The design rendered in one go. */
function whole(design: Design): Rendering {
  let rendering = known.get(design);
  if (rendering === undefined) known.set(design, (rendering = render(design)));
  return rendering;
}

/** Checkpoints of a run, one after each `every` microseconds. */
function checkpointsOf(design: Design, every: number): Checkpoint[] {
  const run = Run.start(design);
  const checkpoints = [run.checkpoint()];
  for (let at = every; at < design.duration; at += every) {
    run.advance(at);
    checkpoints.push(run.checkpoint(checkpoints.at(-1)));
  }
  return checkpoints;
}

function runFrom(design: Design, checkpoint: Checkpoint): Run {
  const run = resume(design, checkpoint);
  if (!run.ok) throw new Error(run.error);
  return run.value;
}

describe('a run is a pure function of its design', () => {
  it.each(cases)('%s: twice the same', (_name, design) => {
    expect(render(design)).toEqual(whole(design));
  });

  it('and no two of these designs run alike', () => {
    const digests = cases.map(([, design]) => whole(design).digest);
    expect(new Set(digests).size).toBe(cases.length);
  });

  it('another seed is another run', () => {
    expect(render(aSmallDesign({ seed: '2' })).digest).not.toBe(whole(aSmallDesign()).digest);
  });

  it('what only says how a run is read does not change it', () => {
    const read = aSmallDesign({ title: 'Tuesday', 'contract.getP99': '1ms' });
    expect(render(read).digest).toBe(whole(aSmallDesign()).digest);
  });
});

const sliceSize = fc.oneof(
  fc.integer({ min: 1, max: 20 }),
  fc.integer({ min: 1, max: 5_000 }),
  fc.integer({ min: 1, max: 1_000_000 }),
);

describe('rendered in slices of any size', () => {
  it('any design with any faults comes out as in one go', () => {
    fc.assert(
      fc.property(smallDesigns(6), fc.array(sliceSize, { maxLength: 60 }), (design, slices) => {
        const run = Run.start(design);
        let at = 0;
        for (const slice of slices) run.advance((at += slice));
        expect(renderingOf(run)).toEqual(render(design));
      }),
      { seed: 20_001, numRuns: 20 },
    );
  });

  it.each(cases)('%s: microsecond by microsecond around the faults', (_name, design) => {
    const run = Run.start(design);
    for (let at = 399_990; at < 400_020; at++) run.advance(at);
    for (let at = 899_990; at < 900_020; at++) run.advance(at);
    expect(renderingOf(run)).toEqual(whole(design));
  });
});

describe('resumed from a checkpoint', () => {
  it.each(cases)('%s: from every one it comes out as in one go', (_name, design) => {
    for (const checkpoint of checkpointsOf(design, 330_000))
      expect(renderingOf(runFrom(design, checkpoint))).toEqual(whole(design));
  });

  it('any design with any faults, from any instant', () => {
    fc.assert(
      fc.property(smallDesigns(6), fc.double({ min: 0, max: 1.2, noNaN: true }), (design, share) => {
        const run = Run.start(design);
        run.advance(Math.round(share * design.duration));
        const resumed = runFrom(design, run.checkpoint());
        expect(renderingOf(resumed)).toEqual(renderingOf(run));
      }),
      { seed: 20_002, numRuns: 20 },
    );
  });

  it('the run that was saved goes on as if it had not been', () => {
    const design = aSmallDesign({ fault: ['shard-1.leader:crash@400ms-1.1s'] });
    const run = Run.start(design);
    for (let at = 50_000; at < 2_000_000; at += 50_000) {
      run.advance(at);
      run.checkpoint();
    }
    expect(renderingOf(run)).toEqual(whole(design));
  });

  it('a checkpoint is not changed by the run that goes on from it', () => {
    const design = aSmallDesign({ fault: ['shard-1.leader:crash@400ms-1.1s'] });
    const checkpoint = checkpointsOf(design, 500_000)[2];
    if (checkpoint === undefined) throw new Error('there is a third checkpoint');
    runFrom(design, checkpoint).advance(HORIZON);
    expect(renderingOf(runFrom(design, checkpoint))).toEqual(whole(design));
  });

  it('a run that is over can be saved and taken up again', () => {
    const design = aSmallDesign();
    const run = Run.start(design);
    run.advance(HORIZON);
    const { digest } = whole(design);
    expect(runFrom(design, run.checkpoint()).digest()).toBe(digest);
  });
});

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

/** What a run had said by an instant: whole buckets, and the violations found before it. */
function saidBefore({ system, nodes, violations }: Rendering, nodeCount: number, time: number) {
  const buckets = Math.floor(time / BUCKET_US);
  const found: number[][] = [];
  for (let o = 0; o < violations.length; o += VIOLATION_WIDTH) {
    const row = [...violations.subarray(o, o + VIOLATION_WIDTH)];
    // Which reads were phantoms is known at the end only.
    if ((row[VIOLATION.time] ?? 0) < time && row[VIOLATION.kind] !== 4) found.push(row);
  }
  return {
    system: system.subarray(0, buckets * SYSTEM_WIDTH),
    nodes: nodes.subarray(0, buckets * nodeCount * NODE_WIDTH),
    found,
  };
}

const EDITS = [
  'cache-1:slow:100@1.25s-1.6s',
  'cache-2:flush@1.25s',
  'shard-1.leader:crash@1.25s-1.7s',
  'shard-2.replica-2:destroy@1.25s',
  'app-1:pause@1.25s-1.4s',
  'app-cache:delay:10ms@1.25s',
  'shard-2.leader:partition@1.25s-1.8s',
  'zone-1:partition@1.25s-1.8s',
  'replication:drop:30%@1.25s-1.8s',
  'workload:surge:3@1.25s-1.6s',
  'workload:hotkey:50%@1.25s-1.6s',
];

describe('a fault added at an instant', () => {
  const time = 1_250_000;
  it.each(EDITS)(
    '%s leaves everything before it as it was, and resuming gives the same as from scratch',
    (fault) => {
      const past = ['shard-1.leader:crash@400ms-1.1s', 'cache-1:slow:50@700ms-1.5s'];
      const before = aSmallDesign({ fault: past });
      const after = aSmallDesign({ fault: [...past, fault] });
      const parting = divergence(before, after);
      // Where the first disk is destroyed, the oracle has more to remember from the start; what happens is the same.
      expect(parting).toBe(fault.includes(':destroy') ? 0 : time);
      const [a, b] = [Run.start(before), Run.start(after)];
      a.advance(time - 1);
      b.advance(time - 1);
      expect(a.digest()).toBe(b.digest());
      const fromScratch = render(after);
      const { nodeCount } = a.series();
      expect(fromScratch.digest).not.toBe(render(before).digest);
      expect(saidBefore(fromScratch, nodeCount, time)).toEqual(saidBefore(whole(before), nodeCount, time));
      for (const checkpoint of checkpointsOf(before, 300_000).filter((c) => c.time < parting))
        expect(renderingOf(runFrom(after, checkpoint))).toEqual(fromScratch);
    },
  );

  it('any edit of any faults: what was saved before the designs part is a checkpoint of both', () => {
    const pair = smallDesigns(4).chain((design) =>
      smallDesigns(4).map(({ faults }) => ({
        from: design,
        to: {
          ...design,
          faults: [...design.faults.slice(1), ...faults.filter((f) => fits(design, f.target))],
        },
      })),
    );
    fc.assert(
      fc.property(pair, ({ from, to }) => {
        const until = Math.min(divergence(from, to), from.duration);
        const run = Run.start(from);
        run.advance(until - 1);
        const checkpoint = run.checkpoint();
        if (checkpoint.time >= until) return;
        expect(renderingOf(runFrom(to, checkpoint))).toEqual(render(to));
      }),
      { seed: 20_003, numRuns: 20 },
    );
  });
});

/** A fault of another design may name what this one has not. */
function fits(design: Design, target: string): boolean {
  return targetClassOf(design, target) !== undefined;
}
