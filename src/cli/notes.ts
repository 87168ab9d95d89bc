/**
 * What is no error and yet not what somebody may think: told on standard error, beside a result that it does not change.
 * A line each.
 */
import { printDuration } from '../base/units.ts';
import { missingPlaces } from '../design/annotations.ts';
import type { Design } from '../design/design.ts';
import { beginsAfterEnd, printFault } from '../design/faults.ts';
import { lacksFragment } from '../design/linkAddress.ts';
import { quote, type Setting } from './args.ts';

/** Of the word that named a design. */
export function notesOnWord(word: string): string[] {
  return lacksFragment(word.trim())
    ? [`${quote(word)} has nothing behind a #: the design that a page opens with is taken`]
    : [];
}

/** Of what the design says and has no part in its run. */
export function notesOnDesign(design: Design): string[] {
  const missing = missingPlaces(design);
  const late = design.faults.filter((fault) => beginsAfterEnd(fault, design));
  return [
    ...(missing.length === 0
      ? []
      : [`there is no ${missing.join(', no ')} in this design: remarks on it are kept`]),
    ...late.map(
      (fault) =>
        `${printFault(fault)} begins after the run's end, ${printDuration(design.duration)}: only what is still under way then meets it`,
    ),
  ];
}

/** Of what is asked for and has no part in the orders of a few operations. */
export function notesOnExploring({ faults }: Design, settings: readonly Setting[]): string[] {
  return [
    ...settings
      .filter(({ key }) => key === 'seed' || key === 'duration')
      .map(({ key }) => `${key} changes nothing here: explore tries every order`),
    ...(faults.length === 0
      ? []
      : ['explore leaves out the faults of the design: --crash names a node that may crash']),
  ];
}
