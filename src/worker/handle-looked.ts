/** The run that is looked at: what those share who answer questions about its windows. */
import type { Design } from '../design/design.ts';
import type { Checkpoint } from '../engine/kernel/archive.ts';
import type { Run } from '../engine/run.ts';
import { Seeker } from '../engine/seeker.ts';

export interface Looked<R> {
  readonly design: Design;
  /** The nearest checkpoint before an instant, microseconds. */
  readonly nearest: (time: number) => Checkpoint | undefined;
  /** All violations that were found so far: to be read at once, and neither kept nor handed over. */
  readonly violations: () => Int32Array;
  /** A run of it that has ended, to be used for looking: whoever has asked has it, and nobody else. */
  readonly spare: () => R | undefined;
  /** Absent until somebody looks. */
  seeker?: Seeker;
}

/** What puts the run before an instant: one for all who look. */
export function seekerOf(looked: Looked<Run>): Seeker {
  return (looked.seeker ??= new Seeker(looked.design, looked.spare));
}
