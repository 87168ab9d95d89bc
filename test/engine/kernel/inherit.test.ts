import { assert, expect, test } from 'vitest';
import type { Design } from '../../../src/design/design.ts';
import { seedDesign } from '../../../src/design/design.ts';
import { saveCheckpoint, type Archive, type Checkpoint } from '../../../src/engine/kernel/archive.ts';
import { inherit } from '../../../src/engine/kernel/inherit.ts';
import { HORIZON } from '../../../src/engine/kernel/wheel.ts';
import { TrackedInts } from '../../../src/engine/kernel/tracked.ts';
import { Run } from '../../../src/engine/run.ts';
import { summarise } from '../../../src/engine/summarise.ts';
import { resume, start } from '../../../src/worker/handle-edits.ts';

const SECOND = 1_000_000;

/** The seed's design at a tenth of its rates, for four seconds. */
const design: Design = {
  ...seedDesign,
  duration: 4 * SECOND,
  workload: { ...seedDesign.workload, puts: 250, gets: 2500 },
};
const others: readonly Design[] = [
  { ...design, seed: 2 },
  {
    ...design,
    policy: 'write-behind',
    faults: [{ kind: 'crash', at: SECOND, for: SECOND, target: 'cache-1' }],
  },
  { ...design, store: { ...design.store, rf: 5, shards: 1 } },
  // It needs more room than the one before has.
  { ...design, duration: 8 * SECOND },
];

/** A run that was rendered to its end, with the checkpoints of every half second. */
function rendered(run: Run): { run: Run; digest: string; checkpoints: Checkpoint[] } {
  const checkpoints: Checkpoint[] = [];
  for (let time = 0; !run.done; time += SECOND / 2) {
    checkpoints.push(run.checkpoint(checkpoints.at(-1)));
    run.advance(time + SECOND / 2);
  }
  return { run, digest: summarise(run).digest, checkpoints };
}

test.each([...others, design].map((other, which) => [which, other] as const))(
  'a run in the memory of another one is the same run (%i)',
  (_which, other) => {
    const former = rendered(Run.start(design)).run;
    const afresh = rendered(Run.start(other));
    const heir = rendered(start(other, former));
    expect(heir.digest).toBe(afresh.digest);
    expect(heir.checkpoints.at(-1)?.hash).toBe(afresh.checkpoints.at(-1)?.hash);
  },
);

test('so is one that goes on from a checkpoint, and so is the next that has its memory', () => {
  const afresh = rendered(Run.start(design));
  let former = rendered(Run.start({ ...design, seed: 7 })).run;
  for (const checkpoint of [5, 3, 6].map((which) => afresh.checkpoints[which])) {
    assert(checkpoint !== undefined);
    const resumed = resume(design, checkpoint, former);
    assert(resumed.ok);
    former = resumed.value;
    former.advance(HORIZON);
    expect(summarise(former).digest).toBe(afresh.digest);
  }
});

/** A part of one array. */
function partOf(ints: TrackedInts) {
  return {
    part: {
      persist: (archive: Archive) => {
        ints.persistInts(archive, 'ints');
      },
    },
  };
}

function tracked(room: number, values: readonly number[]): TrackedInts {
  const ints = new TrackedInts(room);
  ints.extend(values.length);
  for (const [place, value] of values.entries()) ints.set(place, value);
  return ints;
}

test('what the heir holds stays, what the former one held is gone, and what was written to is still known', () => {
  const former = tracked(100, [9, 9, 9, 9]);
  const heir = tracked(50, [1, 2]);
  inherit(partOf(heir), partOf(former));
  expect(former.at).toHaveLength(0);
  expect(heir.at).toHaveLength(100);
  expect(Array.from(heir.at).slice(0, 5)).toEqual([1, 2, 0, 0, 0]);
  heir.extend(90);
  heir.set(89, 3);
  const changes = saveCheckpoint(0, partOf(heir), undefined).layers[0]?.sections[0];
  expect([...(changes?.ints ?? [])]).toEqual([1, 2, 3]);
});

test('memory that is too small is left', () => {
  const heir = tracked(50, [1, 2]);
  inherit(partOf(heir), partOf(tracked(20, [9])));
  expect(heir.at).toHaveLength(50);
});
