import { expect, test } from 'vitest';
import { seedDesign } from '../../src/design/design.ts';
import { outcomesOf } from '../../src/replay/story/outcomes.ts';
import { printQuantity, verdictOn } from '../../src/ui/story/trialWords.ts';
import { aSummary } from '../support/summaries.ts';

const { consistency, get } = aSummary();
const { contract } = seedDesign;
const missing = (violations: number) =>
  aSummary({ consistency: { ...consistency, readYourWrites: { checked: 100, violations } } });
const verdict = (now: number, then: number, enough = false) =>
  verdictOn(
    { summary: missing(then), share: 1, why: undefined },
    missing(now),
    'readYourWrites',
    enough,
    contract,
  );

test('a remedy after which nothing is left is enough, as may be another', () => {
  expect(verdict(68, 0)).toBe('would be enough');
  expect(verdict(68, 0, true)).toBe('would be enough too');
});

test.for([
  [68, 12, 'is not enough alone: own writes not seen 68 now, 12 with it'],
  [68, 68, 'does not help: own writes not seen 68 now, 68 with it'],
  [68, 82, 'makes it worse: own writes not seen 68 now, 82 with it'],
] as const)('of a harm that is counted it says which way it goes: %i to %i', ([now, then, words]) => {
  expect(verdict(now, then)).toBe(words);
});

test('of what is only slower or faster it says no more than the figures', () => {
  const slow = (p99Ms: number) => aSummary({ get: { ...get, p99Ms } });
  const words = verdictOn(
    { summary: slow(4), share: 1, why: undefined },
    slow(20),
    'queued',
    false,
    contract,
  );
  expect(words).toMatch(/^GET p99 20.*ms now, 4.*ms with it$/);
});

test('what the contract promises is written in the unit of its promise', () => {
  const run = aSummary({ consistency: { ...consistency, stale: { ...consistency.stale, maxMs: 1210 } } });
  const quantity = outcomesOf('readYourWrites', run, run).find(
    ({ quantity: { label } }) => label === 'Oldest stale read',
  )?.quantity ?? { unit: 'count' };
  const promised = (staleness: number) => printQuantity(quantity, 1210, { ...contract, staleness });
  expect(promised(5_000_000)).toBe('1.21\u2009s');
  expect(promised(500_000)).toBe('1\u2009210\u2009ms');
});

test('one that is not there yet says how far it is, or why it never will be', () => {
  const undone = { summary: undefined, share: 0, why: undefined };
  expect(verdictOn(undone, missing(1), 'readYourWrites', false, contract)).toBe('waits to be rendered');
  expect(verdictOn({ ...undone, share: 0.5 }, missing(1), 'readYourWrites', false, contract)).toMatch(
    /^rendered to 50/,
  );
  expect(verdictOn({ ...undone, why: 'no' }, missing(1), 'readYourWrites', false, contract)).toBe(
    'cannot be rendered',
  );
});
