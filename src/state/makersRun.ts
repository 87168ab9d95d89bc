/**
 * The run that the maker of a link saw, as far as its mark tells: whoever opens the link is told when the engine gives
 * another one by now, and a link that is shared is given the mark of the run that is shown.
 */
import type { Design } from '../design/design.ts';
import { sameDesign } from '../design/links.ts';
import type { LinkView } from '../design/linkView.ts';
import { isOfAnotherRun, markOfRun } from '../design/runMark.ts';
import type { DocumentStore } from './documents.ts';
import type { RunStore } from './run.ts';

const ENGINE_CHANGED =
  'The engine has changed since this link was made: figures may differ from those that its maker saw.';

export interface MakersRun {
  /** A link was opened, with this mark. */
  opened(mark: string | undefined): void;
  /** What the link of a design says of its run, once that is rendered to its end. */
  markOf(design: Design): Pick<LinkView, 'run'>;
  dispose(): void;
}

/** Watches the run that is shown, since it may take its time until it can be told from its maker's. */
export function createMakersRun(run: RunStore, documents: DocumentStore): MakersRun {
  /** What the link that was opened last says, until its run was found to be another. */
  let marked: string | undefined;

  /** The digest of a design's run, if that is the one that is shown, and has ended. */
  function digestOf(design: Design): string | undefined {
    const { phase, design: shown, summary } = run.getState();
    return phase === 'done' && shown !== undefined && sameDesign(shown, design) ? summary?.digest : undefined;
  }

  function tell(): void {
    if (marked === undefined) return;
    const { design } = documents.getState();
    const digest = digestOf(design);
    if (digest === undefined || !isOfAnotherRun(marked, design, digest)) return;
    run.notify(ENGINE_CHANGED);
    marked = undefined;
  }

  const stop = run.subscribe((state, before) => {
    if (state.phase !== before.phase) tell();
  });

  return {
    opened(mark) {
      marked = mark;
      tell();
    },
    markOf(design) {
      const digest = digestOf(design);
      return digest === undefined ? {} : { run: markOfRun(design, digest) };
    },
    dispose: stop,
  };
}
