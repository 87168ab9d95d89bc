/**
 * The open document and its link: what a link says is opened, and what is open is mirrored to the address and to what
 * the browser keeps, once nothing has changed for a moment. It renders nothing.
 */
import { seedDesign, type Design } from '../design/design.ts';
import { linkMeantByQuery } from '../design/linkAddress.ts';
import { readLink, writeLink, type Beside, type LinkReading, type LinkView } from '../design/links.ts';
import { isOfAnotherRun, markOfRun } from '../design/runMark.ts';
import type { Address } from './address.ts';
import type { ComparisonStore } from './comparison.ts';
import { sameDesign, type DocumentState, type DocumentStore } from './documents.ts';
import type { ExcerptStore } from './excerpts.ts';
import type { GhostStore } from './ghost.ts';
import { workOf } from './history.ts';
import type { Keeper } from './keeper.ts';
import { wordsOfMissing } from './missing.ts';
import type { RunStore } from './run.ts';
import type { ViewState, ViewStore } from './view.ts';

/** How long nothing has to change before work and address are written, milliseconds. */
export const MIRROR_AFTER_MS = 300;

const ENGINE_CHANGED =
  'The engine has changed since this link was made: figures may differ from those that its maker saw.';

/** What a link is made of, and what it opens. */
interface Mirrored {
  readonly documents: DocumentStore;
  readonly run: RunStore;
  readonly view: ViewStore;
  readonly excerpt: ExcerptStore;
  readonly comparison: ComparisonStore;
  readonly ghost: GhostStore;
}

interface Outside {
  readonly keeper: Keeper;
  readonly address: Address;
  /** Calls back when the page is about to go; returns how to stop that. */
  readonly onLeave: (listener: () => void) => () => void;
}

export interface Mirror {
  /** The full address of what is shown, the moment included. */
  readonly link: () => string;
  /** The full address of a design alone, at an instant (microseconds) or at its beginning. */
  readonly linkTo: (design: Design, at?: number) => string;
  dispose(): void;
}

/** Opens what the address says, if it says anything, and mirrors from then on. */
export function createMirror(
  { documents, run, view, excerpt, comparison, ghost }: Mirrored,
  { keeper, address, onLeave }: Outside,
): Mirror {
  /** A link whose text is wrong stays in the address bar, to be mended, until what it opened is changed. */
  let unmended: Design | undefined;
  /** The moment in the address: where the eye last stood still. */
  let moment: LinkView = {};
  let written = '';
  let mirrorTimer: ReturnType<typeof setTimeout> | undefined;
  /** What was said when the work could not be kept, until it can. */
  let notKept: string | undefined;

  /** What the link that was opened last says of the run that its maker saw. */
  let marked: string | undefined;

  function openFragment(fragment: string): void {
    const link = readLink(fragment);
    if (isUnreadable(link)) {
      documents.refuse(link.problems);
    } else {
      documents.open(link.design, link.problems);
      const missing = wordsOfMissing(link.design);
      if (missing !== undefined) run.notify(missing);
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
      if (link.ghost === undefined) ghost.letGo();
      else ghost.pin(link.ghost);
    }
    unmended = link.problems.length > 0 ? documents.getState().design : undefined;
  }

  /** Of an address whose settings have no # before them nothing is opened. */
  function tellOfQuery(query: string): void {
    const meant = linkMeantByQuery(query);
    if (meant !== undefined)
      run.notify(`The settings of this address have no # before them and are not read. Write: ${meant}`);
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
    if (saved.ok) {
      if (notKept !== undefined && run.getState().notice === notKept) run.dismissNotice();
      notKept = undefined;
    } else if (notKept === undefined) {
      notKept = `${saved.error} The page’s address has all of the design.`;
      run.notify(notKept);
    }
  }

  function mirror(): void {
    clearTimeout(mirrorTimer);
    mirrorTimer = undefined;
    const { design } = documents.getState();
    keep(documents.getState());
    if (unmended === design) return;
    unmended = undefined;
    const fragment = `#${writeLink(design, moment, beside())}`;
    if (fragment === written) return;
    written = fragment;
    address.replace(fragment);
  }

  /** The designs whose runs are drawn beside the open one's. */
  function beside(): Beside {
    const { choice, design } = ghost.getState();
    return { versus: comparison.getState().versus, ghost: choice === 'pinned' ? design : undefined };
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

  const stops = [
    documents.subscribe((state, before) => {
      if (state.problems !== before.problems && state.problems.length === 0) unmended = undefined;
      // Its last changes may not be written yet.
      if (state.opening !== before.opening) keep(before);
      scheduleMirror();
    }),
    comparison.subscribe((state, before) => {
      if (state.versus !== before.versus) scheduleMirror();
    }),
    ghost.subscribe((state, before) => {
      if (state.choice !== before.choice || state.design !== before.design) scheduleMirror();
    }),
    excerpt.subscribe((state, before) => {
      if (state.span === before.span) return;
      moment = momentNow();
      scheduleMirror();
    }),
    run.subscribe((state, before) => {
      if (state.phase !== before.phase) tellOfEngine();
    }),
    view.subscribe((state, before) => {
      if (!isMoved(state, before)) return;
      moment = momentNow();
      scheduleMirror();
    }),
    address.onChange((fragment) => {
      written = fragment;
      openFragment(fragment);
    }),
    onLeave(() => {
      if (mirrorTimer !== undefined) mirror();
    }),
  ];

  const fragment = address.fragment();
  if (fragment.length > 1) openFragment(fragment);
  else tellOfQuery(address.query());

  return {
    link: () => {
      const { design } = documents.getState();
      const shown = { ...momentNow(), ...markOf(design) };
      return `${address.base()}#${writeLink(design, shown, beside())}`;
    },
    linkTo: (design, at) =>
      `${address.base()}#${writeLink(design, { ...(at === undefined ? {} : { at }), ...markOf(design) })}`,
    dispose() {
      clearTimeout(mirrorTimer);
      for (const stop of stops) stop();
    },
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

/** A link of which nothing could be kept says nothing of a design: what is open stays. */
export function isUnreadable({ design, problems }: Pick<LinkReading, 'design' | 'problems'>): boolean {
  return problems.some(({ key }) => key === 'link' || key === 'preset') && sameDesign(design, seedDesign);
}
