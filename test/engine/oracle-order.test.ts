import { beforeEach, describe, expect, it } from 'vitest';
import { VIOLATION } from '../../src/design/readings.ts';
import type { Oracle } from '../../src/engine/oracle.ts';
import { ANOTHER, SESSION, aWatchedKey } from '../support/watchedKey.ts';

/** How often something looks at what is known of versions. */
function accessesOf(oracle: Oracle, act: () => void): number {
  const { writes } = oracle;
  let accesses = 0;
  const watched = new Proxy(writes, {
    get: (of, at) => (accesses++, Reflect.get(of, at) as unknown),
  });
  Object.defineProperty(oracle, 'writes', { value: watched, configurable: true });
  act();
  Reflect.deleteProperty(oracle, 'writes');
  return accesses;
}

let { oracle, slot, write, read, committed, rowsRecorded, kindsRecorded } = aWatchedKey();
beforeEach(() => {
  ({ oracle, slot, write, read, committed, rowsRecorded, kindsRecorded } = aWatchedKey());
});

describe('versions of a key', () => {
  it('are there from the moment somebody begins to write it', () => {
    expect([oracle.wasWritten(slot), oracle.writeCount]).toEqual([false, 2]);
    const [a, b] = [write(), write()];
    expect([oracle.wasWritten(slot), oracle.writeCount]).toEqual([true, 4]);
    expect([a, b].map((version) => oracle.numberOf(version))).toEqual([1, 2]);
    expect([a, b].map((version) => oracle.operationOf(version))).toEqual([2, 3]);
  });
  it('carry a remark of the store’s until they are committed: at first, what was the newest when they arrived', () => {
    const [older, newest] = [committed(10), committed(20)];
    const arriving = write();
    oracle.arrivedAtApp(arriving, 30);
    expect([older, oracle.remark(arriving)]).toEqual([older, newest]);
    oracle.setRemark(arriving, -7);
    expect(oracle.remark(arriving)).toBe(-7);
    oracle.commit(arriving, 40);
    expect(oracle.committedAt(arriving)).toBe(40);
  });
  it('are ordered by their first commit, whatever the order of their arrival', () => {
    const [a, b] = [write(), write()];
    oracle.commit(b, 10);
    oracle.commit(a, 20);
    oracle.commit(b, 30);
    expect(oracle.committedBefore(b, a)).toBe(true);
    expect(oracle.committedBefore(a, b)).toBe(false);
    expect(oracle.committedBefore(0, b)).toBe(true);
    expect(oracle.latest(slot)).toBe(a);
    expect(oracle.committedAt(b)).toBe(10);
  });
  it('have no place before they commit', () => {
    const [a, b] = [committed(10), write()];
    expect(oracle.isCommitted(b)).toBe(false);
    expect(oracle.committedBefore(a, b) || oracle.committedBefore(b, a)).toBe(false);
  });
  it('that a fence turned away stand just before the one in whose favour', () => {
    const first = committed(10);
    const [a, b] = [write(), write()];
    const winner = committed(30);
    oracle.supersede(a, winner);
    oracle.supersede(b, winner);
    for (const older of [a, b]) {
      expect(oracle.committedBefore(first, older)).toBe(true);
      expect(oracle.committedBefore(older, winner)).toBe(true);
      expect(oracle.nextOf(slot, older)).toBe(winner);
    }
    expect(oracle.committedBefore(a, b)).toBe(true);
    expect(oracle.nextOf(slot, first)).toBe(winner);
  });
  it('that a fence turned away stand before the first that was newer, however many have committed since', () => {
    ({ oracle, slot, write, read, committed, rowsRecorded, kindsRecorded } = aWatchedKey(true));
    const first = committed(10);
    const late = write();
    const [winner, newest] = [committed(20), committed(30)];
    oracle.supersede(late, newest);
    expect(oracle.committedBefore(first, late)).toBe(true);
    expect(oracle.committedBefore(late, winner)).toBe(true);
    expect(oracle.nextOf(slot, late)).toBe(winner);
    expect(oracle.committedAt(late)).toBe(20);
  });
  it('that were all overtaken while they were under way are placed at the same cost, however many there are', () => {
    const accessesToPlaceLast = (many: number): number => {
      const { oracle, write } = aWatchedKey(true);
      const versions = Array.from({ length: 2 * many }, () => write());
      versions.forEach((version, i) => {
        oracle.arrivedAtApp(version, i);
      });
      const late = versions.filter((_, i) => i % 2 === 0);
      for (const version of versions) if (!late.includes(version)) oracle.commit(version, 5_000);
      const [last = NaN, ...others] = late.reverse();
      for (const version of others.reverse()) oracle.supersede(version, oracle.overtakenBy(version));
      return accessesOf(oracle, () => {
        expect(oracle.overtakenBy(last)).toBe(versions.at(-1));
      });
    };
    expect(accessesToPlaceLast(300)).toBe(accessesToPlaceLast(10));
  });
  it('are overtaken by versions of their own key, whatever was found of another one before', () => {
    const { oracle, slot, slotOfAnother } = aWatchedKey(true);
    const slots = [slot, slotOfAnother] as const;
    // Of each key every other version is late; those of both arrive in turns.
    const versions = Array.from({ length: 8 }, (_, i) =>
      oracle.newWrite(slots[i % 2] ?? NaN, 100 + i, SESSION),
    );
    versions.forEach((version, i) => {
      oracle.arrivedAtApp(version, i);
    });
    const isLate = (i: number) => i % 4 < 2;
    for (const [i, version] of versions.entries()) if (!isLate(i)) oracle.commit(version, 1_000 + i);
    for (const [i, version] of versions.entries())
      if (isLate(i)) expect(oracle.overtakenBy(version)).toBe(versions[i + 2]);
  });
  it('that were turned away in favour of the same one stand in the order of their fences', () => {
    const [a, b] = [write(), write()];
    const winner = committed(30);
    oracle.arrivedAtApp(b, 1);
    oracle.arrivedAtApp(a, 2);
    oracle.arrivedAtApp(winner, 3);
    oracle.supersede(a, winner);
    oracle.supersede(b, winner);
    expect(oracle.committedBefore(b, a)).toBe(true);
    expect(oracle.committedBefore(a, b)).toBe(false);
  });
  it('are fenced by their first arrival at an app node, and by their operation when that is one instant', () => {
    const [a, b, c] = [write(), write(), write()];
    oracle.arrivedAtApp(b, 10);
    oracle.arrivedAtApp(a, 20);
    oracle.arrivedAtApp(c, 20);
    oracle.arrivedAtApp(b, 99);
    expect(oracle.fencedBefore(b, a)).toBe(true);
    expect(oracle.fencedBefore(a, c)).toBe(true);
    expect(oracle.fencedBefore(c, a)).toBe(false);
    expect(oracle.fencedBefore(a, a)).toBe(false);
    expect(oracle.fencedBefore(0, a)).toBe(true);
  });
});

describe('a version that waits for the one in whose favour it was turned away', () => {
  it('is committed with it, and before that it is not', () => {
    const [first, refused, winner] = [committed(10), write(), write()];
    oracle.supersede(refused, winner);
    expect(oracle.isCommitted(refused)).toBe(false);
    oracle.commit(winner, 30);
    expect([oracle.committedBefore(first, refused), oracle.committedBefore(refused, winner)]).toEqual([
      true,
      true,
    ]);
    expect(oracle.committedAt(refused)).toBe(30);
  });
  it('brings those with it that it holds itself', () => {
    const [oldest, older, winner] = [write(), write(), write()];
    oracle.supersede(oldest, older);
    oracle.supersede(older, winner);
    expect(oracle.heldBy(winner)).toEqual([older]);
    oracle.commit(winner, 30);
    expect([oldest, older].map((version) => oracle.nextOf(slot, version))).toEqual([winner, winner]);
    expect(oracle.heldBy(winner)).toEqual([]);
  });
  it('waits for the last one that it was turned away for', () => {
    const [refused, beside, dead, winner] = [write(), write(), write(), write()];
    for (const version of [refused, beside]) oracle.supersede(version, dead);
    oracle.supersede(refused, winner);
    expect([oracle.heldBy(dead), oracle.heldBy(winner)]).toEqual([[beside], [refused]]);
    oracle.commit(winner, 30);
    expect([oracle.isCommitted(refused), oracle.isCommitted(beside)]).toEqual([true, false]);
  });
  it('stands for itself when it is committed before that one', () => {
    const [refused, winner] = [write(), write()];
    oracle.supersede(refused, winner);
    oracle.commit(refused, 20);
    oracle.commit(winner, 30);
    expect([oracle.committedAt(refused), oracle.nextOf(slot, refused)]).toEqual([20, winner]);
    expect(oracle.heldBy(winner)).toEqual([]);
  });
  it('stands for itself when a flush buffer takes it', () => {
    const [replaced, winner] = [write(), write()];
    for (const version of [replaced, winner]) oracle.buffer(version);
    oracle.supersede(replaced, winner);
    oracle.buffer(replaced);
    oracle.commit(winner, 30);
    expect(oracle.isCommitted(replaced)).toBe(false);
  });
  it('is let go of at the same cost, however many are held beside it', () => {
    const accessesToLetGo = (beside: number): number => {
      const { oracle, write } = aWatchedKey();
      const [first, winner, newest] = [write(), write(), write()];
      oracle.supersede(first, winner);
      for (let i = 0; i < beside; i++) oracle.supersede(write(), winner);
      return accessesOf(oracle, () => {
        oracle.supersede(first, newest);
      });
    };
    expect(accessesToLetGo(1_000)).toBe(accessesToLetGo(10));
  });
  it('never changes its place once it is committed', () => {
    const [winner, newest] = [committed(10), committed(20)];
    oracle.supersede(winner, newest);
    expect(oracle.committedAt(winner)).toBe(10);
    oracle.supersede(winner, 0);
    expect(oracle.isCommitted(winner)).toBe(true);
  });
});

describe('what a write-behind cache has acknowledged', () => {
  it('is newer than all that is committed, until it is committed itself', () => {
    const [waiting, other] = [write(), write(ANOTHER)];
    oracle.buffer(waiting);
    oracle.acknowledge(waiting, 5, 0);
    oracle.commit(other, 10);
    read(other, 20);
    expect(oracle.counts.readYourWrites).toBe(1);
  });
  it('is ordered as the cache took it', () => {
    const [second, first] = [write(), write()];
    for (const version of [first, second]) oracle.buffer(version);
    oracle.acknowledge(second, 5, 0);
    oracle.acknowledge(first, 6, 0);
    oracle.supersede(first, second);
    oracle.commit(second, 10);
    read(first, 20);
    expect(oracle.counts.readYourWrites).toBe(1);
  });
  it('is lost with its node, and newer than what was committed by then and nothing else', () => {
    const [before, lost] = [committed(10), write()];
    oracle.buffer(lost);
    oracle.acknowledge(lost, 20, 0);
    oracle.loseBuffered(lost, 50, 45);
    expect([oracle.counts.lostAckedWrite, oracle.rpo, oracle.isLost(lost)]).toEqual([1, 25, true]);
    read(before, 60);
    expect(oracle.counts.readYourWrites).toBe(1);
    read(committed(70), 80);
    expect(oracle.counts.readYourWrites).toBe(1);
  });
  it('is lost without a count while nobody holds its acknowledgement', () => {
    const lost = write();
    oracle.buffer(lost);
    oracle.loseBuffered(lost, 50, 45);
    expect(oracle.counts.lostAckedWrite).toBe(0);
    oracle.acknowledge(lost, 60, 45);
    expect(oracle.counts.lostAckedWrite).toBe(1);
  });
  it('is not lost any more when a retry brings it again', () => {
    const lost = write();
    oracle.buffer(lost);
    oracle.loseBuffered(lost, 50, 45);
    oracle.buffer(lost);
    oracle.acknowledge(lost, 60, 45);
    expect([oracle.isLost(lost), oracle.counts.lostAckedWrite]).toEqual([false, 0]);
  });
  it('was no phantom as long as it may still be flushed', () => {
    const [waiting, gone] = [write(), write()];
    for (const version of [waiting, gone]) {
      oracle.buffer(version);
      read(version, 10, { dirty: true });
    }
    oracle.finish(new Set([waiting]));
    expect(oracle.counts).toMatchObject({ dirtyRead: 2, phantomRead: 1 });
    const row = rowsRecorded().at(-1);
    expect(kindsRecorded()).toEqual(['dirtyRead', 'dirtyRead', 'phantomRead']);
    expect([row?.[VIOLATION.version], row?.[VIOLATION.time], row?.[VIOLATION.session]]).toEqual([
      2,
      15,
      SESSION,
    ]);
  });
});

describe('versions that were replaced before their flush, one after the other', () => {
  it('may be a great many', () => {
    const { oracle, write } = aWatchedKey();
    const versions = Array.from({ length: 30_000 }, () => write());
    versions.forEach((version, i) => {
      oracle.buffer(version);
      if (i > 0) oracle.supersede(versions[i - 1] ?? NaN, version);
    });
    oracle.commit(versions.at(-1) ?? NaN, 10);
    expect(versions.every((version) => oracle.isCommitted(version))).toBe(true);
    expect(oracle.committedBefore(versions[0] ?? NaN, versions[1] ?? NaN)).toBe(true);
  });
});
