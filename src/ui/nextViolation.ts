/**
 * The way from violation to violation, over those that let somebody down. While the run is rendered the next one may be
 * yet to be found: then it is waited for, as a story waits for the messages of its moment.
 */
import type { Session } from '../state/session.ts';
import { say } from './said.ts';
import { loudRows, timeOf } from './timeline/violationMarks.ts';
import { waitFor } from './waiting.ts';

const WAITING = 'The next violation opens as soon as it is found.';

/** Goes to the next violation in time, from the focused one or from the cursor; round at the end, once that is known. */
export function focusNextViolation(session: Session, direction: 1 | -1): void {
  const { view } = session;
  const next = nextRow(session, direction);
  if (next === 'sought') waitForNext(session, direction);
  else if (next === undefined) say('No violation that let somebody down is known in this run.');
  else view.focusViolation(next);
}

/** The row of the next violation; undefined where there is none, `sought` while a nearer one may be yet to be found. */
function nextRow({ documents, run, view }: Session, direction: 1 | -1): number | 'sought' | undefined {
  const { violations, phase, renderedTo, design } = run.getState();
  // Readings of the run before are there until the new one has some of its own.
  if (phase !== 'failed' && design !== documents.getState().design) return 'sought';
  const growing = phase === 'rendering';
  const rows = loudRows(violations);
  const { focusedViolation, cursor } = view.getState();
  const at = focusedViolation === undefined ? -1 : rows.indexOf(focusedViolation);
  if (direction === 1) {
    const after = at < 0 ? rows.find((row) => timeOf(violations, row) > cursor) : rows[at + 1];
    return after ?? (growing ? 'sought' : rows[0]);
  }
  if (at < 0 && growing && renderedTo < cursor) return 'sought';
  const before = at < 0 ? rows.findLast((row) => timeOf(violations, row) < cursor) : rows[at - 1];
  return before ?? (growing ? 'sought' : rows.at(-1));
}

/** Stops play, and goes on once it is known where to; whoever has moved on meanwhile is not called back. */
function waitForNext(session: Session, direction: 1 | -1): void {
  const { run, view } = session;
  view.pause();
  const { cursor, focusedViolation, focusedOperation } = view.getState();
  const stop = waitFor(WAITING, [
    run.subscribe(() => {
      if (nextRow(session, direction) === 'sought') return;
      stop();
      focusNextViolation(session, direction);
    }),
    view.subscribe((state) => {
      // A new run takes the focus off the one before's violation; that is nobody's doing.
      const opened =
        (state.focusedViolation ?? focusedViolation) !== focusedViolation ||
        (state.focusedOperation ?? focusedOperation) !== focusedOperation;
      if (opened || state.playing || state.cursor !== cursor) stop();
    }),
  ]);
}
