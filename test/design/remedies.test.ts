import { describe, expect, test } from 'vitest';
import { applicable, type RemedyName } from '../../src/design/remedies.ts';
import { aDesign } from '../support/designs.ts';

type Differences = Readonly<Record<string, string>>;
const LEADERLESS = { 'store.mode': 'leaderless' };

describe('a remedy', () => {
  test.each<[RemedyName, Differences]>([
    ['storeFirst', {}],
    ['readFromLeader', {}],
    ['readFromQuorum', {}],
    ['overlapQuorums', LEADERLESS],
    ['majorityWrites', { 'store.w': '1' }],
    // The log keeps to the fence under every policy.
    ['fenceByVersion', { policy: 'db-only' }],
    ['singleFlight', { policy: 'look-aside' }],
  ])('%s is offered where it changes something: %o', (name, differences) => {
    expect(applicable(aDesign(differences), [name])).toHaveLength(1);
  });

  test.each<[RemedyName, Differences]>([
    ['fenceByVersion', { 'cache.fencing': 'version' }],
    ['storeFirst', { policy: 'look-aside' }],
    ['boundByTtl', { policy: 'db-only' }],
    ['readFromLeader', LEADERLESS],
    ['readFromQuorum', LEADERLESS],
    ['overlapQuorums', {}],
  ])('%s is not offered where it changes nothing: %o', (name, differences) => {
    expect(applicable(aDesign(differences), [name])).toEqual([]);
  });

  test.each<[RemedyName, Differences]>([
    ['majorityWrites', { 'store.w': '3' }],
    ['overlapQuorums', { ...LEADERLESS, 'store.r': '3', 'store.w': '2' }],
  ])('%s never takes back what is safer already: %o', (name, differences) => {
    expect(applicable(aDesign(differences), [name])).toEqual([]);
  });
});
