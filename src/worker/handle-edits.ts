/**
 * What a render needs that goes on from one before: where their runs part, and how the run is taken up there, in the memory
 * of a `former` one that nobody needs any more.
 */
import type { Result } from '../base/result.ts';
import type { Design } from '../design/design.ts';
import type { Checkpoint } from '../engine/kernel/archive.ts';
import { inherit } from '../engine/kernel/inherit.ts';
import { restore } from '../engine/resume.ts';
import { Run } from '../engine/run.ts';

export { divergence } from '../engine/divergence.ts';

/** A run at its beginning. */
export function start(design: Design, former?: Run): Run {
  const run = Run.start(design);
  if (former !== undefined) inherit(run.world.parts(), former.world.parts());
  return run;
}

/** A run that goes on from a checkpoint, as `engine/resume.ts` knows them. */
export function resume(design: Design, checkpoint: Checkpoint, former?: Run): Result<Run> {
  return restore(start(design, former), checkpoint);
}
