/** The oracle beside the judge's list of versions, which is searched from its beginning every time. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Both, type Step } from '../support/versionHistories.ts';

const OFTEN: Readonly<Record<Step['what'], number>> = {
  put: 4,
  take: 2,
  commit: 5,
  acknowledge: 4,
  read: 6,
  lose: 1,
  loseBuffered: 1,
  return: 1,
  restore: 1,
};

const steps = fc.array(
  fc.record({
    what: fc.oneof(
      ...Object.entries(OFTEN).map(([what, weight]) => ({
        weight,
        arbitrary: fc.constant(what as Step['what']),
      })),
    ),
    which: fc.nat(1000),
    session: fc.nat(1),
    gap: fc.nat(3),
    since: fc.nat(6),
  }),
  { minLength: 20, maxLength: 100, size: 'max' },
);

describe.each([
  ['as their commits come, behind a flush buffer', { fenced: false, behind: true }, 60_001],
  ['where versions fence', { fenced: true, behind: false }, 60_002],
  ['where versions fence behind a flush buffer, too', { fenced: true, behind: true }, 60_003],
])('versions %s', (_, rules, seed) => {
  it('have the places and the fates, and reads the verdicts, that an obvious list gives them', () => {
    /** In how many histories each count is above zero. */
    const above = Array.from({ length: 10 }, () => 0);
    fc.assert(
      fc.property(steps, (taken) => {
        const both = new Both(rules);
        for (const step of taken) {
          both.take(step);
          const { oracle, truth } = both.said();
          expect(oracle).toEqual(truth);
        }
        const phantoms = both.finish();
        expect(phantoms.oracle).toBe(phantoms.truth);
        [...both.counts(), phantoms.truth].forEach(
          (count, i) => (above[i] = (above[i] ?? 0) + (count > 0 ? 1 : 0)),
        );
      }),
      { seed, numRuns: 60 },
    );
    expect(above.filter((several) => several === 0)).toEqual([]);
  });
});

it("of own versions that were given up one is taken again, and the other one is its session's highest", () => {
  const both = new Both({ fenced: false, behind: true });
  const first = (what: Step['what'], which = 0): Step => ({ what, which, session: 0, gap: 0, since: 0 });
  for (const step of [
    first('put'),
    first('put'),
    first('acknowledge'),
    first('acknowledge'),
    // The second one goes, and the first one, which it had replaced, with it.
    first('loseBuffered', 1),
    first('take', 1),
    first('commit'),
    // The first one is committed by then, and takes the place of the second.
    first('take'),
  ])
    both.take(step);
  const { oracle, truth } = both.said();
  expect(oracle).toEqual(truth);
});
