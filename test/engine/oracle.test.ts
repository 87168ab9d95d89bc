import { beforeEach, describe, expect, it } from 'vitest';
import { VIOLATION, VIOLATION_KINDS, VIOLATION_WIDTH } from '../../src/design/readings.ts';
import { KeyIndex } from '../../src/engine/kernel/maps.ts';
import { VIOLATION_LIMIT } from '../../src/engine/limits.ts';
import { Oracle } from '../../src/engine/oracle.ts';

const SESSION = 3;
const ANOTHER = 4;

let keys: KeyIndex;
let oracle: Oracle;
let slot: number;
let operations: number;
beforeEach(() => {
  keys = new KeyIndex();
  oracle = new Oracle(keys);
  operations = 0;
  // The first row of keys and the first version are another key's: nothing may be read or written there.
  oracle.newWrite(keys.slotOf(40), ++operations, ANOTHER);
  slot = keys.slotOf(17);
});

const write = (session = SESSION): number => oracle.newWrite(slot, ++operations, session);

/** A GET that began at `start`, knowing what its session knew then. */
function read(version: number, start: number, { session = SESSION, dirty = false } = {}): number {
  const own = oracle.own.find(slot, session);
  const seen = oracle.seen.find(slot, session);
  const known = (row: number, map: typeof oracle.own) => (row < 0 ? 0 : map.value(row));
  return oracle.read(
    ++operations,
    session,
    slot,
    version,
    start,
    known(own, oracle.own),
    known(seen, oracle.seen),
    dirty,
    start + 5,
  );
}

function rowsRecorded(): Int32Array[] {
  return Array.from({ length: oracle.violationRows }, (_, i) =>
    oracle.violations.subarray(i * VIOLATION_WIDTH, (i + 1) * VIOLATION_WIDTH),
  );
}

const kindsRecorded = () => rowsRecorded().map((row) => VIOLATION_KINDS[row[VIOLATION.kind] ?? -1]);

function committed(time: number, session = SESSION): number {
  const version = write(session);
  oracle.commit(version, time);
  return version;
}

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
    oracle = new Oracle(keys, true);
    const first = committed(10);
    const late = write();
    const [winner, newest] = [committed(20), committed(30)];
    oracle.supersede(late, newest);
    expect(oracle.committedBefore(first, late)).toBe(true);
    expect(oracle.committedBefore(late, winner)).toBe(true);
    expect(oracle.nextOf(slot, late)).toBe(winner);
    expect(oracle.committedAt(late)).toBe(20);
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

describe('a loss', () => {
  it('of acknowledged versions is counted, and dated by the oldest acknowledgement before the fault', () => {
    const [kept, a, b, unacked] = [committed(10), committed(20), committed(30), committed(40)];
    oracle.acknowledge(a, 25, 0);
    oracle.acknowledge(b, 35, 0);
    oracle.lose(slot, kept, unacked, 100, 60);
    expect(oracle.counts.lostAckedWrite).toBe(2);
    expect(oracle.rpo).toBe(35);
    oracle.lose(slot, kept, unacked, 100, 60);
    expect(oracle.counts.lostAckedWrite).toBe(2);
  });
  it('of a version that is acknowledged afterwards counts then', () => {
    const lost = committed(20);
    oracle.lose(slot, 0, lost, 100, 60);
    expect(oracle.counts.lostAckedWrite).toBe(0);
    oracle.acknowledge(lost, 110, 60);
    expect([oracle.counts.lostAckedWrite, oracle.rpo]).toEqual([1, 0]);
  });
  it('leaves the newest survivor as the truth', () => {
    const kept = committed(10);
    committed(20);
    oracle.lose(slot, kept, committed(30), 100, 60);
    expect(oracle.latest(slot)).toBe(kept);
    expect(read(kept, 200)).toBe(0);
  });
  it('makes a cache that holds what was lost stale at the next commit, by that commit', () => {
    const [kept, a, b] = [committed(10), committed(20), committed(30)];
    oracle.lose(slot, kept, b, 100, 60);
    expect([read(a, 150), read(b, 150)]).toEqual([0, 0]);
    committed(160);
    expect([read(a, 200), read(b, 200), read(kept, 200)]).toEqual([40, 40, 40]);
  });
  it('of everything leaves the first value', () => {
    const a = committed(20);
    oracle.lose(slot, 0, a, 100, 60);
    expect([oracle.latest(slot), read(0, 200)]).toEqual([0, 0]);
    committed(210);
    expect([read(0, 220), read(a, 220)]).toEqual([10, 10]);
  });
});

describe('a loss, where more has happened,', () => {
  it('does not reach what had been overwritten before it', () => {
    const [kept, destroyed, overwritten] = [committed(10), committed(20), committed(30)];
    for (const version of [kept, destroyed, overwritten]) oracle.acknowledge(version, 35, 0);
    // The leader had taken up `destroyed` again, so that its copies were the newest there were.
    oracle.lose(slot, kept, destroyed, 100, 60);
    expect([kept, destroyed, overwritten].map((version) => oracle.isLost(version))).toEqual([
      false,
      true,
      false,
    ]);
    expect(oracle.counts.lostAckedWrite).toBe(1);
    expect([oracle.nextOf(slot, kept), oracle.nextOf(slot, destroyed)]).toEqual([overwritten, overwritten]);
    expect(oracle.latest(slot)).toBe(overwritten);
  });
  it('takes with a version those that a fence had turned away in its favour', () => {
    const [kept, refused, winner] = [committed(10), write(), write()];
    oracle.supersede(refused, winner);
    oracle.commit(winner, 30);
    for (const version of [refused, winner]) oracle.acknowledge(version, 35, 0);
    oracle.lose(slot, kept, winner, 100, 60);
    expect([oracle.isLost(refused), oracle.counts.lostAckedWrite]).toEqual([true, 2]);
    expect([read(refused, 200), read(kept, 200)]).toEqual([0, 0]);
  });
  it('of a version that a fence had turned away counts when that is acknowledged', () => {
    const [kept, refused, winner] = [committed(10), write(), committed(20)];
    oracle.supersede(refused, winner);
    oracle.lose(slot, kept, winner, 100, 60);
    oracle.acknowledge(refused, 110, 60);
    expect(oracle.counts.lostAckedWrite).toBe(1);
  });
  it('of the one in whose favour leaves a version that was turned away and of which there is a copy', () => {
    const [kept, older, copied, younger, winner] = [committed(10), write(), write(), write(), committed(20)];
    [older, copied, younger, winner].forEach((version, i) => oracle.arrivedAtApp(version, i));
    for (const version of [younger, older, copied]) oracle.supersede(version, winner);
    oracle.lose(slot, copied, winner, 100, 60);
    expect([older, copied, younger, winner].map((version) => oracle.isLost(version))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(oracle.latest(slot)).toBe(copied);
    expect([oracle.nextOf(slot, kept), oracle.nextOf(slot, older), oracle.nextOf(slot, younger)]).toEqual([
      copied,
      copied,
      0,
    ]);
  });
  it('is over when the version comes back: it is the truth again, from then on', () => {
    const [kept, a, b] = [committed(10), committed(20), committed(30)];
    oracle.lose(slot, kept, b, 100, 60);
    oracle.commit(a, 150);
    expect([oracle.latest(slot), oracle.isLost(a), oracle.isLost(b)]).toEqual([a, false, true]);
    expect([read(kept, 149), read(kept, 170), read(a, 170)]).toEqual([0, 20, 0]);
  });
  it('is over for those that had been turned away in its favour, too', () => {
    const [kept, refused, winner] = [committed(10), write(), committed(20)];
    oracle.supersede(refused, winner);
    oracle.lose(slot, kept, winner, 100, 60);
    oracle.commit(winner, 150);
    expect([oracle.isLost(refused), oracle.nextOf(slot, refused)]).toEqual([false, winner]);
  });
  it('is not over for a version that comes back after something newer was committed', () => {
    const [kept, lost] = [committed(10), committed(20)];
    oracle.lose(slot, kept, lost, 100, 60);
    const newer = committed(110);
    oracle.commit(lost, 150);
    expect([oracle.latest(slot), oracle.isLost(lost), oracle.nextOf(slot, lost)]).toEqual([
      newer,
      true,
      newer,
    ]);
  });
  it('lets a version be a session’s highest again once it is back', () => {
    const [kept, lost, other] = [committed(10), committed(20), committed(30)];
    oracle.acknowledge(lost, 25, 0);
    oracle.lose(slot, kept, other, 100, 60);
    const own = committed(110);
    oracle.acknowledge(own, 115, 0);
    oracle.lose(slot, kept, own, 200, 160);
    oracle.commit(lost, 250);
    read(own, 300);
    expect(oracle.counts.readYourWrites).toBe(1);
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

describe('what is recorded', () => {
  it('is one row a violation, with all that is needed to visit it', () => {
    const [a, b] = [committed(10), committed(20)];
    oracle.acknowledge(b, 25, 0);
    oracle.regression(a, b, 28);
    read(a, 30);
    expect(kindsRecorded()).toEqual(['storeRegression', 'readYourWrites', 'staleRead']);
    const [regression, broken, stale] = rowsRecorded();
    expect([regression?.[VIOLATION.session], regression?.[VIOLATION.key]]).toEqual([-1, slot]);
    expect([broken?.[VIOLATION.operation], broken?.[VIOLATION.key]]).toEqual([operations, slot]);
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
    oracle.violationRows = VIOLATION_LIMIT - 1;
    for (let i = 0; i < 3; i++) read(a, 30, { session: i });
    read(write(), 40, { dirty: true });
    oracle.finish();
    expect(oracle.counts).toMatchObject({ staleRead: 3, dirtyRead: 1, phantomRead: 1 });
    expect(oracle.violationRows).toBe(VIOLATION_LIMIT);
    expect(kindsRecorded().at(-1)).toBe('staleRead');
  });
});
