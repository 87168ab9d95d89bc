/**
 * Raw samples from one node of a run: how long every call waited there for a server, and how long it stayed. A
 * histogram's buckets would be coarser than the sampling error. It takes the recorder's place and keeps nothing but
 * counts, and like the recorder it changes nothing of what happens.
 */
import { CALL, MARK, NODE } from '../../src/engine/calls.ts';
import { record } from '../../src/engine/recorder.ts';
import { Run } from '../../src/engine/run.ts';
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import type { Design } from '../../src/design/design.ts';

/** Samples in whole microseconds, counted exactly. */
export class Tally {
  count = 0;
  sum = 0;
  private counts = new Uint32Array(1024);

  add(value: number, times = 1): void {
    if (value >= this.counts.length) {
      const larger = new Uint32Array(Math.max(value + 1, this.counts.length * 2));
      larger.set(this.counts);
      this.counts = larger;
    }
    this.counts[value] = (this.counts[value] ?? 0) + times;
    this.count += times;
    this.sum += value * times;
  }

  /** These samples and `times` those of another: -1 takes them away. */
  plus(other: Tally, times: 1 | -1): Tally {
    const sum = new Tally();
    for (const [tally, sign] of [
      [this, 1],
      [other, times],
    ] as const)
      tally.counts.forEach((count, value) => {
        if (count > 0) sum.add(value, sign * count);
      });
    return sum;
  }

  get mean(): number {
    return this.sum / this.count;
  }

  /** The nearest-rank quantile. */
  quantile(p: number): number {
    let left = Math.ceil(p * this.count);
    let value = 0;
    while ((left -= this.counts[value] ?? 0) > 0) value++;
    return value;
  }

  /** Share of the samples above `value`. */
  above(value: number): number {
    let below = 0;
    for (let i = 0; i <= value; i++) below += this.counts[i] ?? 0;
    return 1 - below / this.count;
  }
}

export interface Stay {
  /** Microseconds before its service began, and until it ended. */
  readonly wait: Tally;
  readonly sojourn: Tally;
}

/**
 * Renders a design and watches the store's first replica: calls sent from `from` on, microseconds. Only where
 * messages travel in no time, since a wait is counted from when the call was sent.
 */
export function watch(design: Design, from: number): Stay {
  const run = Run.start(design);
  const w = run.world;
  const node = w.replicaNode(0, 0);
  const stay = { wait: new Tally(), sojourn: new Tally() };
  const { calls, wheel } = w;
  const recorder = record(w, { oneIn: 1, focus: new Set(), key: -1, session: -1 });
  recorder.hop = () => undefined;
  recorder.level = () => undefined;
  recorder.event = (type, row) => {
    if (type !== 'startService' && type !== 'endService') return;
    const o = row * CALL;
    const since = calls.at[o + MARK] ?? NaN;
    if (calls.at[o + NODE] !== node || since < from) return;
    (type === 'startService' ? stay.wait : stay.sojourn).add(wheel.now - since);
  };
  run.advance(HORIZON);
  return stay;
}
