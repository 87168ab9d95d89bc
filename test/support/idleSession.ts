/** The page's stores as a session, with nobody behind it who would run anything: for what acts on stores alone. */
import { err, ok } from '../../src/base/result.ts';
import { seedDesign, type Design } from '../../src/design/design.ts';
import { createComparisonStore } from '../../src/state/comparison.ts';
import { createDocumentStore } from '../../src/state/documents.ts';
import { createExcerpts } from '../../src/state/excerpts.ts';
import { createFreshnessStore } from '../../src/state/freshness.ts';
import { createGhostStore } from '../../src/state/ghost.ts';
import { createRunStore } from '../../src/state/run.ts';
import type { Session } from '../../src/state/session.ts';
import { createStops } from '../../src/state/stops.ts';
import type { StoryState } from '../../src/state/stories.ts';
import { createTrials } from '../../src/state/trials.ts';
import { createViewStore } from '../../src/state/view.ts';
import { createStore } from 'zustand/vanilla';
import { NO_COMPARISONS } from './sessions.ts';

export function idleSession(design: Design = seedDesign): Session {
  const documents = createDocumentStore(design);
  const run = createRunStore();
  const view = createViewStore({
    duration: () => documents.getState().design.duration,
    renderedTo: () => documents.getState().design.duration,
    isOver: () => true,
    violations: () => run.getState().violations,
  });
  const story = createStore<StoryState>()(() => ({ phase: 'none' }));
  const visibility = () => ({ result: new Promise<never>(() => undefined), cancel: () => undefined });
  const freshness = createFreshnessStore({ visibility });
  return {
    documents,
    run,
    view,
    story,
    trials: createTrials(() => {
      throw new Error('nobody tries out a remedy here');
    }),
    stops: createStops({ detail: visibility }, view, run),
    freshness,
    excerpt: createExcerpts({ excerpt: visibility }, run, () => documents.getState().design.duration),
    ghost: createGhostStore(run, () => {
      throw new Error('nobody pins a ghost here');
    }),
    comparison: createComparisonStore(NO_COMPARISONS),
    link: () => '',
    linkTo: () => '',
    retry: () => undefined,
    messages: () => Promise.resolve(err('nobody runs anything')),
    footage: () => Promise.resolve(err('nobody runs anything')),
    recent: {
      list: () => [],
      open: () => undefined,
      rename: () => ok(undefined),
      remove: () => ok(() => ok(undefined)),
    },
    command: () => '',
    dispose: () => undefined,
  };
}
