/**
 * Where the eye is: the cursor in the run, what is selected, what is watched. Never in the document, partly in the
 * link. The cursor moves through a run that is rendered already or just being rendered: it waits where nothing is yet.
 * The store never asks for anything to be run.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { PACE, type Speed } from '../design/linkView.ts';
import { VIOLATION, VIOLATION_WIDTH } from '../design/readings.ts';
import type { WatchedDetail } from '../replay/detail.ts';
import { nextInstant, previousInstant } from '../replay/steps.ts';

export type Theme = 'dark' | 'light' | 'system';

/** An operation that is looked at: its id, its key, and an instant at which it was under way. */
export interface OperationFocus {
  readonly operation: number;
  /** Rank. */
  readonly key: number;
  /** Microseconds. */
  readonly at: number;
}

/** A place of the timeline: an instant in microseconds, or a violation by its row in the run's. */
export type Pointed = { readonly at: number } | { readonly row: number };

export interface ViewState {
  /** Microseconds, a real number. */
  readonly cursor: number;
  readonly playing: boolean;
  /** Play has reached the end of the run; the transport offers to go round. */
  readonly ended: boolean;
  readonly speed: Speed;
  /** A node's name, or a link's like `app-cache`. */
  readonly selection: string | undefined;
  /** Index in the design's faults. */
  readonly selectedFault: number | undefined;
  /** Rank of the key whose version every node shows. */
  readonly watchedKey: number;
  /** The session whose operations are always drawn, and named. */
  readonly followedSession: number | undefined;
  /** Row in the run's violations. */
  readonly focusedViolation: number | undefined;
  /** The operation whose story is told, if it is not that of a violation. */
  readonly focusedOperation: OperationFocus | undefined;
  /** The story stands beside the diagram, not in its place. */
  readonly storyBeside: boolean;
  readonly theme: Theme;
  /** The timeline's visible window, microseconds. */
  readonly zoom: { readonly from: number; readonly to: number };
  /** Key of the metric that is shown alone in its chart. */
  readonly solo: string | undefined;
  /** Where a pointer rests: one may go there next. */
  readonly pointed: Pointed | undefined;
  /** Covers the cursor when fresh. */
  readonly detail: WatchedDetail | undefined;
  readonly detailPending: boolean;
  /** There is a picture that play can move. */
  readonly staged: boolean;
  /** Play waits while it is looked up where it is to be held. */
  readonly waits: boolean;
}

export interface ViewStore extends StoreApi<ViewState> {
  seek(us: number): void;
  play(): void;
  pause(): void;
  toggle(): void;
  setSpeed(speed: Speed): void;
  select(name: string | undefined): void;
  selectFault(index: number | undefined): void;
  /** Stops at it, too. */
  focusViolation(row: number | undefined): void;
  /** Stops where it is under way. */
  focusOperation(focus: OperationFocus | undefined): void;
  placeStory(beside: boolean): void;
  watch(key: number): void;
  follow(session: number | undefined): void;
  setTheme(theme: Theme): void;
  setZoom(zoom: { readonly from: number; readonly to: number }): void;
  setSolo(metric: string | undefined): void;
  /** The first picture of a run was drawn. */
  stage(): void;
  wait(waits: boolean): void;
  /** Undefined: nowhere. */
  point(pointed: Pointed | undefined): void;
  /** Stops, and goes to the next or the previous message of the detail; by `BLIND_STEP_US` where there is none. */
  step(direction: 1 | -1): void;
  /** Lets wall time pass; called once a frame. */
  tick(elapsedMs: number): void;
}

/** What the view has to know of the run. */
export interface Horizon {
  /** Length of the open design's run, microseconds. */
  duration(): number;
  /** The cursor waits here while the run is being rendered, microseconds. */
  renderedTo(): number;
  /** Nothing more is rendered. */
  isOver(): boolean;
  violations(): Int32Array;
}

/** The shortest window that the timeline shows, microseconds. At 1 microsecond a pixel nothing is left to tell apart. */
export const SHORTEST_WINDOW_US = 2_000;
/** How far a step goes where no message is known, microseconds. */
export const BLIND_STEP_US = 1_000;

/** @param horizon how far the cursor may go, and what there is to go to */
export function createViewStore(horizon: Horizon, initial: Partial<ViewState> = {}): ViewStore {
  const store = createStore<ViewState>()(() => ({
    cursor: 0,
    playing: false,
    ended: false,
    speed: '1',
    selection: undefined,
    selectedFault: undefined,
    watchedKey: 0,
    followedSession: undefined,
    focusedViolation: undefined,
    focusedOperation: undefined,
    storyBeside: false,
    theme: 'system',
    zoom: { from: 0, to: horizon.duration() },
    solo: undefined,
    pointed: undefined,
    detail: undefined,
    detailPending: false,
    staged: true,
    waits: false,
    ...initial,
  }));
  const { setState: set, getState: get } = store;
  /** Where play ends: before the duration where a limit ended the run. */
  const end = (): number =>
    horizon.isOver() ? Math.min(horizon.renderedTo(), horizon.duration()) : horizon.duration();
  const inRun = (us: number): number => Math.min(Math.max(us, 0), horizon.duration());

  const seek = (us: number): void => {
    if (!Number.isNaN(us)) set({ cursor: inRun(us), ended: false });
  };
  const play = (): void => {
    if (get().cursor >= end()) seek(0);
    set({ playing: true, ended: false });
  };
  const pause = (): void => {
    set({ playing: false });
  };
  /** Goes there in the same step as what is looked at: nobody is to fetch that moment without it first. */
  const stoppedAt = (us: number | undefined): Partial<ViewState> =>
    us === undefined ? {} : { playing: false, cursor: inRun(us), ended: false };

  return Object.assign(store, {
    seek,
    play,
    pause,

    toggle() {
      if (get().playing) pause();
      else play();
    },

    setSpeed(speed: Speed) {
      set({ speed });
    },

    select(selection: string | undefined) {
      set({ selection, ...(selection === undefined ? {} : { selectedFault: undefined }) });
    },

    selectFault(selectedFault: number | undefined) {
      set({ selectedFault, ...(selectedFault === undefined ? {} : { selection: undefined }) });
    },

    focusViolation(row: number | undefined) {
      const time =
        row === undefined ? undefined : horizon.violations()[row * VIOLATION_WIDTH + VIOLATION.time];
      set({
        ...stoppedAt(time),
        focusedViolation: time === undefined ? undefined : row,
        focusedOperation: undefined,
      });
    },

    focusOperation(focusedOperation: OperationFocus | undefined) {
      set({ ...stoppedAt(focusedOperation?.at), focusedOperation, focusedViolation: undefined });
    },

    placeStory(storyBeside: boolean) {
      set({ storyBeside });
    },

    watch(watchedKey: number) {
      if (Number.isInteger(watchedKey) && watchedKey >= 0) set({ watchedKey });
    },

    follow(followedSession: number | undefined) {
      set({ followedSession });
    },

    setTheme(theme: Theme) {
      set({ theme });
    },

    setZoom({ from, to }: { readonly from: number; readonly to: number }) {
      const duration = horizon.duration();
      const length = Math.min(Math.max(to - from, SHORTEST_WINDOW_US), duration);
      const start = Math.min(Math.max(from, 0), duration - length);
      set({ zoom: { from: start, to: start + length } });
    },

    setSolo(solo: string | undefined) {
      set({ solo });
    },

    stage() {
      if (!get().staged) set({ staged: true });
    },

    wait(waits: boolean) {
      if (get().waits !== waits) set({ waits });
    },

    point(pointed: Pointed | undefined) {
      set({ pointed });
    },

    step(direction: 1 | -1) {
      const { cursor, detail } = get();
      pause();
      seek(stepWithin(detail, cursor, direction) ?? cursor + direction * BLIND_STEP_US);
    },

    tick(elapsedMs: number) {
      const { cursor, playing, speed, detail, detailPending, staged, waits } = get();
      // As a film does that is not there yet: what is missed would be what one came for.
      if (!playing || !staged || waits || (detailPending && !isSketched(detail, cursor))) return;
      const last = end();
      const wished = cursor + elapsedMs * 1000 * PACE[speed];
      const reached = Math.max(cursor, Math.min(wished, horizon.renderedTo(), last));
      if (reached >= last) set({ cursor: reached, playing: false, ended: true });
      else if (reached !== cursor) set({ cursor: reached });
    },
  });
}

function isSketched(detail: WatchedDetail | undefined, cursor: number): boolean {
  return detail?.sketched === true && cursor >= detail.from && cursor < detail.to;
}

/** Where a step ends: at a message of the detail, or at its edge, past which other messages may be; undefined outside. */
function stepWithin(
  detail: WatchedDetail | undefined,
  cursor: number,
  direction: 1 | -1,
): number | undefined {
  if (detail === undefined) return undefined;
  if (direction === 1) {
    return cursor >= detail.from && cursor < detail.to
      ? (nextInstant(detail, cursor) ?? detail.to)
      : undefined;
  }
  return cursor > detail.from && cursor <= detail.to
    ? (previousInstant(detail, cursor) ?? detail.from)
    : undefined;
}
