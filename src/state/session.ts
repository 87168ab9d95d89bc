/**
 * One sitting at the playground: the open document, what is rendered of it and where the eye is, wired together. A
 * change of the document is rendered; the windows of detail around the cursor are fetched; work is mirrored to the
 * browser's storage and to the address. All that is outside (worker, storage, address, frames) is handed in. It draws
 * nothing and runs nothing.
 */
import type { Result } from '../base/result.ts';
import { seedDesign, type Design } from '../design/design.ts';
import { readLink, writeLink, type LinkReading, type LinkView } from '../design/links.ts';
import { LINKS, nodesOf } from '../design/nodes.ts';
import { isOfAnotherRun, markOfRun } from '../design/runMark.ts';
import type { DetailReading } from '../engine/readings.ts';
import type { EngineClient } from '../worker/client.ts';
import type { ComparisonClient } from '../worker/client-comparison.ts';
import type { Address } from './address.ts';
import { createComparisonStore, type ComparisonStore } from './comparison.ts';
import { createDetails } from './details.ts';
import { createDocumentStore, sameDesign, type DocumentState, type DocumentStore } from './documents.ts';
import { fetchFootage, type Footage, type Stretch } from './footage.ts';
import { createExcerpts, type ExcerptStore } from './excerpts.ts';
import { createFreshnessStore, type FreshnessStore } from './freshness.ts';
import { stepsOf, workOf } from './history.ts';
import { createKeeper, type Keeper, type Places } from './keeper.ts';
import { createRecent, type Recent } from './recent.ts';
import { createGhostStore, type GhostStore } from './ghost.ts';
import { createRunStore, type RunStore } from './run.ts';
import { createStories, type StoryStore } from './stories.ts';
import { createStops, type StopStore } from './stops.ts';
import { createTrials, type TrialStore } from './trials.ts';
import { createViewStore, type ViewState, type ViewStore } from './view.ts';
import { loadTheme, saveTheme } from './work.ts';

export interface Session {
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
  /** The full address of what is shown, the moment included. */
  link(): string;
  /** The full address of a design alone, at an instant (microseconds) or at its beginning. */
  linkTo(design: Design, at?: number): string;
  /** All messages and events of a window of the run that is shown, microseconds [from, to). */
  messages(from: number, to: number): Promise<Result<DetailReading>>;
  /** The messages of a stretch of the run that is shown, for play without a pause; `progress` as in `fetchFootage`. */
  footage(stretch: Stretch, progress: (share: number) => boolean): Promise<Result<Footage>>;
  /** The command line that reproduces the run that is shown. */
  command(): string;
  dispose(): void;
}

/** What the session needs of the world outside. */
export interface Surroundings extends Places {
  /** Opens the engine; `notice` is told what the person should know of it. */
  readonly engine: (notice: (message: string) => void) => EngineClient;
  readonly comparisons: ComparisonClient;
  readonly address: Address;
  /** Calls back at the next frame. */
  readonly nextFrame: (callback: () => void) => void;
  /** Calls back when the page is about to go; returns how to stop that. */
  readonly onLeave: (listener: () => void) => () => void;
}

/** How long nothing has to change before work and address are written, milliseconds. */
export const MIRROR_AFTER_MS = 300;

const ENGINE_CHANGED =
  'The engine has changed since this link was made: figures may differ from those that its maker saw.';

export function createSession(surroundings: Surroundings): Session {
  const { engine, comparisons, storage, address, nextFrame, onLeave } = surroundings;
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
      violations: () => run.getState().violations,
    },
    { theme: loadTheme(storage) },
  );
  const client = engine((notice) => {
    run.notify(notice);
  });
  const details = createDetails(client, view, run);
  const stories = createStories(client, view, run);
  const stopsAt = createStops(client, view, run);
  const ownEngine = () => engine((notice) => run.notify(notice));
  const trials = createTrials(ownEngine);
  const ghost = createGhostStore(run, ownEngine);
  const freshness = createFreshnessStore(client, looksOtherOnly);
  const excerpt = createExcerpts(client, run, () => documents.getState().design.duration);
  const comparison = createComparisonStore(comparisons, looksOtherOnly);
  let disposed = false;

  /** The document of the newest render, and the one before its change: a drag is one change of many renders. */
  let rendered: { design: Design; before: Design | undefined } | undefined;
  let renderScheduled = false;

  function scheduleRender(): void {
    if (renderScheduled) return;
    renderScheduled = true;
    nextFrame(() => {
      renderScheduled = false;
      if (!disposed) render();
    });
  }

  function render(): void {
    const { design, past } = documents.getState();
    const before = past.at(-1)?.design;
    freshness.follow(design);
    comparison.follow(design);
    if (rendered !== undefined && looksOtherOnly(rendered.design, design)) {
      rendered = { design, before: rendered.before };
      run.redressed(design);
      return;
    }
    const keepGhost = rendered !== undefined && rendered.before === before;
    rendered = { design, before };
    const id: number = client.render(design, {
      progress: (progress) => {
        run.progressed(id, progress);
      },
      done: (done) => {
        run.finished(id, done);
      },
      failed: (message) => {
        run.failed(id, message);
      },
    });
    run.began(id, design, keepGhost);
    details.follow(id, design);
  }

  /** A link whose text is wrong stays in the address bar, to be mended, until what it opened is changed. */
  let unmended: Design | undefined;
  /** The moment in the address: where the eye last stood still. */
  let moment: LinkView = {};
  let written = '';
  let mirrorTimer: ReturnType<typeof setTimeout> | undefined;
  let storageFailed = false;

  /** What the link that was opened last says of the run that its maker saw. */
  let marked: string | undefined;

  function openFragment(fragment: string): void {
    const link = readLink(fragment);
    if (isUnreadable(link)) {
      documents.refuse(link.problems);
    } else {
      documents.open(link.design, link.problems);
      const { run: mark, ...rest } = link.view;
      marked = mark;
      moment = rest;
      tellOfEngine();
      view.setSpeed(link.view.speed ?? '1');
      view.seek(link.view.at ?? 0);
      view.watch(link.view.key ?? 0);
      view.follow(link.view.session);
      excerpt.mark(link.view.window);
      if (link.versus === undefined) comparison.close();
      else comparison.open(link.versus);
    }
    unmended = link.problems.length > 0 ? documents.getState().design : undefined;
  }

  /** Says so when the run of a link that was opened is another one by now. */
  function tellOfEngine(): void {
    const { phase, design, summary } = run.getState();
    if (marked === undefined || phase !== 'done' || design === undefined || summary === undefined) return;
    if (!sameDesign(design, documents.getState().design)) return;
    if (!isOfAnotherRun(marked, design, summary.digest)) return;
    run.notify(ENGINE_CHANGED);
    marked = undefined;
  }

  /** The mark of the run that is shown, once it is rendered to its end. */
  function markOf(design: Design): Pick<LinkView, 'run'> {
    const { phase, design: shown, summary } = run.getState();
    return phase === 'done' && summary !== undefined && shown !== undefined && sameDesign(shown, design)
      ? { run: markOfRun(design, summary.digest) }
      : {};
  }

  function scheduleMirror(): void {
    clearTimeout(mirrorTimer);
    mirrorTimer = setTimeout(mirror, MIRROR_AFTER_MS);
  }

  function keep(state: DocumentState): void {
    const saved = keeper.save(state.opening, workOf(state));
    if (!saved.ok && !storageFailed)
      run.notify(
        `${saved.error} The page’s address has all of the design; kept ones can be deleted under Presets.`,
      );
    storageFailed = !saved.ok;
  }

  function mirror(): void {
    clearTimeout(mirrorTimer);
    mirrorTimer = undefined;
    const { design } = documents.getState();
    keep(documents.getState());
    if (unmended === design) return;
    unmended = undefined;
    const fragment = `#${writeLink(design, moment, comparison.getState().versus)}`;
    if (fragment === written) return;
    written = fragment;
    address.replace(fragment);
  }

  function momentNow(): LinkView {
    const { cursor, speed, watchedKey, followedSession } = view.getState();
    const { span } = excerpt.getState();
    const at = Math.round(cursor);
    return {
      ...(at === 0 ? {} : { at }),
      speed,
      // The most popular key is the one that is followed where nobody says another.
      ...(watchedKey === 0 ? {} : { key: watchedKey }),
      ...(followedSession === undefined ? {} : { session: followedSession }),
      ...(span === undefined ? {} : { window: span }),
    };
  }

  function isMoved(state: ViewState, before: ViewState): boolean {
    const { cursor, speed, watchedKey, followedSession } = state;
    return (
      (!state.playing && (cursor !== before.cursor || before.playing || speed !== before.speed)) ||
      watchedKey !== before.watchedKey ||
      followedSession !== before.followedSession
    );
  }

  const stops = [
    documents.subscribe((state, before) => {
      if (state.problems !== before.problems && state.problems.length === 0) unmended = undefined;
      // Its last changes may not be written yet.
      if (state.opening !== before.opening) keep(before);
      if (state.design !== before.design) {
        tidyView(state, before);
        scheduleRender();
      }
      scheduleMirror();
    }),
    comparison.subscribe((state, before) => {
      if (state.versus !== before.versus) scheduleMirror();
    }),
    excerpt.subscribe((state, before) => {
      if (state.span === before.span) return;
      moment = momentNow();
      scheduleMirror();
    }),
    run.subscribe((state, before) => {
      // Numbers of operations and violations are those of the run before.
      if (state.runId !== before.runId) view.focusViolation(undefined);
      if (state.phase !== before.phase) tellOfEngine();
    }),
    view.subscribe((state, before) => {
      details.update();
      if (state.theme !== before.theme) saveTheme(storage, state.theme);
      if (isMoved(state, before)) {
        moment = momentNow();
        scheduleMirror();
      }
    }),
    address.onChange((fragment) => {
      if (fragment === written) return;
      written = fragment;
      openFragment(fragment);
    }),
    onLeave(() => {
      if (mirrorTimer !== undefined) mirror();
    }),
  ];

  function tidyView({ design }: DocumentState, before: DocumentState): void {
    const { selection, selectedFault, cursor, zoom, watchedKey, followedSession } = view.getState();
    if (selection !== undefined && !places(design).includes(selection)) view.select(undefined);
    if (places(design).join() !== places(before.design).join()) details.leave();
    if (selectedFault !== undefined && selectedFault >= design.faults.length) view.selectFault(undefined);
    if (watchedKey >= design.workload.keys) view.watch(0);
    if (followedSession !== undefined && followedSession >= design.workload.sessions) view.follow(undefined);
    if (design.duration === before.design.duration) return;
    const whole = zoom.from === 0 && zoom.to === before.design.duration;
    view.setZoom(whole ? { from: 0, to: design.duration } : zoom);
    if (cursor > design.duration) view.seek(design.duration);
  }

  const fragment = address.fragment();
  if (fragment.length > 1) openFragment(fragment);
  view.play();
  render();

  return {
    documents,
    run,
    view,
    story: stories.store,
    trials,
    stops: stopsAt,
    freshness,
    excerpt,
    ghost,
    comparison,
    recent: createRecent(storage, keeper, documents),
    link() {
      const { design } = documents.getState();
      const shown = { ...momentNow(), ...markOf(design) };
      return `${address.base()}#${writeLink(design, shown, comparison.getState().versus)}`;
    },
    linkTo: (design, at) =>
      `${address.base()}#${writeLink(design, { ...(at === undefined ? {} : { at }), ...markOf(design) })}`,
    footage(stretch, progress) {
      const { runId, design = documents.getState().design } = run.getState();
      return fetchFootage(client, { run: runId, design }, stretch, progress);
    },
    messages: (from, to) =>
      client.detail(run.getState().runId, { from, to, sample: 'all', focus: [], key: -1 }).result,
    command() {
      const { versus } = comparison.getState();
      const name = versus === undefined ? 'run' : 'compare';
      return `npm run -s throughline -- ${name} '#${writeLink(documents.getState().design, {}, versus)}'`;
    },
    dispose() {
      disposed = true;
      clearTimeout(mirrorTimer);
      for (const stop of stops) stop();
      details.dispose();
      stories.dispose();
      trials.dispose();
      stopsAt.dispose();
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
  const documents = createDocumentStore(design, name, stepsOf(work.value));
  documents.setState({ problems });
  return documents;
}

/** A link of which nothing could be kept says nothing of a design: what is open stays. */
export function isUnreadable({ design, problems }: Pick<LinkReading, 'design' | 'problems'>): boolean {
  return problems.some(({ key }) => key === 'link' || key === 'preset') && sameDesign(design, seedDesign);
}

function places(design: Design): readonly string[] {
  return [...nodesOf(design).map(({ name }) => name), ...LINKS];
}

/** Whether two designs have the same run and the same verdicts, and differ in words or in where things are drawn. */
function looksOtherOnly(a: Design, b: Design): boolean {
  return sameDesign(undressed(a), undressed(b));
}

function undressed(design: Design): Design {
  return { ...design, title: '', notes: '', remarks: [], layout: {} };
}
