import { beforeEach, describe, expect, it } from 'vitest';
import { aWatchedKey } from '../support/watchedKey.ts';

let { oracle, slot, write, read, committed } = aWatchedKey();
beforeEach(() => {
  ({ oracle, slot, write, read, committed } = aWatchedKey());
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
