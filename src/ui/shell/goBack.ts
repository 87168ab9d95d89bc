/** What Escape does where nothing that floats has the focus: one step back to a page on which nothing is open or selected. */
import type { Session } from '../../state/session.ts';
import { closeStory } from '../actions.ts';
import { closeGallery, gallerySheet } from '../gallery/sheet.ts';
import { giveUpWaiting } from '../waiting.ts';

/** What is waited for first, the gallery, the comparison, the story, the marked window, then the fault, then the node. */
export function goBack(session: Session): void {
  const { view, comparison, excerpt } = session;
  const { focusedViolation, focusedOperation, selectedFault } = view.getState();
  if (giveUpWaiting()) return;
  if (gallerySheet.getState().open) closeGallery();
  else if (comparison.getState().versus !== undefined) comparison.close();
  else if (focusedViolation !== undefined || focusedOperation !== undefined) closeStory(session);
  else if (excerpt.getState().span !== undefined || excerpt.getState().marking) {
    excerpt.setMarking(false);
    excerpt.mark(undefined);
  } else if (selectedFault !== undefined) view.selectFault(undefined);
  else view.select(undefined);
}
