/** What is kept of an open document beside its design: the newest steps of its undo. */
import { expect, it } from 'vitest';
import { seedDesign } from '../../src/design/design.ts';
import { ownStepsOf, stepsOf, workOf } from '../../src/state/history.ts';
import { KEPT_STEPS } from '../../src/state/work.ts';

const stepTo = (seed: number, opening: number) => ({
  design: { ...seedDesign, seed },
  change: { label: `seed ${String(seed)}` },
  opening,
  name: 'mine',
});
const seedsOf = (steps: ReturnType<typeof stepsOf>) => steps.map(({ design }) => design.seed);

it('a named number of steps is kept, the newest of them, oldest first', () => {
  const past = Array.from({ length: KEPT_STEPS + 3 }, (_, i) => stepTo(i + 2, 0));
  const work = workOf({ design: seedDesign, name: 'mine', past, opening: 0 });
  expect(seedsOf(stepsOf(work))).toEqual(past.slice(3).map(({ design }) => design.seed));
});

it('a document that is gone back to brings the steps that are its own, not those that led to it', () => {
  const past = [stepTo(2, 0), stepTo(3, 1), stepTo(4, 1)];
  const work = workOf({ design: seedDesign, name: 'mine', past, opening: 1 });
  expect(seedsOf(ownStepsOf(work))).toEqual([3, 4]);
});
