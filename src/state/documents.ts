/**
 * The open design, with everything that was done to it. There is one way in, `edit`: whoever changes the design says
 * what changed, and gets undo for it. The store knows nothing of runs, links or screens, and never changes a design in
 * place.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { seedDesign, type Design } from '../design/design.ts';
import { sameDesign } from '../design/links.ts';
import type { Problem } from '../design/problem.ts';

/** What a person did, in words: `cache timeout`, `off` -> `12 ms`. */
export interface Change {
  readonly label: string;
  readonly before?: string;
  readonly after?: string;
}

export interface Step {
  readonly design: Design;
  readonly change: Change;
  /** Which opening the design belongs to, and what that came from. */
  readonly opening: number;
  readonly name: string | undefined;
}

export interface DocumentState {
  readonly design: Design;
  /** What was open before each change, oldest first, at most `HISTORY_LIMIT`; the change is the one that left it. */
  readonly past: readonly Step[];
  /** What was undone, next one first; the change is the one that leads there. */
  readonly future: readonly Step[];
  readonly lastChange: Change | undefined;
  /** Of the link, file or paste that was opened last. */
  readonly problems: readonly Problem[];
  /** Nothing of it could be read, and what was open before is still open. */
  readonly refused: boolean;
  /** The file or preset that the design came from. */
  readonly name: string | undefined;
  /** Which of the designs that were opened here this one goes back to, in the order in which they were, from 0. */
  readonly opening: number;
}

export interface EditOptions {
  /**
   * Edits in a row with the same token are one step of undo: a drag is one change, however many frames it took, and none
   * once it is back where it began.
   */
  readonly coalesce?: string;
}

export interface DocumentStore extends StoreApi<DocumentState> {
  edit(design: Design, change: Change, options?: EditOptions): void;
  undo(): void;
  redo(): void;
  /**
   * Opens another design; what was open is one undo away, behind the `steps` that were made before in what is opened.
   * `name` says where it came from.
   */
  open(design: Design, problems: readonly Problem[], name?: string, steps?: readonly Step[]): void;
  /** Says what is wrong with what was to be opened, of which nothing could be read. What is open stays. */
  refuse(problems: readonly Problem[]): void;
  /** Back to the seed's preset; what was open is one undo away. */
  reset(): void;
  /** Takes one problem off the list once it is mended; without one, all of them. */
  dismissProblems(mended?: Problem): void;
}

/** Steps of undo that are kept; past them the oldest goes. */
export const HISTORY_LIMIT = 200;

/** @param kept what else there is of the design from the beginning */
export function createDocumentStore(
  design: Design,
  kept: Partial<Pick<DocumentState, 'name' | 'past' | 'problems'>> = {},
): DocumentStore {
  const store = createStore<DocumentState>()(() => ({
    design,
    past: [],
    future: [],
    lastChange: undefined,
    problems: [],
    refused: false,
    name: undefined,
    opening: 0,
    ...kept,
  }));
  /** How many steps there were once the design with the problems was open: undone past them, it is no longer open. */
  let opened = 0;
  let openings = 1;
  /** The token of the edit that made the newest step of the past, while more of them may join it. */
  let coalescing: string | undefined;
  /** What was open before that step. */
  let begun: Pick<DocumentState, 'design' | 'past' | 'future'> = store.getState();

  const makeStep = (
    design: Design,
    change: Change,
    options: EditOptions & { readonly opening?: number; readonly steps?: readonly Step[] } = {},
  ): void => {
    const { design: current, past, future, lastChange, opening, name } = store.getState();
    const joins = options.coalesce !== undefined && options.coalesce === coalescing;
    // What has steps of its own is another document, however much it is like this one.
    if (!joins && (options.steps ?? []).length === 0 && sameDesign(design, current)) return;
    coalescing = options.coalesce;
    if (joins && sameDesign(design, begun.design)) {
      coalescing = undefined;
      store.setState({ ...begun, lastChange: undefined });
      return;
    }
    if (joins && lastChange !== undefined) {
      const joined = { ...change, ...(lastChange.before === undefined ? {} : { before: lastChange.before }) };
      const last = past.at(-1);
      store.setState({
        design,
        past: last === undefined ? past : [...past.slice(0, -1), { ...last, change: joined }],
        lastChange: joined,
      });
      return;
    }
    begun = { design: current, past, future };
    const next = options.opening ?? opening;
    const steps = (options.steps ?? []).map((step) => ({ ...step, opening: next }));
    store.setState({
      design,
      past: [...past, { design: current, change, opening, name }, ...steps].slice(-HISTORY_LIMIT),
      future: [],
      lastChange: change,
      opening: next,
    });
  };

  return Object.assign(store, {
    edit(design: Design, change: Change, options?: EditOptions) {
      makeStep(design, change, options);
    },

    undo() {
      const { design, past, future, opening, name } = store.getState();
      const last = past.at(-1);
      if (last === undefined) return;
      coalescing = undefined;
      store.setState({
        design: last.design,
        past: past.slice(0, -1),
        future: [{ design, change: last.change, opening, name }, ...future],
        opening: last.opening,
        name: last.name,
        lastChange: inverse(last.change),
        ...(past.length <= opened ? { problems: [] } : {}),
      });
    },

    redo() {
      const { design, past, future, opening, name } = store.getState();
      const next = future[0];
      if (next === undefined) return;
      coalescing = undefined;
      store.setState({
        design: next.design,
        past: [...past, { design, change: next.change, opening, name }],
        opening: next.opening,
        name: next.name,
        future: future.slice(1),
        lastChange: next.change,
      });
    },

    open(design: Design, problems: readonly Problem[], from?: string, steps: readonly Step[] = []) {
      coalescing = undefined;
      const label = from === undefined ? 'opened a link' : `opened ${from}`;
      makeStep(design, { label }, { opening: openings++, steps });
      opened = store.getState().past.length;
      store.setState({ problems, refused: false, name: from });
    },

    refuse(problems: readonly Problem[]) {
      opened = 0;
      store.setState({ problems, refused: true });
    },

    reset() {
      coalescing = undefined;
      makeStep(seedDesign, { label: 'reset' }, { opening: openings++ });
      store.setState({ problems: [], name: undefined });
    },

    dismissProblems(mended?: Problem) {
      const { problems } = store.getState();
      store.setState({ problems: mended === undefined ? [] : problems.filter((each) => each !== mended) });
    },
  });
}

/** Whether two designs have the same run and the same verdicts: they differ in words, or in where things are drawn. */
export function sameRun(a: Design, b: Design): boolean {
  return sameDesign(withoutAnnotations(a), withoutAnnotations(b));
}

/** The design without what no run depends on: its words, and where things are drawn. */
export function withoutAnnotations(design: Design): Design {
  return { ...design, title: '', notes: '', remarks: [], layout: {} };
}

function inverse({ label, before, after }: Change): Change {
  return {
    label: `undo: ${label}`,
    ...(after === undefined ? {} : { before: after }),
    ...(before === undefined ? {} : { after: before }),
  };
}
