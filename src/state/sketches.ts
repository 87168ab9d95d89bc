/**
 * What the film of the run that is shown knows of a window: shown in the window's place until that is there. Only windows
 * at full speed have one, since a film holds no more than those show. It asks nobody for anything.
 */
import { nodesOf } from '../design/nodes.ts';
import { FILMED_PER_SECOND } from '../design/sampling.ts';
import type { WatchedDetail } from '../replay/detail.ts';
import { isFilmed, sketchOf } from '../replay/film.ts';
import type { RenderedDesign, RunStore } from './run.ts';
import type { DetailWindow } from './windows.ts';

export class Sketches {
  readonly #run: RunStore;
  /** The one that was asked for last: as long as nothing comes to it, it stays the same object. */
  #last: WatchedDetail | undefined;

  constructor(run: RunStore) {
    this.#run = run;
  }

  /** Whether the film has what there is to show of a window, or will have it. */
  isToBeHad({ to, sample }: DetailWindow, followed: RenderedDesign): boolean {
    const { film, runId } = this.#run.getState();
    if (sample !== FILMED_PER_SECOND) return false;
    return film === undefined || runId !== followed.run || isFilmed(film, to);
  }

  /** Of a window that is being rendered, what there is by now; undefined where that does not reach past the cursor. */
  of(
    { from, to, sample }: DetailWindow,
    cursor: number,
    { run, design }: RenderedDesign,
  ): WatchedDetail | undefined {
    const { film, runId, renderedTo } = this.#run.getState();
    if (sample !== FILMED_PER_SECOND || film === undefined || runId !== run) return undefined;
    const until = renderedTo < Math.min(to, design.duration) ? renderedTo + 1 : to;
    if (until <= cursor || !isFilmed(film, until)) return undefined;
    if (this.#last?.from !== from || this.#last.to !== until)
      this.#last = sketchOf(film, from, until, nodesOf(design).length);
    return this.#last;
  }

  clear(): void {
    this.#last = undefined;
  }
}
