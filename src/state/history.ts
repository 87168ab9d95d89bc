/**
 * What is kept of an open document, and how steps of undo come back from it: its own changes, and before them what was
 * open when it was opened. Pure: it writes links and reads them.
 */
import { readLink, writeLink } from '../design/links.ts';
import type { DocumentState, Step } from './documents.ts';
import { KEPT_STEPS, type Work } from './work.ts';

/** The opening of steps that another document left: whoever undoes them goes on with a document of another name. */
const ANOTHER = -1;

/** An open document as it is kept: the link of its design, and those of its newest steps of undo. */
export function workOf({
  design,
  name,
  past,
  opening,
}: Pick<DocumentState, 'design' | 'name' | 'past' | 'opening'>): Work {
  return {
    fragment: writeLink(design),
    name,
    past: past.slice(-KEPT_STEPS).map((step) => ({
      fragment: writeLink(step.design),
      label: step.change.label,
      own: step.opening === opening,
    })),
  };
}

/** All steps that were kept, for a document that is the first one opened. */
export function stepsOf({ past, name }: Work): readonly Step[] {
  return past.map(({ fragment, label, own }) => ({
    design: readLink(fragment).design,
    change: { label },
    opening: own ? 0 : ANOTHER,
    name: own ? name : undefined,
  }));
}

/** The steps of the document itself, since it was opened. */
export function ownStepsOf(work: Work): readonly Step[] {
  const steps = stepsOf(work);
  return steps.slice(steps.findLastIndex(({ opening }) => opening === ANOTHER) + 1);
}
