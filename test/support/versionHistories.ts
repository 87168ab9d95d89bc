/**
 * Histories of one key's versions, of which the oracle and the judge's list are told the same: what clients begin and
 * learn, what a cache node takes into its flush buffer or loses with it, what the store commits, loses and finds again.
 */
import { expect } from 'vitest';
import { saveCheckpoint } from '../../src/engine/kernel/archive.ts';
import { KeyIndex } from '../../src/engine/kernel/maps.ts';
import { restoreCheckpoint } from '../../src/engine/kernel/restore.ts';
import { Asked } from './askedOracle.ts';
import { Reads } from './judge/reads.ts';
import { Truth, Version } from './judge/truth.ts';

type What =
  'put' | 'take' | 'commit' | 'acknowledge' | 'read' | 'lose' | 'loseBuffered' | 'return' | 'restore';

export interface Step {
  readonly what: What;
  /** Which version it concerns, of those that it can. */
  readonly which: number;
  readonly session: number;
  /** So long after the one before. */
  readonly gap: number;
  /** How much earlier than it is told of a PUT arrived at its app node. */
  readonly since: number;
}

/** What decides which of two versions is the newer one, and whether a flush buffer may hold them. */
export interface Rules {
  readonly fenced: boolean;
  readonly behind: boolean;
}

/** A line for each version, with a sign for every other one that it comes before. */
function pairs(versions: readonly Version[], isBefore: (a: Version, b: Version) => boolean): string[] {
  return versions.map((a) => versions.map((b) => (isBefore(a, b) ? '<' : '.')).join(''));
}

const SESSIONS = [0, 1];

export class Both {
  private oracle: Asked;
  private readonly truth: Truth;
  private readonly reads = new Reads();
  private keys = new KeyIndex();
  private readonly rules: Rules;
  private slot: number;
  /** Of the oracle, by the version's number. */
  private readonly writes = [0];
  private operations = 0;
  private now = 10;
  private committedAt = 0;
  private lost = 0;
  private rpo = 0;
  /** What the flush buffer has taken last. */
  private waits: Version | undefined;
  private taken = 0;
  /**
   * Something has outlived what it stood just before. The oracle keeps no place free between the two, so that no version
   * that is committed is taken into the buffer from then on.
   */
  private hasOutlived = false;

  constructor(rules: Rules) {
    this.rules = rules;
    this.oracle = new Asked(this.keys, rules.fenced);
    this.truth = new Truth(rules.fenced);
    // The key of another row, with a version of its own, so that rows cannot be mistaken for each other.
    this.oracle.newWrite(this.keys.slotOf(40), ++this.operations, 9);
    this.slot = this.keys.slotOf(17);
  }

  take({ what, which, session, gap, since }: Step): void {
    this.now += gap;
    const { truth, rules } = this;
    const { versions, latest } = truth;
    const begun = versions.slice(1);
    const pick = (from: readonly Version[]): Version | undefined => from[which % Math.max(1, from.length)];
    switch (what) {
      case 'put':
        // Nothing has been committed since it arrived.
        this.put(session, Math.max(this.now - since, this.committedAt));
        return;
      case 'take':
        if (rules.behind) this.buffer(pick(begun.filter((one) => !one.isCommitted || !this.hasOutlived)));
        return;
      case 'commit':
        this.commit(pick(versions.filter((one) => !one.isCommitted)));
        return;
      case 'acknowledge':
        this.acknowledge(
          pick(begun.filter((one) => one.ackedAt === undefined && (rules.behind || one.isCommitted))),
        );
        return;
      case 'read':
        this.read(session, pick(versions) ?? truth.initial, this.now - since);
        return;
      case 'lose': {
        const older = versions.filter((one) => one.isCommitted && !one.lost && truth.isBefore(one, latest));
        const survivor = pick(older);
        if (survivor !== undefined) this.lose(survivor, latest);
        return;
      }
      case 'loseBuffered':
        if (rules.behind) this.loseBuffered(pick(begun.filter((one) => !one.isCommitted && !one.lost)));
        return;
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
    const { fenced } = this.rules;
    const { versions } = truth;
    const write = (version: Version): number => this.writeOf(version);
    const beyond = versions.filter((one) => one.isCommitted);
    const ownOf = (session: number): Version | undefined =>
      truth.highest(versions.filter((one) => one.session === session && one.ackedAt !== undefined));
    return {
      oracle: {
        latest: oracle.latest(slot),
        written: oracle.wasWritten(slot),
        committed: versions.map((one) => oracle.isCommitted(write(one))),
        lost: versions.map((one) => oracle.isLost(write(one))),
        order: pairs(beyond, (a, b) => oracle.committedBefore(write(a), write(b))),
        fences: pairs(versions, (a, b) => fenced && oracle.fencedBefore(write(a), write(b))),
        newer: beyond.map((one) => {
          const next = oracle.nextOf(slot, write(one));
          return next === 0 ? undefined : oracle.committedAt(next);
        }),
        breaks: beyond.map((one) => SESSIONS.map((session) => oracle.breaks(slot, session, write(one)))),
        held: versions.map((one) => [...oracle.heldBy(write(one))].sort((a, b) => a - b)),
        counts: oracle.counted(),
      },
      truth: {
        latest: write(truth.latest),
        written: versions.length > 1,
        committed: versions.map((one) => one.isCommitted),
        lost: versions.map((one) => one.lost),
        order: pairs(beyond, (a, b) => truth.isBefore(a, b)),
        fences: pairs(versions, (a, b) => fenced && a !== b && a.isOlderThan(b)),
        newer: beyond.map((one) => truth.newerSince(one)),
        breaks: beyond.map((one) =>
          SESSIONS.map((session) => {
            const own = ownOf(session);
            return own !== undefined && truth.precedes(one, own);
          }),
        ),
        held: versions.map((one) => this.heldBy(one).map(write)),
        counts: this.counts(),
      },
    };
  }

  /** What the list counts. */
  counts(): number[] {
    const { reads } = this;
    return [
      ...[reads.withOwn, reads.brokenOwn, reads.answered, reads.goneBack],
      ...[reads.staleness.length, reads.longestStaleness, reads.dirty.length],
      ...[this.lost, this.rpo],
    ];
  }

  /** The dirty reads of what was not committed by the end. */
  finish(): { oracle: number; truth: number } {
    this.oracle.finish();
    const phantoms = this.reads.dirty.filter((one) => !one.isCommitted);
    return { oracle: this.oracle.counts.phantomRead, truth: phantoms.length };
  }

  private writeOf(version: Version): number {
    return this.writes[version.number] ?? NaN;
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
    if (this.rules.behind) this.buffer(version);
  }

  /** A write-behind cache takes a version, for the first time or once more: it waits for its own flush from now on. */
  private buffer(version: Version | undefined): void {
    if (version === undefined) return;
    const { fenced } = this.rules;
    this.oracle.buffer(this.writeOf(version));
    if (!version.isCommitted) {
      version.before = undefined;
      version.lost = false;
      this.truth.order = this.truth.order.filter((one) => one !== version);
      if (!fenced) version.age = [++this.taken, 0];
    }
    const { waits } = this;
    if (waits === version) return;
    if (fenced && waits !== undefined && version.isOlderThan(waits)) {
      this.supersede(version, waits);
      return;
    }
    if (waits !== undefined) this.supersede(waits, version);
    this.waits = version;
  }

  private supersede(version: Version, by: Version): void {
    this.oracle.supersede(this.writeOf(version), this.writeOf(by));
    this.truth.supersede(version, by);
  }

  /** A fence lets no version be committed after a newer one: it is turned away in favour of that. */
  private commit(version: Version | undefined): void {
    if (version === undefined) return;
    if (this.waits === version) this.waits = undefined;
    const { latest } = this.truth;
    if (this.rules.fenced && version.isOlderThan(latest) && !version.isCommitted) {
      this.supersede(version, latest);
      return;
    }
    this.committedAt = this.now;
    this.oracle.commit(this.writeOf(version), this.now);
    this.truth.commit(version, this.now);
  }

  private acknowledge(version: Version | undefined): void {
    if (version === undefined) return;
    this.oracle.acknowledge(this.writeOf(version), this.now, this.now - 1);
    version.ackedAt = this.now;
    if (version.lost) this.countLost([version], this.now - 1);
  }

  private read(session: number, version: Version, start: number): void {
    const { oracle, slot } = this;
    const seen = oracle.seen.find(slot, session);
    const dirty = !version.isCommitted;
    this.reads.begin(this.truth, ++this.operations, session, start);
    this.reads.end(this.truth, this.operations, version, dirty);
    oracle.read(
      this.operations,
      session,
      slot,
      this.writeOf(version),
      start,
      oracle.floor(slot, session),
      seen < 0 ? 0 : oracle.seen.value(seen),
      dirty,
      this.now,
    );
  }

  private lose(survivor: Version, before: Version): void {
    const fault = this.now - 1;
    this.hasOutlived ||= survivor.before !== undefined || before.before !== undefined;
    this.oracle.lose(this.slot, this.writeOf(survivor), this.writeOf(before), this.now, fault);
    this.countLost(this.truth.lose(survivor, before), fault);
  }

  /** What a node had taken goes with its memory, and so does what had been replaced by it there. */
  private loseBuffered(version: Version | undefined): void {
    if (version === undefined) return;
    const fault = this.now - 1;
    if (this.waits === version) this.waits = undefined;
    const held = this.heldBy(version);
    this.oracle.loseBuffered(this.writeOf(version), this.now, fault);
    this.truth.loseUncommitted(version);
    if (version.ackedAt !== undefined) this.countLost([version], fault);
    for (const one of held) this.loseBuffered(one);
  }

  private heldBy(version: Version): Version[] {
    if (version.isCommitted) return [];
    return this.truth.versions.filter((one) => one.before === version && !one.isCommitted);
  }

  private countLost(versions: readonly Version[], fault: number): void {
    this.lost += versions.length;
    for (const { ackedAt = fault } of versions) this.rpo = Math.max(this.rpo, fault - ackedAt);
  }

  /** From here on another oracle goes on, which knows what a checkpoint holds. */
  private restore(): void {
    const checkpoint = saveCheckpoint(this.now, { keys: this.keys, oracle: this.oracle }, undefined);
    this.keys = new KeyIndex();
    this.oracle = new Asked(this.keys, this.rules.fenced);
    expect(restoreCheckpoint(checkpoint, { keys: this.keys, oracle: this.oracle }).ok).toBe(true);
    this.slot = this.keys.slotOf(17);
  }
}
