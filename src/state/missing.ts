/** What is said of a design that was opened and has remarks on, or places for, nodes that it has not. */
import { missingPlaces } from '../design/annotations.ts';
import type { Design } from '../design/design.ts';

/** Undefined where nothing is missing. */
export function wordsOfMissing(design: Design): string | undefined {
  const names = missingPlaces(design);
  if (names.length === 0) return undefined;
  return `There is no ${names.join(', no ')} in this design: the remarks on it and its place in the diagram are kept.`;
}
