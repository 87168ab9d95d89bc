/** The oracle beside the judge's list of versions, which is searched from its beginning every time. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { saveCheckpoint } from '../../src/engine/kernel/archive.ts';
import { restoreCheckpoint } from '../../src/engine/kernel/restore.ts';
import { KeyIndex } from '../../src/engine/kernel/maps.ts';
import { Oracle } from '../../src/engine/oracle.ts';
import { Reads } from '../support/judge/reads.ts';
import { Truth, Version } from '../support/judge/truth.ts';

type What = 'put' | 'commit' | 'acknowledge' | 'read' | 'lose' | 'return' | 'restore';

interface Step {
  readonly what: What;
  /** Which version it concerns, of those that it can. */
  readonly which: number;
  readonly session: number;
  /** So long after the one before. */
  readonly gap: number;
  /** How much earlier than it is told of a PUT arrived at its app node. */
  readonly since: number;
}

const OFTEN: Readonly<Record<What, number>> = {
  put: 4,
  commit: 5,
  acknowledge: 4,
  read: 6,
  lose: 1,
  return: 1,
  restore: 1,
};

const steps = fc.array(
  fc.record({
    what: fc.oneof(
      ...Object.entries(OFTEN).map(([what, weight]) => ({ weight, arbitrary: fc.constant(what as What) })),
    ),
    which: fc.nat(1000),
    session: fc.nat(1),
    gap: fc.nat(3),
    since: fc.nat(6),
  }),
  { minLength: 20, maxLength: 100, size: 'max' },
);

/** A line for each version, with a sign for every other one that it comes before. */
function pairs(versions: readonly Version[], isBefore: (a: Version, b: Version) => boolean): string[] {
  return versions.map((a) => versions.map((b) => (isBefore(a, b) ? '<' : '.')).join(''));
}

/** One key, of whose versions both are told the same. */
class Both {
  oracle: Oracle;
  readonly truth: Truth;
  readonly reads = new Reads();
  private keys = new KeyIndex();
  private readonly fenced: boolean;
  private slot: number;
  /** Of the oracle, by the version's number. */
  private readonly writes = [0];
  private operations = 0;
  private now = 10;
  private lost = 0;
  private rpo = 0;
  /** What a write-behind cache has taken last and not flushed: without fences this is how versions are replaced. */
  private waits: Version | undefined;
  private taken = 0;

  constructor(fenced: boolean) {
    this.fenced = fenced;
    this.oracle = new Oracle(this.keys, fenced);
    this.truth = new Truth(fenced);
    // The key of another row, with a version of its own, so that rows cannot be mistaken for each other.
    this.oracle.newWrite(this.keys.slotOf(40), ++this.operations, 9);
    this.slot = this.keys.slotOf(17);
  }

  take({ what, which, session, gap, since }: Step): void {
    this.now += gap;
    const { versions, latest } = this.truth;
    const pick = (from: readonly Version[]): Version | undefined => from[which % Math.max(1, from.length)];
    switch (what) {
      case 'put':
        this.put(session, this.now - since);
        return;
      case 'commit':
        this.commit(pick(versions.filter((one) => !one.isCommitted && !one.lost)));
        return;
      case 'acknowledge':
        this.acknowledge(
          pick(versions.slice(1).filter((one) => one.isCommitted && one.ackedAt === undefined)),
        );
        return;
      case 'read':
        this.read(session, pick(versions) ?? this.truth.initial, this.now - since);
        return;
      case 'lose': {
        const older = versions.filter(
          (one) => one.isCommitted && !one.lost && this.truth.isBefore(one, latest),
        );
        const survivor = pick(older);
        if (survivor !== undefined) this.lose(survivor, latest);
        return;
      }
      case 'return':
        this.commit(pick(versions.filter((one) => one.isCommitted && one.lost)));
        return;
      case 'restore':
        this.restore();
    }
  }

  /** What both say of every pair of versions, and have counted. */
  said(): { oracle: unknown; truth: unknown } {
    const { oracle, truth, slot } = this;
    const { versions } = truth;
    const write = (version: Version): number => this.writes[version.number] ?? NaN;
    const beyond = versions.filter((one) => one.isCommitted);
    return {
      oracle: {
        latest: oracle.latest(slot),
        written: oracle.wasWritten(slot),
        committed: versions.map((one) => oracle.isCommitted(write(one))),
        lost: versions.map((one) => oracle.isLost(write(one))),
        order: pairs(beyond, (a, b) => oracle.committedBefore(write(a), write(b))),
        fences: pairs(versions, (a, b) => this.fenced && oracle.fencedBefore(write(a), write(b))),
        newer: beyond.map((one) => {
          const next = oracle.nextOf(slot, write(one));
          return next === 0 ? undefined : oracle.committedAt(next);
        }),
        stale: beyond.map((one) => [0, 3].map((ago) => oracle.isStale(slot, write(one), this.now - ago))),
        counts: [
          oracle.readYourWritesChecked,
          oracle.counts.readYourWrites,
          oracle.monotonicReadsChecked,
          oracle.counts.monotonicReads,
          oracle.counts.staleRead,
          oracle.maxStaleness,
          oracle.counts.dirtyRead,
          oracle.counts.lostAckedWrite,
          oracle.rpo,
        ],
      },
      truth: {
        latest: write(truth.latest),
        written: versions.length > 1,
        committed: versions.map((one) => one.isCommitted),
        lost: versions.map((one) => one.lost),
        order: pairs(beyond, (a, b) => truth.isBefore(a, b)),
        fences: pairs(versions, (a, b) => this.fenced && a !== b && a.isOlderThan(b)),
        newer: beyond.map((one) => truth.newerSince(one)),
        stale: beyond.map((one) => [0, 3].map((ago) => (truth.newerSince(one) ?? Infinity) < this.now - ago)),
        counts: this.counts(),
      },
    };
  }

  /** What the list counts. */
  counts(): number[] {
    const { reads } = this;
    return [
      reads.withOwn,
      reads.brokenOwn,
      reads.answered,
      reads.goneBack,
      reads.staleness.length,
      Math.max(0, ...reads.staleness),
      reads.dirty.length,
      this.lost,
      this.rpo,
    ];
  }

  /** The dirty reads of what was not committed by the end. */
  finish(): { oracle: number; truth: number } {
    this.oracle.finish();
    return {
      oracle: this.oracle.counts.phantomRead,
      truth: this.reads.dirty.filter((one) => !one.isCommitted).length,
    };
  }

  private put(session: number, arrived: number): void {
    const { oracle, truth } = this;
    const write = oracle.newWrite(this.slot, ++this.operations, session);
    const version = new Version(truth.versions.length, session, this.operations);
    truth.versions.push(version);
    this.writes.push(write);
    expect(oracle.numberOf(write)).toBe(version.number);
    expect(oracle.operationOf(write)).toBe(this.operations);
    oracle.arrivedAtApp(write, arrived);
    // A second arrival is no news.
    oracle.arrivedAtApp(write, arrived + 100);
    version.age = [arrived, this.operations];
    if (this.fenced) return;
    oracle.buffer(write);
    version.age = [++this.taken, 0];
    if (this.waits !== undefined && !this.waits.isCommitted) this.supersede(this.waits, version);
    this.waits = version;
  }

  private supersede(version: Version, by: Version): void {
    this.oracle.supersede(this.writes[version.number] ?? NaN, this.writes[by.number] ?? NaN);
    this.truth.supersede(version, by);
  }

  /** A fence lets no version be committed after a newer one: it is turned away in favour of that. */
  private commit(version: Version | undefined): void {
    if (version === undefined) return;
    const { latest } = this.truth;
    if (this.fenced && version.isOlderThan(latest) && !version.isCommitted) {
      this.supersede(version, latest);
      return;
    }
    this.oracle.commit(this.writes[version.number] ?? NaN, this.now);
    this.truth.commit(version, this.now);
  }

  private acknowledge(version: Version | undefined): void {
    if (version === undefined) return;
    this.oracle.acknowledge(this.writes[version.number] ?? NaN, this.now, this.now - 1);
    version.ackedAt = this.now;
    if (version.lost) this.countLost([version], this.now - 1);
  }

  private read(session: number, version: Version, start: number): void {
    const { oracle, slot } = this;
    const seen = oracle.seen.find(slot, session);
    const dirty = !version.isCommitted;
    const write = this.writes[version.number] ?? NaN;
    this.reads.begin(this.truth, ++this.operations, session, start);
    this.reads.end(this.truth, this.operations, version, dirty);
    oracle.read(
      this.operations,
      session,
      slot,
      write,
      start,
      oracle.floor(slot, session),
      seen < 0 ? 0 : oracle.seen.value(seen),
      dirty,
      this.now,
    );
  }

  private lose(survivor: Version, before: Version): void {
    const fault = this.now - 1;
    const [left, upTo] = [survivor, before].map(({ number }) => this.writes[number] ?? NaN);
    this.oracle.lose(this.slot, left ?? NaN, upTo ?? NaN, this.now, fault);
    this.countLost(this.truth.lose(survivor, before), fault);
  }

  private countLost(versions: readonly Version[], fault: number): void {
    this.lost += versions.length;
    for (const { ackedAt = fault } of versions) this.rpo = Math.max(this.rpo, fault - ackedAt);
  }

  /** From here on another oracle goes on, which knows what a checkpoint holds. */
  private restore(): void {
    const checkpoint = saveCheckpoint(this.now, { keys: this.keys, oracle: this.oracle }, undefined);
    this.keys = new KeyIndex();
    this.oracle = new Oracle(this.keys, this.fenced);
    expect(restoreCheckpoint(checkpoint, { keys: this.keys, oracle: this.oracle }).ok).toBe(true);
    this.slot = this.keys.slotOf(17);
  }
}

describe.each([
  ['as their commits come', false, 60_001],
  ['where versions fence', true, 60_002],
])('versions %s', (_, fenced, seed) => {
  it('have the places and the fates, and reads the verdicts, that an obvious list gives them', () => {
    /** In how many histories each count is above zero. */
    const above = Array.from({ length: 10 }, () => 0);
    fc.assert(
      fc.property(steps, (taken) => {
        const both = new Both(fenced);
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
      { seed, numRuns: 30 },
    );
    expect(above.filter((several) => several === 0)).toEqual([]);
  });
});
