/**
 * One sitting at the playground: the open document, what is rendered of it and where the eye is, wired together. A
 * change of the document is rendered; the windows of detail around the cursor are fetched; work is mirrored to the
 * browser's storage and to the address. All that is outside (worker, storage, address, frames) is handed in. It draws
 * nothing and runs nothing.
 */
import type { Result } from '../base/result.ts';
import { seedDesign } from '../design/design.ts';
import { readLink, writeLink } from '../design/links.ts';
import type { DetailReading } from '../engine/readings.ts';
import type { EngineClient } from '../worker/client.ts';
import type { ComparisonClient } from '../worker/client-comparison.ts';
import type { Address } from './address.ts';
import { createComparisonStore, type ComparisonStore } from './comparison.ts';
import { createDetails } from './details.ts';
import { createDocumentStore, type DocumentStore } from './documents.ts';
import { fetchFootage, type Footage, type Stretch } from './footage.ts';
import { createExcerpts, type ExcerptStore } from './excerpts.ts';
import { createFreshnessStore, type FreshnessStore } from './freshness.ts';
import { stepsOf, workOf } from './history.ts';
import { createKeeper, type Keeper, type KeeperSurroundings } from './keeper.ts';
import { createOpening } from './opening.ts';
import { createRecent, type Recent } from './recent.ts';
import { createGhostStore, type GhostStore } from './ghost.ts';
import { createMirror, type Mirror } from './mirror.ts';
import { createRendering } from './rendering.ts';
import { createRunStore, type RunStore } from './run.ts';
import { createStories, type StoryStore } from './stories.ts';
import { createStops, type StopStore } from './stops.ts';
import { tidyView } from './tidyView.ts';
import { createTrials, type TrialStore } from './trials.ts';
import { createViewStore, type ViewStore } from './view.ts';
import { requestForAll } from './windows.ts';
import { loadTheme, saveTheme } from './work.ts';

export interface Session extends Pick<Mirror, 'link' | 'linkTo'> {
  readonly documents: DocumentStore;
  readonly run: RunStore;
  readonly view: ViewStore;
  /** Of the violation or the operation that is looked at. */
  readonly story: StoryStore;
  /** Of its remedies. */
  readonly trials: TrialStore;
  /** Where play stops of itself. */
  readonly stops: StopStore;
  readonly freshness: FreshnessStore;
  /** The run behind the one that is shown, in the charts. */
  readonly ghost: GhostStore;
  /** What a marked window of time comes to. */
  readonly excerpt: ExcerptStore;
  readonly comparison: ComparisonStore;
  /** The documents that the browser keeps. */
  readonly recent: Recent;
  /** Renders the open design again, after its run has failed. */
  retry(): void;
  /** All messages and events of a window of the run that is shown, microseconds [from, to). */
  messages(from: number, to: number): Promise<Result<DetailReading>>;
  /** The messages of a stretch of the run that is shown, for play without a pause; `progress` as in `fetchFootage`. */
  footage(stretch: Stretch, progress: (share: number) => boolean): Promise<Result<Footage>>;
  /** The command line that reproduces the run that is shown. */
  command(): string;
  dispose(): void;
}

/** What the session needs of the world outside. */
export interface Surroundings extends KeeperSurroundings {
  /** Opens the engine; `notice` is told what the person should know of it. */
  readonly engine: (notice: (message: string) => void) => EngineClient;
  /** Opens another one, for what is rendered beside the run that is looked at. */
  readonly engineBeside: (notice: (message: string) => void) => EngineClient;
  readonly comparisons: ComparisonClient;
  readonly address: Address;
  /** How long play waits for the page to draw the first picture of its first run, milliseconds; 0: for none. */
  readonly pictureWithin: number;
  /** Calls back at the next frame. */
  readonly nextFrame: (callback: () => void) => void;
  /** Calls back when the page is about to go, or is hidden, since it may go then without a word; returns how to stop that. */
  readonly onLeave: (listener: () => void) => () => void;
}

/** Play that has got so far in its first picture was seen to move, microseconds. */
const UNDER_WAY_US = 50_000;

/**
 * A render that is so far ahead of the playhead has time for other questions, microseconds. Of a run of a minute none is asked
 * before it is all there: each would hold it up, and want a run of its own beside it.
 */
const AHEAD_US = 60_000_000;

/** Opens what the address says, or what was open last; renders it, and plays, unless one stands at the end of it. */
export function createSession(surroundings: Surroundings): Session {
  const { engine, engineBeside, comparisons, storage, tab, now, address, pictureWithin, nextFrame, onLeave } =
    surroundings;
  const run = createRunStore();
  const keeper = createKeeper(
    surroundings,
    workOf({ design: seedDesign, name: undefined, past: [], opening: 0 }),
  );
  const documents = openKept(keeper, run);
  const view = createViewStore(
    {
      duration: () => documents.getState().design.duration,
      renderedTo: () => run.getState().renderedTo,
      isOver: () => run.getState().phase === 'done',
      violations: () => run.getState().violations,
    },
    { theme: loadTheme(storage), staged: pictureWithin === 0 },
  );
  const client = engine((notice) => {
    run.notify(notice);
  });
  const comparison = createComparisonStore(comparisons);
  const details = createDetails(client, view, run, {
    isCovered: () => comparison.getState().versus !== undefined,
    isBusy,
  });
  const stories = createStories(client, view, run);
  const stops = createStops(client, view, run);
  const ownEngine = () => engineBeside((notice) => run.notify(notice));
  const trials = createTrials(ownEngine);
  const ghost = createGhostStore(run, ownEngine);
  const freshness = createFreshnessStore(client);
  const excerpt = createExcerpts(client, run, () => documents.getState().design.duration);
  const opening = createOpening(pictureWithin, () => {
    view.stage();
    client.proceed();
    details.update();
  });
  const rendering = createRendering({ client, documents, run, view, opening }, nextFrame, {
    opened(design) {
      freshness.follow(design);
      comparison.follow(design);
    },
    began(runId, design) {
      details.follow(runId, design);
    },
  });

  /** The run is not rendered far ahead of the playhead: whatever else the engine did would hold up both. */
  function isBusy(): boolean {
    const { phase, renderedTo } = run.getState();
    return opening.isUnderWay() || (phase === 'rendering' && renderedTo < view.getState().cursor + AHEAD_US);
  }

  const subscriptions = [
    documents.subscribe((state, before) => {
      if (state.design === before.design) return;
      details.open(state.design);
      tidyView(view, state.design, before.design);
      rendering.schedule();
    }),
    run.subscribe((state, before) => {
      // Numbers of operations and violations are those of the run before.
      if (state.runId !== before.runId) view.focusViolation(undefined);
      if (state.film !== before.film || state.phase !== before.phase) details.update();
    }),
    view.subscribe((state, before) => {
      details.update();
      if (state.theme !== before.theme) saveTheme(storage, state.theme);
      if (state.staged && (!state.playing || state.cursor >= UNDER_WAY_US)) opening.end();
    }),
    comparison.subscribe((state, before) => {
      if (state.versus !== before.versus) details.update();
    }),
  ];

  const mirror = createMirror(
    { documents, run, view, excerpt, comparison, ghost },
    { keeper, tab, now, address, onLeave },
  );
  // Play would begin anew there, and leave the moment that the link is of.
  if (view.getState().cursor < documents.getState().design.duration) view.play();
  rendering.render();

  return {
    documents,
    run,
    view,
    story: stories.store,
    trials,
    stops,
    freshness,
    excerpt,
    ghost,
    comparison,
    recent: createRecent(surroundings, keeper, documents),
    link: mirror.link,
    linkTo: mirror.linkTo,
    retry() {
      rendering.retry();
    },
    footage(stretch, progress) {
      const { runId, design = documents.getState().design } = run.getState();
      return fetchFootage(client, { run: runId, design }, stretch, progress);
    },
    messages: (from, to) => client.detail(run.getState().runId, requestForAll(from, to)).result,
    command() {
      const { versus } = comparison.getState();
      const name = versus === undefined ? 'run' : 'compare';
      return `npm run -s throughline -- ${name} '#${writeLink(documents.getState().design, {}, { versus })}'`;
    },
    dispose() {
      rendering.dispose();
      opening.dispose();
      mirror.dispose();
      for (const end of subscriptions) end();
      details.dispose();
      stories.dispose();
      trials.dispose();
      stops.dispose();
      freshness.dispose();
      excerpt.dispose();
      ghost.dispose();
      comparison.dispose();
      client.dispose();
    },
  };
}

/** The document of the last visit, or the seed's. */
function openKept(keeper: Keeper, run: RunStore): DocumentStore {
  const work = keeper.opened;
  if (!work.ok) run.notify(work.error);
  if (!work.ok || work.value === undefined) return createDocumentStore(seedDesign);
  const { fragment, name } = work.value;
  const { design, problems } = readLink(fragment);
  return createDocumentStore(design, { name, past: stepsOf(work.value), problems });
}
