/**
 * What the handler needs of the engine. Types alone: what few questions need of it, or none before a run has ended, may be
 * loaded late.
 */
import type { Result } from '../base/result.ts';
import type { Design } from '../design/design.ts';
import type { Checkpoint } from '../engine/kernel/archive.ts';
import type { Summary } from '../engine/summary.ts';
import type { CurveWork } from './handle-curve.ts';
import type { DetailWork } from './handle-detail.ts';
import type { ExcerptWork } from './handle-excerpt.ts';
import type { Looked } from './handle-looked.ts';
import type { EngineRun, SliceWorld, World } from './handle-world.ts';

/** Whose runs are `R`; a test may give the handler another one that keeps the same promises. */
export interface Engine<R extends EngineRun> {
  /** `former`: a run that nobody needs any more, whose memory the new one may have. */
  start(design: Design, former?: R): R;
  resume(design: Design, checkpoint: Checkpoint, former?: R): Result<R>;
  /** Where two designs' runs may first differ, microseconds; Infinity when nowhere. */
  divergence(from: Design, to: Design): number;
  /** What a run that is done came to. */
  summarise(run: R): Promise<Summary>;
  /** Undefined while it is not loaded. */
  details(looked: Looked<R>, world: World): DetailWork<R> | undefined;
  excerpts(looked: Looked<R>, world: SliceWorld): ExcerptWork;
  curves(world: SliceWorld): CurveWork;
}
