/**
 * A small engine that keeps the promises of the real one: a run is a function of its design, equal in one go, in slices
 * and from a checkpoint; an edit at t leaves everything before t as it was. Its clock is simulated, too: rendering costs
 * wall time, which passes nowhere else.
 */
import { err, ok } from '../../src/base/result.ts';
import type { Design } from '../../src/design/design.ts';
import {
  BUCKET_US,
  NODE_WIDTH,
  SYSTEM,
  SYSTEM_WIDTH,
  VIOLATION,
  VIOLATION_WIDTH,
} from '../../src/design/readings.ts';
import { saveCheckpoint, type Archive, type Checkpoint } from '../../src/engine/kernel/archive.ts';
import { restoreCheckpoint } from '../../src/engine/kernel/restore.ts';
import type { Window } from '../../src/design/window.ts';
import type { DetailReading, DetailRequest } from '../../src/engine/readings.ts';
import type { VisibilityQuestion } from '../../src/design/visibility.ts';
import { CurveWork, type EngineCurve } from '../../src/worker/handle-curve.ts';
import { ExcerptWork } from '../../src/worker/handle-excerpt.ts';
import { DetailWork, type Details, type EngineWatch } from '../../src/worker/handle-detail.ts';
import type { EngineRun } from '../../src/worker/handle-world.ts';
import type { Engine } from '../../src/worker/handle-engine.ts';
import type { Summary } from '../../src/engine/summary.ts';
import { NOTHING_COMMITTED, NOTHING_KEPT } from './details.ts';
import { aSummary } from './summaries.ts';

/** Simulated time in a millisecond of wall time. */
const PACE_US = 40_000;
const TICK_US = 1000;
const NODES = 2;

/** What the small engine's runs can do beside what is asked of any. */
export interface SmallRun extends EngineRun {
  watch(request: DetailRequest): EngineWatch;
  summary(): Summary;
}

export interface FakeEngine extends Engine<SmallRun> {
  /** Wall time, milliseconds. */
  now: number;
  /** What was called, in words. */
  readonly calls: string[];
  /** For each run that was begun: the one whose memory it could have. */
  readonly formers: (SmallRun | undefined)[];
  /** Windows that are to be gone through before anybody asks. */
  readonly rehearsals: DetailRequest[];
  /** The times of the checkpoints at which the run that is looked at was put ahead of any question, microseconds. */
  readonly places: (number | undefined)[];
  /** Putting it there fails. */
  cramped: boolean;
  /** Refuse every checkpoint from now on, as if it had been altered. */
  refuses: boolean;
  /** Throw on reaching this instant, microseconds. */
  throwsAt: number;
  /** Windows that are watched in passing hold more than is written down. */
  crowded: boolean;
}

export function fakeEngine(): FakeEngine {
  const engine: FakeEngine = {
    now: 0,
    calls: [],
    places: [],
    rehearsals: [],
    formers: [],
    cramped: false,
    refuses: false,
    crowded: false,
    throwsAt: Number.POSITIVE_INFINITY,
    start(design, former) {
      engine.calls.push('start');
      engine.formers.push(former);
      return new FakeRun(engine, design);
    },
    resume(design, checkpoint, former) {
      engine.formers.push(former);
      engine.calls.push(`resume ${String(checkpoint.time)}`);
      if (engine.refuses) return err('the checkpoint was altered');
      const run = new FakeRun(engine, design);
      run.restore(checkpoint);
      return ok(run);
    },
    divergence(from, to) {
      if (from.seed !== to.seed || from.duration !== to.duration) return 0;
      const others = [...from.faults, ...to.faults].filter(
        (fault) => !(from.faults.includes(fault) && to.faults.includes(fault)),
      );
      return Math.min(Number.POSITIVE_INFINITY, ...others.map(({ at }) => at));
    },
    curves: (world) => new CurveWork(world, (_design, question) => new FakeCurve(engine, question)),
    excerpts: (looked, world) =>
      new ExcerptWork(looked.nearest, world, new FakeExcerpts(engine, looked.design)),
    summarise: (run) => Promise.resolve(run.summary()),
    details: (looked, world) =>
      new DetailWork<SmallRun>(looked, world, {
        ...fakeDetails(engine),
        watch: (run, request) => run.watch(request),
        rehearsals: () => engine.rehearsals.splice(0),
      }),
  };
  return engine;
}

/** Takes ten milliseconds of wall time for each tenth of a second of a window that has begun. */
function fakeDetails(engine: FakeEngine): Pick<Details<SmallRun>, 'step' | 'leave' | 'place'> {
  let under: DetailRequest | undefined;
  let reached = 0;
  return {
    place(checkpoint) {
      engine.places.push(checkpoint?.time);
      if (engine.cramped) throw new Error('no memory is left');
    },
    step(checkpoint, request) {
      if (engine.throwsAt === 0) throw new Error('the wheel came off');
      if (under !== request) {
        engine.calls.push(`detail ${String(request.from)} from ${String(checkpoint?.time)}`);
        under = request;
        reached = request.from;
      }
      if (request.to <= request.from) return err('an empty window');
      engine.now += 10;
      reached += 100_000;
      return ok(reached < request.to ? undefined : aDetailOf(request));
    },
    leave() {
      under = undefined;
    },
  };
}

function aDetailOf({ from, to }: DetailRequest, truncated = false): DetailReading {
  return {
    from,
    to,
    oneIn: 1,
    hops: new Int32Array(11),
    events: new Int32Array(8),
    levels: new Int32Array(4),
    held: new Int32Array(NODES),
    kept: NOTHING_KEPT,
    committed: NOTHING_COMMITTED,
    ofSession: [],
    truncated,
  };
}

/** Takes a tenth of a second of wall time, in ten steps, unless it is told to throw. */
class FakeCurve implements EngineCurve {
  progress = 0;

  constructor(
    private readonly engine: FakeEngine,
    private readonly question: VisibilityQuestion,
  ) {}

  get done(): boolean {
    return this.progress >= 1;
  }

  advance(): void {
    if (this.engine.throwsAt === 0) throw new Error('the wheel came off');
    this.engine.now += 10;
    this.progress = Math.round(this.progress * 10 + 1) / 10;
  }

  reading() {
    const trials = Math.round(this.question.trials * this.progress);
    return {
      points: this.question.instants.map((at) => ({ afterMs: at / 1000, fresh: 0.5, trials, unanswered: 0 })),
    };
  }
}

/** Takes a tenth of a second of wall time, in ten steps; its PUTs say which window of which run it is of. */
class FakeExcerpts {
  private steps = 0;

  constructor(
    private readonly engine: FakeEngine,
    private readonly design: Design,
  ) {}

  left(): number {
    return 10 - this.steps;
  }

  step({ from, to }: Window, nearest: (time: number) => Checkpoint | undefined) {
    if (this.engine.refuses) return err('the checkpoint was altered');
    if (this.engine.throwsAt === 0) throw new Error('the wheel came off');
    this.engine.now += 10;
    this.steps++;
    if (this.steps < 10) return ok(undefined);
    this.steps = 0;
    this.engine.calls.push(`excerpt ${String(from)} to ${String(to)} from ${String(nearest(from)?.time)}`);
    const summary = aSummary();
    return ok({ ...summary, put: { ...summary.put, attempted: this.design.seed }, from, to });
  }
}

class FakeRun implements SmallRun {
  now = 0;
  done = false;
  private value: number;
  private readonly system: Float32Array<ArrayBuffer>;
  private found: number[] = [];

  constructor(
    private readonly engine: FakeEngine,
    private readonly design: Design,
  ) {
    this.value = design.seed;
    this.system = new Float32Array((design.duration / BUCKET_US) * SYSTEM_WIDTH);
  }

  get operations(): number {
    return this.now / TICK_US;
  }

  advance(until: number): void {
    const before = this.now;
    while (this.now + TICK_US <= Math.min(until, this.design.duration)) this.tick();
    this.engine.now += (this.now - before) / PACE_US;
    this.done = until > this.design.duration;
  }

  private tick(): void {
    if (this.now >= this.engine.throwsAt) throw new Error('the wheel came off');
    const active = this.design.faults.filter(({ at }) => at <= this.now).length;
    this.value = (Math.imul(this.value, 31) + this.now + active) & 0xffff;
    const bucket = Math.floor(this.now / BUCKET_US);
    this.system[bucket * SYSTEM_WIDTH + SYSTEM.putsOk] = this.value;
    this.now += TICK_US;
    if (this.now % 500_000 === 0) this.found.push(this.now);
  }

  film(): void {
    // Its operations are not told one by one.
  }

  watch(request: DetailRequest): EngineWatch {
    const { engine, now } = this;
    engine.calls.push(`watch ${String(request.from)} at ${String(now)}`);
    return {
      truncated: engine.crowded,
      end: (to) => {
        engine.calls.push(`seen up to ${String(to)}`);
        return aDetailOf(request, engine.crowded);
      },
    };
  }

  checkpoint(previous?: Checkpoint): Checkpoint {
    return saveCheckpoint(this.now, { run: this }, previous);
  }

  restore(checkpoint: Checkpoint): void {
    restoreCheckpoint(checkpoint, { run: this });
  }

  persist(archive: Archive): void {
    this.now = archive.number('now', this.now);
    this.value = archive.number('value', this.value);
    const found = archive.number('found', this.found.length);
    this.found = [...archive.ints('found', Int32Array.from(this.found), found).subarray(0, found)];
    const ints = new Int32Array(this.system.buffer);
    ints.set(archive.ints('system', ints, ints.length));
  }

  tails() {
    return { get: this.now, put: this.now };
  }

  series() {
    const buckets = Math.floor(this.now / BUCKET_US);
    return {
      buckets,
      nodeCount: NODES,
      system: this.system,
      nodes: new Float32Array(buckets * NODES * NODE_WIDTH),
    };
  }

  get violationRows(): Int32Array {
    return this.violations();
  }

  violations(from = 0): Int32Array<ArrayBuffer> {
    const rows = new Int32Array(this.found.length * VIOLATION_WIDTH);
    this.found.forEach((time, row) => (rows[row * VIOLATION_WIDTH + VIOLATION.time] = time));
    return rows.slice(from * VIOLATION_WIDTH);
  }

  summary() {
    return aSummary({ digest: String(this.value), seed: this.design.seed });
  }
}
