import { beforeEach, describe, expect, it } from 'vitest';
import { VIOLATION, VIOLATION_WIDTH } from '../../src/design/readings.ts';
import { VIOLATION_LIMIT } from '../../src/engine/limits.ts';
import { ANOTHER, SESSION, aWatchedKey } from '../support/watchedKey.ts';

let { oracle, slot, write, read, committed, rowsRecorded, kindsRecorded, lastOperation } = aWatchedKey();
beforeEach(() => {
  ({ oracle, slot, write, read, committed, rowsRecorded, kindsRecorded, lastOperation } = aWatchedKey());
});

describe('a read', () => {
  it('of the newest version is fresh', () => {
    committed(10);
    expect(read(committed(20), 30)).toBe(0);
    expect(oracle.counts.staleRead).toBe(0);
  });
  it('is stale from the commit of the first newer version, not of the newest', () => {
    const a = committed(10);
    committed(20);
    committed(50);
    expect(read(a, 60)).toBe(40);
    expect(oracle.maxStaleness).toBe(40);
  });
  it('that began before the newer one was committed is not stale', () => {
    const a = committed(10);
    committed(40);
    expect([read(a, 39), read(a, 40), read(a, 41)]).toEqual([0, 0, 1]);
  });
  it('of the first value is stale once anything was committed', () => {
    committed(10);
    expect(read(0, 25)).toBe(15);
  });
  it('below its session’s own acknowledged write breaks read-your-writes; of another session it does not', () => {
    const [a, b] = [committed(10), committed(20)];
    oracle.acknowledge(b, 25, 0);
    read(a, 30);
    read(a, 30, { session: ANOTHER });
    expect([oracle.counts.readYourWrites, oracle.readYourWritesChecked]).toEqual([1, 1]);
  });
  it('is held to the highest own write, not to the last one acknowledged', () => {
    const [a, b] = [committed(10), committed(20)];
    oracle.acknowledge(b, 25, 0);
    oracle.acknowledge(a, 26, 0);
    read(a, 30);
    expect(oracle.counts.readYourWrites).toBe(1);
  });
  it('may return another’s newer version', () => {
    const a = committed(10);
    oracle.acknowledge(a, 15, 0);
    read(committed(20, ANOTHER), 30);
    expect(oracle.counts.readYourWrites).toBe(0);
  });
  it('below what its session has read is not monotonic', () => {
    const [a, b] = [committed(10), committed(20)];
    read(b, 30);
    read(a, 40);
    read(b, 50);
    read(a, 60, { session: ANOTHER });
    expect([oracle.counts.monotonicReads, oracle.monotonicReadsChecked]).toEqual([1, 4]);
  });
  it('of what is not committed is dirty and nothing else, and is forgotten', () => {
    const [a, b, c] = [committed(10), committed(20), write()];
    oracle.acknowledge(b, 25, 0);
    expect(read(c, 30, { dirty: true })).toBe(0);
    oracle.commit(c, 35);
    read(b, 40);
    expect(a).toBeLessThan(b);
    expect(oracle.counts).toMatchObject({ dirtyRead: 1, readYourWrites: 0, monotonicReads: 0, staleRead: 1 });
  });
  it('of what never commits was a phantom, which only the end can tell', () => {
    const [a, b] = [write(), write()];
    read(a, 10, { dirty: true });
    read(a, 11, { dirty: true });
    read(b, 12, { dirty: true });
    oracle.commit(b, 20);
    expect(oracle.counts.phantomRead).toBe(0);
    oracle.finish();
    expect(oracle.counts).toMatchObject({ dirtyRead: 3, phantomRead: 2 });
    expect(kindsRecorded()).toEqual(['dirtyRead', 'dirtyRead', 'dirtyRead', 'phantomRead', 'phantomRead']);
    const [first, second] = rowsRecorded().slice(3);
    expect([first?.[VIOLATION.time], second?.[VIOLATION.time]]).toEqual([15, 16]);
    expect([first?.[VIOLATION.version], first?.[VIOLATION.key], first?.[VIOLATION.session]]).toEqual([
      1,
      slot,
      SESSION,
    ]);
    expect(first?.[VIOLATION.operation]).toBe(rowsRecorded()[0]?.[VIOLATION.operation]);
  });
});

describe('what is recorded', () => {
  it('is one row a violation, with all that is needed to visit it', () => {
    const [a, b] = [committed(10), committed(20)];
    oracle.acknowledge(b, 25, 0);
    oracle.regression(a, b, 28);
    read(a, 30);
    expect(kindsRecorded()).toEqual(['storeRegression', 'readYourWrites', 'staleRead']);
    const [regression, broken, stale] = rowsRecorded();
    expect([regression?.[VIOLATION.session], regression?.[VIOLATION.key]]).toEqual([-1, slot]);
    expect([broken?.[VIOLATION.operation], broken?.[VIOLATION.key]]).toEqual([lastOperation(), slot]);
    expect(broken?.[VIOLATION.session]).toBe(SESSION);
    expect([broken?.[VIOLATION.version], broken?.[VIOLATION.expected]]).toEqual([1, 2]);
    expect([stale?.[VIOLATION.time], stale?.[VIOLATION.extra]]).toEqual([35, 10]);
  });
  it('of a lost write is whose it was, and how long before the fault its client knew of it', () => {
    const [kept, lost] = [committed(10), committed(20, ANOTHER)];
    oracle.acknowledge(lost, 25, 0);
    oracle.lose(slot, kept, lost, 100, 60);
    const [row] = rowsRecorded();
    expect([row?.[VIOLATION.session], row?.[VIOLATION.key], row?.[VIOLATION.extra]]).toEqual([
      ANOTHER,
      slot,
      35,
    ]);
  });
  it('is so many rows and no more; all are counted', () => {
    const a = committed(10);
    committed(20);
    oracle.violations.extend((VIOLATION_LIMIT - 1) * VIOLATION_WIDTH);
    for (let i = 0; i < 3; i++) read(a, 30, { session: i });
    read(write(), 40, { dirty: true });
    oracle.finish();
    expect(oracle.counts).toMatchObject({ staleRead: 3, dirtyRead: 1, phantomRead: 1 });
    expect(oracle.violations.used).toBe(VIOLATION_LIMIT * VIOLATION_WIDTH);
    expect(kindsRecorded().at(-1)).toBe('staleRead');
  });
});
