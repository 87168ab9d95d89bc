/** What a session may expect of its own acknowledged writes, some of which have no place among the commits yet. */
import { expect, it } from 'vitest';
import { SESSION, aWatchedKey } from '../support/watchedKey.ts';

it('own writes that wait for their flush: the newest one, and an older one once newer ones were committed', () => {
  const { oracle, slot, write } = aWatchedKey();
  const floor = (): number => oracle.floor(slot, SESSION);
  const [a, b, c, d] = [write(), write(), write(), write()];
  for (const version of [a, b, c, d]) oracle.buffer(version);
  // In any order.
  for (const version of [c, d, a, b]) oracle.acknowledge(version, 20, 0);
  expect(floor()).toBe(d);
  oracle.commit(d, 30);
  expect(floor()).toBe(c);
  oracle.commit(b, 40);
  expect(floor()).toBe(c);
  oracle.commit(c, 50);
  expect(floor()).toBe(a);
  oracle.commit(a, 60);
  expect(floor()).toBe(a);
});

it('an own write that was given up is above all; turned away after all, it is below the newer one', () => {
  const { oracle, slot, write } = aWatchedKey(true);
  const [older, newer] = [write(), write()];
  oracle.arrivedAtApp(older, 1);
  oracle.arrivedAtApp(newer, 2);
  oracle.commit(newer, 10);
  for (const version of [older, newer]) oracle.acknowledge(version, 20, 0);
  oracle.loseBuffered(older, 30, 25);
  expect(oracle.floor(slot, SESSION)).toBe(older);
  oracle.supersede(older, newer);
  expect(oracle.floor(slot, SESSION)).toBe(newer);
});
