/**
 * Keeps the detail window around the cursor in the view: fetches it when the cursor comes to another one, the next one
 * before the cursor gets there, and the one that a pointer rests on, which is likely to be pressed. One request is under
 * way at the most; what is wanted next is decided when it has been answered, by where the cursor is then. Until a window
 * at full speed is there, what the run's film knows of it is shown. It never draws and never decides what a window is.
 */
import type { Design } from '../design/design.ts';
import { VIOLATION, VIOLATION_WIDTH } from '../design/readings.ts';
import type { DetailReading, DetailRequest } from '../engine/readings.ts';
import type { WatchedDetail } from '../replay/detail.ts';
import type { EngineClient, PendingDetail } from '../worker/client.ts';
import { KeptWindows } from './keptWindows.ts';
import type { RenderedDesign, RunStore } from './run.ts';
import { Sketches } from './sketches.ts';
import { selectableNames } from './tidyView.ts';
import type { Pointed, ViewStore } from './view.ts';
import { prefetchCursor, requestFor, windowAt, type DetailWindow } from './windows.ts';

/** How often a window's step is halved because the run was denser than thought. */
export const DENSER_LIMIT = 6;

interface Wanted {
  readonly name: string;
  readonly window: DetailWindow;
  readonly request: DetailRequest;
}

export interface Details {
  /** Another run takes the place of the one before; its design says what lies where. */
  follow(run: number, design: Design): void;
  /** This design is open now: as long as it has other places than the run that is followed, that one's windows would light the wrong ones. */
  open(design: Design): void;
  /** The cursor, the speed, the watched key, the focus or what is seen may have changed. */
  update(): void;
  dispose(): void;
}

/** What tells whether a window is to be asked for at all. */
interface Circumstances {
  /** Something covers the messages, so that nobody waits for any. */
  readonly isCovered: () => boolean;
  /** Nothing is to be asked for where a sketch will do. */
  readonly isBusy: () => boolean;
}

export function createDetails(
  client: EngineClient,
  view: ViewStore,
  run: RunStore,
  { isCovered, isBusy }: Circumstances,
): Details {
  let followed: RenderedDesign | undefined;
  let isElsewhere = false;
  let denser = 0;
  const kept = new KeptWindows();
  const sketches = new Sketches(run);
  let inFlight: { name: string; pending: PendingDetail; run: number } | undefined;
  let disposed = false;

  /** @param violation row of the one that is looked at then */
  function wantedAt(cursor: number, design: Design, violation = view.getState().focusedViolation): Wanted {
    const { speed, watchedKey, followedSession, focusedOperation } = view.getState();
    // At the very end of the run the last window is shown, not the one that would begin there.
    const window = windowAt(Math.min(cursor, design.duration - 1), speed, design, denser);
    const operation =
      violation === undefined ? focusedOperation?.operation : ofViolation(violation, 'operation');
    const focus = operation === undefined || operation < 0 ? [] : [operation];
    const { from, to, sample } = window;
    return {
      name: [from, to, sample, watchedKey, followedSession ?? 'nobody', ...focus].join(' '),
      window,
      request: requestFor(window, { key: watchedKey, session: followedSession, focus }),
    };
  }

  function update(): void {
    if (followed === undefined || isElsewhere || disposed) return;
    if (isCovered()) {
      inFlight?.pending.cancel();
      setPending(false);
      if (view.getState().detail !== undefined) view.setState({ detail: undefined });
      return;
    }
    const { design } = followed;
    const { cursor, playing, speed, pointed } = view.getState();
    const now = wantedAt(cursor, design);
    const have = kept.has(now.name);
    if (have) show(now.name);
    else showSketch(now.window, followed);
    setPending(!have);
    if (isBusy() && sketches.isToBeHad(now.window, followed)) return;
    const ahead = playing ? prefetchCursor(cursor, speed, now.window) : undefined;
    const next = ahead === undefined || ahead >= design.duration ? undefined : wantedAt(ahead, design);
    const guess = pointed === undefined ? undefined : guessAt(pointed, design);
    const missing = [now, next, guess].find((wanted) => wanted !== undefined && !kept.has(wanted.name));
    if (missing === undefined) return;
    if (inFlight === undefined) fetch(missing, followed.run);
    // What is under way is of no use any more, or not yet: the answer, whatever it is, leads back here.
    else if (![now.name, next?.name, missing.name].includes(inFlight.name)) inFlight.pending.cancel();
  }

  /** The window that a press there would show, if there is nothing to wait for. */
  function guessAt(pointed: Pointed, design: Design): Wanted | undefined {
    const at = 'at' in pointed ? pointed.at : ofViolation(pointed.row, 'time');
    if (at === undefined) return undefined;
    const wanted = 'at' in pointed ? wantedAt(at, design) : wantedAt(at, design, pointed.row);
    return wanted.request.to <= run.getState().renderedTo ? wanted : undefined;
  }

  function ofViolation(row: number, column: 'operation' | 'time'): number | undefined {
    return run.getState().violations[row * VIOLATION_WIDTH + VIOLATION[column]];
  }

  function fetch({ name, request }: Wanted, id: number): void {
    const pending = client.detail(id, request);
    inFlight = { name, pending, run: id };
    void pending.result.then((answer) => {
      inFlight = undefined;
      if (disposed) return;
      if (followed?.run === id) {
        if (answer.ok) keep(name, watched(answer.value, request));
        else if (answer.error !== 'cancelled') {
          keep(name, undefined);
          // A run that failed has said why already.
          if (run.getState().phase !== 'failed')
            run.notify(`The messages of this moment cannot be shown: ${answer.error}`);
        }
      }
      update();
    });
  }

  function keep(name: string, detail: WatchedDetail | undefined): void {
    if (detail?.truncated === true && denser < DENSER_LIMIT) {
      denser++;
      return;
    }
    kept.keep(name, detail, view.getState().detail);
  }

  function show(name: string): void {
    const detail = kept.get(name);
    if (detail === view.getState().detail) return;
    kept.renew(name);
    view.setState({ detail });
  }

  function showSketch(window: DetailWindow, of: RenderedDesign): void {
    const { cursor, detail: shown } = view.getState();
    const detail = sketches.of(window, cursor, of);
    if (detail !== undefined && detail !== shown) view.setState({ detail });
  }

  function setPending(detailPending: boolean): void {
    if (detailPending !== view.getState().detailPending) view.setState({ detailPending });
  }

  return {
    follow(id, design) {
      followed = { run: id, design };
      isElsewhere = false;
      denser = 0;
      kept.clear();
      sketches.clear();
      update();
    },
    update,
    open(design) {
      const wasElsewhere = isElsewhere;
      isElsewhere = followed !== undefined && placesOf(design) !== placesOf(followed.design);
      if (isElsewhere) view.setState({ detail: undefined });
      else if (wasElsewhere) update();
    },
    dispose() {
      disposed = true;
      inFlight?.pending.cancel();
    },
  };
}

function placesOf(design: Design): string {
  return selectableNames(design).join();
}

/** A detail with what it was asked for: whom it was asked to follow is drawn. */
export function watched(detail: DetailReading, { key, focus }: DetailRequest): WatchedDetail {
  return { ...detail, key, focus: new Set([...focus, ...detail.ofSession]) };
}
