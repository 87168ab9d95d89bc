/** Checkpoints of runs, the runs that go on from them, and what they are held to: the same run rendered in one go. */
import type { Design } from '../../src/design/design.ts';
import type { Checkpoint } from '../../src/engine/kernel/archive.ts';
import { resume } from '../../src/engine/resume.ts';
import { Run } from '../../src/engine/run.ts';
import { render, type Rendering } from './engineRuns.ts';

const known = new Map<Design, Rendering>();

/** The design rendered in one go; what two specifications ask of is rendered once. */
export function whole(design: Design): Rendering {
  let rendering = known.get(design);
  if (rendering === undefined) known.set(design, (rendering = render(design)));
  return rendering;
}

/** Checkpoints of a run, one after each `every` microseconds. */
export function checkpointsOf(design: Design, every: number): Checkpoint[] {
  const run = Run.start(design);
  const checkpoints = [run.checkpoint()];
  for (let at = every; at < design.duration; at += every) {
    run.advance(at);
    checkpoints.push(run.checkpoint(checkpoints.at(-1)));
  }
  return checkpoints;
}

/** The run that goes on from a checkpoint of the same design, or of one that parts from it later. */
export function runFrom(design: Design, checkpoint: Checkpoint): Run {
  const run = resume(design, checkpoint);
  if (!run.ok) throw new Error(run.error);
  return run.value;
}
