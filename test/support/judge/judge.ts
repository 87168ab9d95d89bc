/**
 * An independent judge of a run. It takes what clients and nodes did from the lines of the whole history, and what
 * stands on disks and in buffers from the world itself, and works out every verdict the slow and obvious way. It never
 * asks the oracle for anything but the number of a version.
 */
import { assert } from '../../../src/base/assert.ts';
import type { Design } from '../../../src/design/design.ts';
import { nodesOf } from '../../../src/design/nodes.ts';
import { policyTable } from '../../../src/design/policies/registry.ts';
import { stepsOf, type NumberedStep } from '../../../src/design/policies/table.ts';
import type { Summary } from '../../../src/engine/summary.ts';
import type { World } from '../../../src/engine/world.ts';
import { Disks } from './disks.ts';
import { FlushBuffers } from './flushBuffers.ts';
import { Reads } from './reads.ts';
import { Truth, Version, type Court } from './truth.ts';
import { watch, type Line, type Moment } from './watch.ts';

/** Every count of the oracle. */
export interface Verdict {
  readonly readYourWrites: { readonly checked: number; readonly violations: number };
  readonly monotonicReads: { readonly checked: number; readonly violations: number };
  readonly staleReads: number;
  readonly maxStalenessMs: number;
  readonly dirtyReads: number;
  readonly phantomReads: number;
  readonly lostAckedWrites: number;
  readonly rpoMs: number;
  readonly storeRegressions: number;
}

/** What the oracle said of the run, in the same words. */
function verdictOf({ consistency }: Summary): Verdict {
  const { readYourWrites, monotonicReads, stale, dirtyReads, phantomReads } = consistency;
  const { lostAckedWrites, rpoMs, storeRegressions } = consistency;
  return {
    readYourWrites,
    monotonicReads,
    staleReads: stale.reads,
    maxStalenessMs: stale.maxMs,
    dirtyReads,
    phantomReads,
    lostAckedWrites,
    rpoMs,
    storeRegressions,
  };
}

/** A call that an app or cache node makes: what it waits for, and whether the value that it has was committed. */
class Frame {
  awaits: 'cache' | 'store' | 'load' | undefined;
  child = 0;
  /** Name of the step that it goes to when the call succeeds. */
  ok = '';
  dirty = false;
}

export function judge(design: Design): { verdict: Verdict; oracle: Verdict } {
  const court = new Judge(design);
  const summary = watch(design, (w, moment) => {
    court.see(w, moment);
  });
  return { verdict: court.verdict(), oracle: verdictOf(summary) };
}

class Judge implements Court {
  readonly truths = new Map<number, Truth>();
  readonly fenced: boolean;
  lostAckedWrites = 0;
  rpo = 0;
  private readonly design: Design;
  private readonly steps: readonly NumberedStep[];
  private readonly disks: Disks;
  private readonly buffers: FlushBuffers;
  private readonly reads = new Reads();
  private readonly frames = new Map<number, Frame>();
  /** By call: who made it. */
  private readonly callers = new Map<number, Frame>();
  private regressions = 0;
  /** What a leader has just committed. */
  private committing: Version | undefined;

  constructor(design: Design) {
    this.design = design;
    this.fenced = design.cache.fencing === 'version' || design.store.mode === 'leaderless';
    this.steps = stepsOf(policyTable(design.policy));
    this.disks = new Disks(design, this);
    this.buffers = new FlushBuffers(design, this);
  }

  truthOf(key: number): Truth {
    const known = this.truths.get(key);
    if (known !== undefined) return known;
    const truth = new Truth(this.fenced);
    this.truths.set(key, truth);
    return truth;
  }

  version(key: number, number: number): Version {
    const version = this.truthOf(key).versions[number];
    assert(version !== undefined, 'whatever travels was begun by a client');
    return version;
  }

  /** An acknowledged version is lost, by the fault that began at `faultAt`. */
  countLost({ ackedAt = 0 }: Version, faultAt: number): void {
    this.lostAckedWrites++;
    this.rpo = Math.max(this.rpo, faultAt - ackedAt);
  }

  see(w: World, moment: Moment): void {
    let landed: Frame | undefined;
    let made: Frame | undefined;
    for (const line of moment.lines) {
      if (line.type === 'hop') {
        if (made !== undefined && line.extra === 0) {
          made.child = line.call;
          this.callers.set(line.call, made);
        }
        made = undefined;
        this.onMessage(line);
      } else if (line.type === 'step') {
        const { frame, step } = this.onStep(w, line, landed);
        made = step.do === 'call' && step.to === 'cache' ? frame : undefined;
        if (step.do === 'land') landed = frame;
      } else this.onLine(w, line);
    }
    this.disks.look(w, moment);
    this.buffers.look(w, moment);
  }

  verdict(): Verdict {
    const { reads } = this;
    const unflushed = this.buffers.unflushed();
    return {
      readYourWrites: { checked: reads.withOwn, violations: reads.brokenOwn },
      monotonicReads: { checked: reads.answered, violations: reads.goneBack },
      staleReads: reads.staleness.length,
      maxStalenessMs: reads.longestStaleness / 1000,
      dirtyReads: reads.dirty.length,
      phantomReads: reads.dirty.filter((version) => !version.isCommitted && !unflushed.has(version)).length,
      lostAckedWrites: this.lostAckedWrites,
      rpoMs: this.rpo / 1000,
      storeRegressions: this.regressions,
    };
  }

  private onLine(w: World, line: Line): void {
    const { key, version, call, time, node } = line;
    const tier = nodesOf(this.design)[node]?.tier;
    switch (line.type) {
      case 'startOperation':
        this.begin(line);
        return;
      case 'endOperation':
        this.end(w, line);
        return;
      case 'enqueue':
      case 'startService':
        if (tier === 'app' && version > 0) this.arriveAtApp(this.version(key, version), time, line.operation);
        return;
      case 'hit':
        this.frameOf(call).dirty = !this.version(key, version).isCommitted;
        return;
      case 'timeout':
      case 'lose': {
        // Whoever waited for it waits for it no longer.
        const caller = this.callers.get(call);
        if (caller?.child === call) caller.awaits = undefined;
        return;
      }
      case 'commit':
        if (this.design.store.mode === 'leader') this.onCommit(line);
        return;
      case 'refuse':
        if (tier === 'store' && this.design.store.mode === 'leader') {
          const favour = this.disks.newestLogged(w, key, node);
          const refused = this.version(key, version);
          assert(refused === favour || refused.isOlderThan(favour), 'only what is older is turned away');
          this.truthOf(key).supersede(refused, favour);
        }
        return;
      case 'expose':
        this.disks.expose(line);
        return;
      default:
        return;
    }
  }

  /** What a leader says ok to is committed: one that it turned away, with what it has just committed. */
  private onMessage({ key, operation, node, message, extra: isAnswer, isRefusal }: Line): void {
    const tier = nodesOf(this.design)[node]?.tier;
    if (tier !== 'store' || message !== 'put' || isAnswer !== 1 || isRefusal === true) return;
    if (this.design.store.mode !== 'leader') return;
    const one = this.truthOf(key).versions.find((version) => version.operation === operation);
    if (one === undefined || one.isCommitted) return;
    assert(this.committing !== undefined, 'a leader says ok to what is committed');
    this.truthOf(key).supersede(one, this.committing);
  }

  private begin({ key, version, extra: session, operation, time }: Line): void {
    const truth = this.truthOf(key);
    if (version > 0) {
      assert(truth.versions.length === version, 'versions of a key are numbered as they begin');
      truth.versions.push(new Version(version, session, operation));
    } else this.reads.begin(truth, operation, session, time);
  }

  private end(w: World, { key, version, extra: ending, operation, time, call }: Line): void {
    if (ending !== 0) return;
    const truth = this.truthOf(key);
    const one = this.version(key, version);
    if (this.reads.isRead(operation)) this.reads.end(truth, operation, one, this.frameOf(call).dirty);
    else {
      one.ackedAt = time;
      if (one.lost) this.countLost(one, this.disks.lastFault(w, key));
    }
  }

  /** From perfect clocks: the first arrival counts. */
  private arriveAtApp(version: Version, time: number, operation: number): void {
    if (version.age[0] < 0) version.age = [time, operation];
  }

  private onCommit({ key, version, node, time }: Line): void {
    const truth = this.truthOf(key);
    const one = this.version(key, version);
    truth.commit(one, time);
    this.committing = one;
    if (truth.isBefore(one, this.disks.shown(node, key))) this.regressions++;
  }

  private frameOf(call: number): Frame {
    const known = this.frames.get(call);
    if (known !== undefined) return known;
    const frame = new Frame();
    this.frames.set(call, frame);
    return frame;
  }

  /** A call goes on, with what it had waited for. */
  private onStep(
    w: World,
    line: Line,
    landed: Frame | undefined,
  ): { frame: Frame; step: NumberedStep['step'] } {
    const frame = this.frameOf(line.call);
    const numbered = this.steps[line.extra];
    assert(numbered !== undefined, 'every step is in the table');
    const { step, trigger } = numbered;
    const isPut = trigger === 'put' || trigger === 'flush';
    if (frame.awaits === 'cache') frame.dirty ||= !isPut && this.frameOf(frame.child).dirty;
    if (frame.awaits === 'load') frame.dirty ||= landed?.dirty ?? false;
    if (frame.awaits === 'store' && this.design.store.mode === 'leaderless') {
      const version = this.version(line.key, line.version);
      if (!isPut) frame.dirty ||= !version.isCommitted;
      else if (numbered.name === frame.ok) this.disks.acknowledged(w, line.key, version, line.time);
    }
    frame.awaits = step.do === 'call' ? step.to : step.do === 'join' ? 'load' : undefined;
    frame.child = 0;
    frame.ok = step.do === 'call' ? step.ok : '';
    if (step.do === 'buffer') this.buffers.take(line, trigger === 'flush');
    return { frame, step };
  }
}
