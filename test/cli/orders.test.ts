/** What the flags of `explore` may say: operations, a crash and a limit, each refused by name, value and what is allowed. */
import { describe, expect, test } from 'vitest';
import { readQuestion } from '../../src/cli/orders.ts';
import { seedDesign } from '../../src/design/design.ts';
import { STATE_LIMIT } from '../../src/explore/orders.ts';
import { aDesign } from '../support/designs.ts';

const NONE = { ops: undefined, crash: undefined, fence: undefined, variant: undefined, limit: undefined };

test('two writers and a reader are meant where nothing is said', () => {
  expect(readQuestion(seedDesign, NONE)).toEqual({
    ok: true,
    value: { design: seedDesign, operations: ['put', 'put', 'get'], limit: STATE_LIMIT },
  });
});

test('a limit is a whole number in any way of writing one', () => {
  expect(readQuestion(seedDesign, { ...NONE, limit: '1e4' })).toMatchObject({
    ok: true,
    value: { limit: 10_000 },
  });
});

test('an app or cache node, a replica, or whoever leads can crash', () => {
  for (const crash of ['app-4', 'cache-2', 'shard-2.replica-3', 'shard-1.leader'])
    expect(readQuestion(seedDesign, { ...NONE, crash })).toMatchObject({ ok: true, value: { crash } });
});

test('versions can be kept from the cache, where there are versions', () => {
  const versioned = aDesign({ 'cache.fencing': 'version' });
  expect(readQuestion(versioned, { ...NONE, fence: 'store' })).toMatchObject({
    ok: true,
    value: { fenceAt: 'store' },
  });
  expect(readQuestion(seedDesign, { ...NONE, fence: 'store' })).toEqual({
    ok: false,
    error: '--fence "store": needs versions, and cache.fencing is none; allowed: with version alone',
  });
});

test('another table can be tried for look-aside', () => {
  const aside = aDesign({ policy: 'look-aside' });
  for (const variant of ['delete-first', 'double-delete'])
    expect(readQuestion(aside, { ...NONE, variant })).toMatchObject({ ok: true, value: { variant } });
  expect(readQuestion(seedDesign, { ...NONE, variant: 'delete-first' })).toEqual({
    ok: false,
    error: '--variant "delete-first": is one of look-aside; allowed: with policy look-aside alone',
  });
});

describe('what means nothing is refused', () => {
  test.each([
    [{ ops: '' }, '--ops "": is no operation; allowed: 2 to 4 of put and get'],
    [{ ops: 'put' }, '--ops "put": names 1 operation; allowed: 2 to 4'],
    [{ ops: 'put,put,put,put,get' }, '--ops "put,put,put,put,get": names 5 operations; allowed: 2 to 4'],
    [
      { ops: 'put,got' },
      '--ops "got": is no operation; allowed: 2 to 4 of put and get, such as put,put,get; nearest: get',
    ],
    [{ crash: 'cache-3' }, '--crash "cache-3": is no host of this design; allowed: app-1, '],
    [{ crash: 'zone-1' }, '--crash "zone-1"'],
    [{ crash: 'replication' }, '--crash "replication"'],
    [{ fence: 'cache' }, '--fence "cache": is no place for versions; allowed: both, store'],
    [
      { variant: 'delete-frist' },
      '--variant "delete-frist": is not known; allowed: delete-first, double-delete; nearest: delete-first',
    ],
    [{ limit: '0' }, '--limit "0": is below 1; allowed: a whole number from 1 to 10000000'],
    [{ limit: '1.5' }, '--limit "1.5"'],
    [
      { limit: '10000001' },
      '--limit "10000001": is above 10000000; allowed: a whole number from 1 to 10000000; nearest: 10000000',
    ],
  ])('%o', (flags, line) => {
    const read = readQuestion(seedDesign, { ...NONE, ...flags });
    expect(read.ok ? 'accepted' : read.error).toContain(line);
  });
});

test.each([
  { 'client.retries': '2', 'client.retryBudget': 'off' },
  { 'store.fsync': 'periodic:1s' },
  { 'store.mode': 'leaderless', 'store.hintedHandoff': 'true', 'store.readRepair': 'true' },
  { 'store.mode': 'leaderless', 'store.legs.write': 'exp:1ms' },
  { 'store.readFrom': 'quorum' },
])('nothing that a design can say is refused: %o', (differences) => {
  expect(readQuestion(aDesign(differences), NONE).ok).toBe(true);
});
