/**
 * The open document and its link: what a link says is opened, and what is open is mirrored to the address and to what
 * the browser keeps, once nothing has changed for a moment. It renders nothing.
 */
import type { Design } from '../design/design.ts';
import { linkMeantByQuery } from '../design/linkAddress.ts';
import { isUnreadable, readLink, writeLink, type Beside, type LinkReading } from '../design/links.ts';
import type { LinkView } from '../design/linkView.ts';
import type { Address } from './address.ts';
import type { ComparisonStore } from './comparison.ts';
import type { DocumentState, DocumentStore } from './documents.ts';
import type { ExcerptStore } from './excerpts.ts';
import type { GhostStore } from './ghost.ts';
import { workOf } from './history.ts';
import type { Keeper } from './keeper.ts';
import { meantBy, noteLeft } from './left.ts';
import { createMakersRun } from './makersRun.ts';
import { wordsOfMissing } from './missing.ts';
import type { RunStore } from './run.ts';
import type { ViewState, ViewStore } from './view.ts';
import type { KeyValue } from './work.ts';

/** How long nothing has to change before work and address are written, milliseconds. */
export const MIRROR_AFTER_MS = 300;

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
  readonly tab: KeyValue | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
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
export function createMirror(mirrored: Mirrored, { keeper, tab, now, address, onLeave }: Outside): Mirror {
  const { documents, run, view, excerpt, comparison, ghost } = mirrored;
  const makersRun = createMakersRun(run, documents);
  const keep = keepingBy(keeper, run);
  /** A link whose text is wrong stays in the address bar, to be mended, until what it opened is changed. */
  let unmended: Design | undefined;
  /** The moment in the address: where the eye last stood still. */
  let moment: LinkView = {};
  let written = '';
  let mirrorTimer: ReturnType<typeof setTimeout> | undefined;

  function openFragment(fragment: string): void {
    const link = readLink(fragment);
    if (isUnreadable(link)) {
      documents.refuse(link.problems);
    } else {
      documents.open(link.design, link.problems);
      const missing = wordsOfMissing(link.design);
      if (missing !== undefined) run.notify(missing);
      const { run: mark, ...rest } = link.view;
      moment = rest;
      makersRun.opened(mark);
      lookAs(link, mirrored);
    }
    unmended = link.problems.length > 0 ? documents.getState().design : undefined;
  }

  /** Of an address whose settings have no # before them nothing is opened. */
  function tellOfQuery(query: string): void {
    const meant = linkMeantByQuery(query);
    if (meant !== undefined)
      run.notify(`The settings of this address have no # before them and are not read. Write: ${meant}`);
  }

  function scheduleMirror(): void {
    clearTimeout(mirrorTimer);
    mirrorTimer = setTimeout(mirror, MIRROR_AFTER_MS);
  }

  function mirror(): void {
    clearTimeout(mirrorTimer);
    mirrorTimer = undefined;
    const { design } = documents.getState();
    keep(documents.getState());
    if (unmended === design) return;
    unmended = undefined;
    const fragment = `#${writeLink(design, moment, besideOf(mirrored))}`;
    if (fragment === written) return;
    written = fragment;
    address.replace(fragment);
  }

  function follow(): void {
    moment = momentOf(mirrored);
    scheduleMirror();
  }

  const subscriptions = [
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
      if (state.span !== before.span) follow();
    }),
    view.subscribe((state, before) => {
      if (isMoved(state, before)) follow();
    }),
    address.onChange((fragment) => {
      written = fragment;
      openFragment(fragment);
    }),
    onLeave(() => {
      const said = address.fragment();
      if (mirrorTimer !== undefined) mirror();
      if (address.fragment() !== said) noteLeft(tab, said, address.fragment(), now());
    }),
  ];

  const fragment = meantBy(tab, address.fragment(), now());
  if (fragment.length > 1) openFragment(fragment);
  else tellOfQuery(address.query());

  return {
    link: () => {
      const { design } = documents.getState();
      const shown = { ...momentOf(mirrored), ...makersRun.markOf(design) };
      return `${address.base()}#${writeLink(design, shown, besideOf(mirrored))}`;
    },
    linkTo: (design, at) =>
      `${address.base()}#${writeLink(design, { ...(at === undefined ? {} : { at }), ...makersRun.markOf(design) })}`,
    dispose() {
      clearTimeout(mirrorTimer);
      makersRun.dispose();
      for (const end of subscriptions) end();
    },
  };
}

/** Shows what whoever made a link saw: the moment, the key, the session and the window, and the designs beside. */
function lookAs(link: LinkReading, { view, excerpt, comparison, ghost }: Mirrored): void {
  const { at = 0, speed = '1', key = 0, session, window } = link.view;
  view.setSpeed(speed);
  view.seek(at);
  view.watch(key);
  view.follow(session);
  excerpt.mark(window);
  if (link.versus === undefined) comparison.close();
  else comparison.open(link.versus);
  if (link.ghost === undefined) ghost.letGo();
  else ghost.pin(link.ghost);
}

/** What `lookAs` would show again, but for the designs beside. */
function momentOf({ view, excerpt }: Mirrored): LinkView {
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

/** The designs whose runs are drawn beside the open one's. */
function besideOf({ comparison, ghost }: Mirrored): Beside {
  const { choice, design } = ghost.getState();
  return { versus: comparison.getState().versus, ghost: choice === 'pinned' ? design : undefined };
}

/** Keeps a document; that this cannot be done is said once, until it can. */
function keepingBy(keeper: Keeper, run: RunStore): (state: DocumentState) => void {
  let said: string | undefined;
  return (state) => {
    const saved = keeper.save(state.opening, workOf(state));
    if (saved.ok) {
      if (said !== undefined && run.getState().notice === said) run.dismissNotice();
      said = undefined;
    } else if (said === undefined) {
      said = `${saved.error} The page’s address has all of the design.`;
      run.notify(said);
    }
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
