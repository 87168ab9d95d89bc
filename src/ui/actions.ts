/**
 * What a person can do with more than one store at once, each as one function of the session: keys, menus, cards and
 * lanes call the same ones, so that the same act is the same change with the same words. They read state once and write
 * through the stores' own ways in; nothing is remembered here.
 */
import type { Result } from '../base/result.ts';
import { MS } from '../base/scale.ts';
import type { Design, Fault, FaultKind, Policy } from '../design/design.ts';
import {
  addFault as appendFault,
  newFault,
  removeFault as withoutFault,
  replaceFault,
} from '../design/edits.ts';
import { FAULT_KINDS, faultKindsFor, printFault } from '../design/faults.ts';
import { LIMITS } from '../design/limits.ts';
import { SPEEDS } from '../design/linkView.ts';
import type { Problem } from '../design/problem.ts';
import { headOf, targetClassOf } from '../design/nodes.ts';
import { nextBeginning } from '../replay/followed.ts';
import { underWayAt } from '../replay/underWay.ts';
import type { Change, EditOptions } from '../state/documents.ts';
import type { Session } from '../state/session.ts';
import { clamp, grainOf, pan, snap, zoomAround } from './charts/axis.ts';
import { nameOf } from './designName.ts';
import { formatInstant } from './format.ts';
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

/** An instant that a person points at, microseconds: in whole milliseconds, so that links stay short. */
export function pointedInstant(us: number): number {
  return Math.floor(us / MS) * MS;
}

/** A fault of this kind as it is when it is added with one click at `at` (microseconds). */
export function freshFault(target: string, kind: FaultKind, at: number): Fault | undefined {
  const fault = newFault(target, kind, pointedInstant(at));
  return fault.ok ? fault.value : undefined;
}

/** Takes an edited design over, or says why it cannot be. */
function take(
  { documents }: Session,
  edited: Result<Design, Problem>,
  change: Change,
  options?: EditOptions,
): boolean {
  if (edited.ok) documents.edit(edited.value, change, options);
  else say(`${edited.error.message}. Allowed: ${edited.error.allowed}.`);
  return edited.ok;
}

/** A fault that is added at the very end begins this long before it, microseconds; sooner in a run shorter than twice that. */
const BEFORE_THE_END_US = 8000 * MS;

/**
 * The instant at which a fault that is added here and now begins: the cursor's. Only at the end of the run, where nothing
 * could come of it, it begins some seconds earlier; the playhead goes there too, and the page says so.
 */
export function instantForFault({ documents, view }: Session): number {
  const { duration } = documents.getState().design;
  const { cursor } = view.getState();
  if (cursor < duration) return cursor;
  const at = Math.max(duration - BEFORE_THE_END_US, Math.floor(duration / 2));
  view.pause();
  view.seek(at);
  say(`The run ends at ${formatInstant(duration)}: the fault begins at ${formatInstant(at)}.`);
  return at;
}

/** Adds a fault at the cursor, here and now. Returns its index in the design's faults, undefined where no more fit. */
export function addFault(session: Session, target: string, kind: FaultKind): number | undefined {
  const { design } = session.documents.getState();
  const fault = freshFault(target, kind, instantForFault(session));
  if (fault === undefined) return undefined;
  const change = { label: `${target} ${FAULT_KINDS[kind].label}`, after: `at ${formatInstant(fault.at)}` };
  return take(session, appendFault(design, fault), change) ? design.faults.length : undefined;
}

/** Replaces one fault. Edits with the same `coalesce` in a row are one step of undo. */
export function changeFault(session: Session, index: number, fault: Fault, coalesce?: string): void {
  const { design } = session.documents.getState();
  const before = design.faults[index];
  if (before === undefined) return;
  const shown = (each: Fault): string => printFault(each).slice(each.target.length + 1);
  take(
    session,
    replaceFault(design, index, fault),
    { label: fault.target, before: shown(before), after: shown(fault) },
    coalesce === undefined ? {} : { coalesce },
  );
}

export function removeFault(session: Session, index: number): void {
  const { design } = session.documents.getState();
  const fault = design.faults[index];
  if (fault === undefined) return;
  const change = { label: `${fault.target} ${FAULT_KINDS[fault.kind].label}`, after: 'removed' };
  if (take(session, withoutFault(design, index), change)) session.view.selectFault(undefined);
}

/** The kinds of fault that can hit a place of this design. */
export function faultKindsOf(design: Design, target: string): readonly FaultKind[] {
  const what = targetClassOf(design, target);
  return what === undefined ? [] : faultKindsFor(what);
}

/** One key, one fault: what is selected (or else the first cache node, or without a cache the first shard's head) becomes slow. */
export function faultAtPlayhead(session: Session): void {
  const { design } = session.documents.getState();
  const { selection } = session.view.getState();
  const usual = design.policy === 'db-only' ? headOf(design, 1) : 'cache-1';
  // A shard's card stands for whoever leads it.
  const aimed = selection?.replace(/^shard-(\d+)$/, (_, shard: string) => headOf(design, Number(shard)));
  const target = [aimed, usual].find((name) => name !== undefined && faultKindsOf(design, name).length > 0);
  if (target === undefined) return;
  const kinds = faultKindsOf(design, target);
  const kind = kinds.includes('slow') ? 'slow' : kinds[0];
  if (kind !== undefined) addFault(session, target, kind);
}
