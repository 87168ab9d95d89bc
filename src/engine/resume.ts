/** Takes runs to their checkpoints. Apart from the run itself, since a first one is never taken back to any. */
import { ok, type Result } from '../base/result.ts';
import type { Design } from '../design/design.ts';
import type { Checkpoint } from './kernel/archive.ts';
import { restoreCheckpoint } from './kernel/restore.ts';
import type { Probes } from './probes.ts';
import { Run } from './run.ts';

/** A run of `design` that goes on from a checkpoint of a run whose design agrees with this one up to the checkpoint's time. */
export function resume(design: Design, checkpoint: Checkpoint, probes?: Probes): Result<Run> {
  return restore(Run.start(design, probes), checkpoint);
}

/** Takes a run itself back, or on, to a checkpoint as `resume` knows them, in the memory that it has. */
export function restore(run: Run, checkpoint: Checkpoint): Result<Run> {
  const restored = restoreCheckpoint(checkpoint, run.world.parts());
  return restored.ok ? ok(run) : restored;
}
