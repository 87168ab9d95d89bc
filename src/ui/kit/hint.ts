/** One line that explains what an element shows, given to it as data: `Hints` says it on hover and on focus. */
import { GLOSSARY, termIn, type Term } from '../../design/glossary.ts';

export interface Hinted {
  readonly 'data-hint'?: string;
}

/** The explanation of a term of the glossary. */
export function hint(term: Term): Hinted {
  return { 'data-hint': GLOSSARY[term] };
}

/** The explanation of the term that a label holds, if it holds one. */
export function hintIn(label: string): Hinted {
  const term = termIn(label);
  return term === undefined ? {} : hint(term);
}
