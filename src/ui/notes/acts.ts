/** What a person can do with notes and remarks, each as one change that undo takes back. */
import { parseDuration, printDuration, type Micros } from '../../base/units.ts';
import type { Design } from '../../design/design.ts';
import { LIMITS } from '../../design/limits.ts';
import { hasPlace } from '../../design/places.ts';
import { addRemark, changeRemark, removeRemark } from '../../design/remarks.ts';
import type { Session } from '../../state/session.ts';
import { formatInstant } from '../format.ts';
import { say } from '../said.ts';
import { pointOut, write } from './writing.ts';

/** Edits with the same `sitting` are one step of undo. */
export function setNotes({ documents }: Session, notes: string, sitting: string): void {
  const { design } = documents.getState();
  documents.edit(
    { ...design, notes: notes.slice(0, LIMITS.notes) },
    { label: 'notes' },
    { coalesce: sitting },
  );
}

/** Opens a new remark at the playhead; where no more fit, or it would be out of sight, says so. */
export function remarkHere(session: Session): void {
  const { view, comparison } = session;
  if (comparison.getState().versus !== undefined) {
    say('Remarks are written outside the comparison: Esc closes it.');
    return;
  }
  view.pause();
  remarkOn(session, printDuration(Math.round(view.getState().cursor)));
}

/** Opens a new remark on a node or an instant. */
export function remarkOn({ documents, view }: Session, on: string): void {
  const { length } = documents.getState().design.remarks;
  if (length >= LIMITS.remarks) {
    say(`${length} of ${LIMITS.remarks} remarks: one has to go first.`);
    return;
  }
  const { focusedViolation, focusedOperation } = view.getState();
  // A story that stands alone hides the notes.
  if ((focusedViolation ?? focusedOperation) !== undefined) view.placeStory(true);
  write({ on });
}

export function pinRemark({ documents }: Session, on: string, text: string): void {
  const { design } = documents.getState();
  const edited = addRemark(design, on, text.slice(0, LIMITS.remark));
  if (edited.ok) documents.edit(edited.value, { label: 'remark', after: placeWords(on) });
  else say(`${edited.error.message}. Allowed: ${edited.error.allowed}.`);
}

export function rewriteRemark({ documents }: Session, index: number, text: string): void {
  const { design } = documents.getState();
  const edited = changeRemark(design, index, text.slice(0, LIMITS.remark));
  if (edited.ok) documents.edit(edited.value, { label: 'remark', after: 'changed' });
}

export function takeOffRemark({ documents }: Session, index: number): void {
  const { design } = documents.getState();
  const edited = removeRemark(design, index);
  if (!edited.ok) return;
  pointOut(undefined);
  documents.edit(edited.value, { label: 'remark', after: 'removed' });
}

/** Goes to what a remark is on, and points the remark out. */
export function goToRemark({ documents, view }: Session, index: number): void {
  const { design } = documents.getState();
  const on = design.remarks[index]?.on;
  if (on === undefined) return;
  const at = instantOf(on);
  if (at === undefined) {
    if (hasPlace(design, on)) view.select(on);
    else say(`There is no ${on} in this design.`);
  } else {
    view.pause();
    view.seek(at);
  }
  pointOut(index);
}

/** The instant that a remark is on; undefined where it is on a node. */
export function instantOf(on: string): Micros | undefined {
  const instant = parseDuration(on);
  return instant.ok ? instant.value : undefined;
}

/** `12.340 s`, or the node's name. */
export function placeWords(on: string): string {
  const at = instantOf(on);
  return at === undefined ? on : formatInstant(at);
}

/** Remarks on a card: those of its own name, and a shard's card has those of its replicas and its leader, too. */
export function remarksOn(design: Design, card: string): number[] {
  return design.remarks.flatMap(({ on }, index) => (on === card || on.startsWith(`${card}.`) ? [index] : []));
}
