/** Stories for tests: violations of a run, opened as the page opens them, further and further back. */
import { assert } from '../../src/base/assert.ts';
import type { Design } from '../../src/design/design.ts';
import { VIOLATION_WIDTH } from '../../src/design/readings.ts';
import { DetailSource } from '../../src/engine/detail.ts';
import type { Checkpoint } from '../../src/engine/kernel/archive.ts';
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import type { DetailReading } from '../../src/engine/readings.ts';
import { Run } from '../../src/engine/run.ts';
import { causeOf } from '../../src/replay/story/cause.ts';
import type { Cause } from '../../src/replay/story/findings.ts';
import {
  historyOf,
  LOOK_BACK_US,
  LOOK_AHEAD_US,
  violationAt,
  type KeyHistory,
  type Violation,
} from '../../src/replay/story/history.ts';

export interface Opened {
  /** Its `expected` is the version that it is measured by. */
  readonly violation: Violation;
  readonly cause: Cause;
  readonly history: KeyHistory;
}

/** Simulated time between checkpoints, microseconds. */
const CHECKPOINT_US = 100_000;

/** A run that has ended, whose violations can be opened. */
export class Storyteller {
  readonly violations: readonly Violation[];
  private readonly source: DetailSource;
  private readonly checkpoints: Checkpoint[] = [];
  private readonly wholes = new Map<number, DetailReading>();

  constructor(readonly design: Design) {
    const run = Run.start(design);
    for (let time = CHECKPOINT_US; time < design.duration; time += CHECKPOINT_US) {
      run.advance(time);
      this.checkpoints.push(run.checkpoint(this.checkpoints.at(-1)));
    }
    run.advance(HORIZON);
    const rows = run.violations();
    this.violations = Array.from({ length: rows.length / VIOLATION_WIDTH }, (_, row) => {
      const violation = violationAt(rows, row);
      assert(violation !== undefined, `row ${row} is a violation`);
      return violation;
    });
    this.source = new DetailSource(design);
  }

  open(violation: Violation): Opened {
    const { time, key } = violation;
    for (const back of LOOK_BACK_US) {
      const history = historyOf(
        this.detail(violation, Math.max(0, time - back), time + LOOK_AHEAD_US),
        key,
        this.design,
      );
      const { expected, ...finding } = causeOf(history, violation, this.design);
      if ('cause' in finding) return { violation: { ...violation, expected }, cause: finding.cause, history };
    }
    throw new Error('not even the whole run tells');
  }

  /** Everything that ever happened to the key of a violation. */
  whole(violation: Violation): DetailReading {
    const whole = this.wholes.get(violation.key) ?? this.detail(violation, 0, Number.MAX_SAFE_INTEGER);
    this.wholes.set(violation.key, whole);
    return whole;
  }

  private detail({ operation, key }: Violation, from: number, to: number): DetailReading {
    const before = this.checkpoints.findLast(({ time }) => time < from);
    const detail = this.source.of(before, { from, to, sample: 1, focus: [operation], key, keyInFull: true });
    assert(detail.ok, 'a window of a run that was rendered');
    return detail.value;
  }
}
