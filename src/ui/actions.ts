/**
 * What a person can do with more than one store at once, each as one function of the session: keys, menus, cards and
 * lanes call the same ones, so that the same act is the same change with the same words. They read state once and write
 * through the stores' own ways in; nothing is remembered here. Those on faults are in `faultEdits.ts`.
 */
import { clamp } from '../base/clamp.ts';
import { MS } from '../base/scale.ts';
import type { Design, Policy } from '../design/design.ts';
import { LIMITS } from '../design/limits.ts';
import { SPEEDS } from '../design/linkView.ts';
import { nextBeginning } from '../replay/followed.ts';
import { underWayAt } from '../replay/underWay.ts';
import type { Session } from '../state/session.ts';
import { grainOf, pan, snap, zoomAround } from './charts/axis.ts';
import { nameOf } from './designName.ts';
import { closeGallery } from './gallery/sheet.ts';
import { say } from './said.ts';
import { EDGE_IDS } from './timeline/markedSpan.ts';
import { waitFor } from './waiting.ts';

export function choosePolicy({ documents }: Session, policy: Policy): void {
  const { design } = documents.getState();
  documents.edit({ ...design, policy }, { label: 'policy', before: design.policy, after: policy });
}

export function setTitle({ documents }: Session, title: string): void {
  const { design } = documents.getState();
  documents.edit({ ...design, title: title.slice(0, LIMITS.title) }, { label: 'title' });
}

/** Opens another design in place of the one that is open, which is one undo away. */
export function openDesign({ documents }: Session, design: Design, label: string): void {
  documents.edit(design, { label });
}

/**
 * Opens the comparison, or closes it. The other design is what was open before the last change, and where nothing was
 * changed yet, this one under the policy that most would weigh it against.
 */
export function toggleComparison({ comparison, documents, run }: Session): void {
  // It would lie over what was asked for.
  closeGallery();
  if (comparison.getState().versus !== undefined) {
    comparison.close();
    return;
  }
  const { design } = documents.getState();
  const other: Policy = design.policy === 'look-aside' ? 'write-through' : 'look-aside';
  comparison.open(run.getState().previous?.design ?? { ...design, policy: other });
}

/** Draws another design's run behind the charts. */
export function pinAsGhost({ ghost }: Session, design: Design): void {
  ghost.pin(design);
  say(`${nameOf(design)} is the ghost of the charts, once it is rendered.`);
}

export function changePace({ view }: Session, direction: 1 | -1): void {
  // The fastest stands first.
  const speed = SPEEDS[SPEEDS.indexOf(view.getState().speed) - direction];
  if (speed !== undefined) view.setSpeed(speed);
}

const NUDGE_US = 100 * MS;

export function nudge({ view }: Session, direction: 1 | -1): void {
  view.seek(view.getState().cursor + direction * NUDGE_US);
}

export function showWholeRun({ view, documents }: Session): void {
  view.setZoom({ from: 0, to: documents.getState().design.duration });
}

/** Marks a window of a tenth of what is shown, around the playhead, and gives its first edge the focus; or marks none again. */
export function toggleWindow({ excerpt, view, documents }: Session): void {
  if (excerpt.getState().span !== undefined) {
    excerpt.mark(undefined);
    return;
  }
  const { zoom, cursor } = view.getState();
  const { duration } = documents.getState().design;
  const length = (zoom.to - zoom.from) / 10;
  const from = clamp(snap(cursor - length / 2, grainOf({ ...zoom, width: 1000 })), 0, duration - length);
  excerpt.mark({ from, to: from + length });
  // Its figures come into sight: on a small screen there is no room for the edge as well.
  requestAnimationFrame(() => document.getElementById(EDGE_IDS.from)?.focus({ preventScroll: true }));
}

/** Zooms the time axis around the playhead, or around the middle of what is shown where it is out of sight. */
export function zoomTimeline({ view, documents }: Session, factor: number): void {
  const { zoom, cursor } = view.getState();
  const seen = cursor >= zoom.from && cursor <= zoom.to;
  const at = seen ? cursor : (zoom.from + zoom.to) / 2;
  view.setZoom(zoomAround(zoom, at, factor, documents.getState().design.duration));
}

/** Moves the window of time by half of its length. */
export function panTimeline({ view, documents }: Session, direction: 1 | -1): void {
  const { zoom } = view.getState();
  const { duration } = documents.getState().design;
  view.setZoom(pan(zoom, (direction * (zoom.to - zoom.from)) / 2, duration));
}

/**
 * Opens the story of the next operation that is under way at the cursor; round at the end. Where the messages of this
 * moment are not there yet, it waits for them.
 */
export function focusNextOperation(session: Session, direction: 1 | -1): void {
  const { view } = session;
  const { detail, detailPending, cursor, focusedOperation } = view.getState();
  const known = detail !== undefined && detail.from <= cursor && cursor < detail.to;
  if (detailPending && !known) {
    const stop = waitFor('The story opens as soon as the messages of this moment are there.', [
      view.subscribe((state) => {
        if (state.detailPending && state.cursor === cursor) return;
        stop();
        // Whoever has moved on meanwhile is not called back.
        if (state.cursor === cursor) focusNextOperation(session, direction);
      }),
    ]);
    return;
  }
  const operations = known ? underWayAt(detail, cursor) : [];
  const at = operations.findIndex(({ operation }) => operation === focusedOperation?.operation);
  const next = operations.at(at < 0 ? (direction === 1 ? 0 : -1) : (at + direction) % operations.length);
  if (next === undefined) say('No operation that is known here is under way at this moment.');
  else view.focusOperation({ operation: next.operation, key: next.key, at: cursor });
}

/** So much of the run is looked through at once for the next operation of whom somebody follows, microseconds. */
const LOOK_US = 100 * MS;
/** And so much of it in all. */
const LOOK_LIMIT_US = 3000 * MS;

/** Stops, and goes to where the next operation of the session that is followed begins; where none is, of the key. */
export async function goToNextFollowed(open: Session): Promise<void> {
  const { view, documents } = open;
  view.pause();
  const { cursor, followedSession: session, watchedKey: key } = view.getState();
  const { duration } = documents.getState().design;
  const whose = session === undefined ? `key ${key}` : `session ${session}`;
  const end = Math.min(duration, cursor + LOOK_LIMIT_US);
  for (let from = Math.floor(cursor); from < end; from += LOOK_US) {
    const window = await open.messages(from, Math.min(end, from + LOOK_US));
    // Whoever has moved on meanwhile is not called back.
    if (view.getState().cursor !== cursor) return;
    if (!window.ok) {
      // Where another run has begun, what was asked of the one before means nothing any more.
      if (window.error !== 'cancelled')
        say(`The next operation of ${whose} cannot be looked for: ${window.error}`);
      return;
    }
    const at = nextBeginning(window.value, { session, key }, cursor);
    if (at === undefined) continue;
    view.seek(at);
    return;
  }
  say(`No operation of ${whose} begins in the next ${LOOK_LIMIT_US / 1e6} s.`);
}

export function closeStory({ view }: Session): void {
  view.focusViolation(undefined);
}

/** The story beside the diagram, which then shows every hop of its key; or the story alone again. */
export function turnToDiagram({ view, story }: Session): void {
  const { storyBeside } = view.getState();
  const told = story.getState();
  view.placeStory(!storyBeside);
  if (storyBeside || told.phase !== 'told') return;
  const { subject } = told.story;
  view.watch(subject.kind === 'violation' ? subject.violation.key : subject.account.key);
  view.setSpeed('1/1000');
}
