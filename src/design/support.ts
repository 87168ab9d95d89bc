/**
 * What a document can name and the engine does not run yet. Such a value is refused by name at every door, never
 * ignored. When the engine learns it, its row goes, and nothing else changes.
 */
import { nearestWord } from '../base/nearest.ts';
import type { Field, FieldKey } from './fields.ts';

export const NOT_SUPPORTED = 'is not supported yet';

/** Values, by their texts: either those that are refused, or the only ones that are not. */
type Row =
  | { readonly key: FieldKey; readonly not: readonly string[] }
  | { readonly key: FieldKey; readonly only: readonly string[] };

export type Support = readonly Row[];

export const NOT_YET: Support = [];

/** Whether the engine runs a field's value. Its canonical text is asked for only where it matters. */
export function supports(key: FieldKey, print: () => string, support: Support = NOT_YET): boolean {
  return support.every((row) => {
    if (row.key !== key) return true;
    return 'only' in row ? row.only.includes(print()) : !row.not.includes(print());
  });
}

/** The choices of a field that the engine runs; undefined for a field without choices. */
export function choicesOf(field: Field, support: Support = NOT_YET): readonly string[] | undefined {
  return field.choices?.filter((choice) => supports(field.key, () => choice, support));
}

/** Whether a field can hold more than one value that the engine runs. */
export function isEditable(field: Field, support: Support = NOT_YET): boolean {
  return !support.some((row) => row.key === field.key && 'only' in row && row.only.length <= 1);
}

/** What may stand in a field, as far as the engine runs it. */
export function allowedOf(field: Field, support: Support = NOT_YET): string {
  const row = support.find((entry) => entry.key === field.key);
  if (row === undefined) return field.allowed;
  if ('only' in row) return `${row.only.join(', ')} (for now)`;
  return `one of ${choicesOf(field, support)?.join(', ') ?? ''}`;
}

/** The nearest value that the engine runs, where there is a list of them. */
export function nearestSupported(field: Field, text: string, support: Support = NOT_YET): string | undefined {
  const row = support.find((entry) => entry.key === field.key);
  if (row !== undefined && 'only' in row) return nearestWord(text, row.only) ?? row.only[0];
  return nearestWord(text, choicesOf(field, support) ?? []);
}
