/** The names of keys: all that a document takes, and which of them was probably meant by one that it does not. */
import { likelyWord, nearestWord } from '../base/nearest.ts';
import type { FieldKey } from './fieldWords.ts';
import { FIELDS } from './fields.ts';
import { problem, type Problem } from './problem.ts';

/** Keys that take an entry at a time. */
const ENTRY_KEYS = ['fault', 'remark'];
export const ALL_KEYS: readonly string[] = [...FIELDS.map(({ key }) => key), ...ENTRY_KEYS];

/** What has another name here than people know it by. */
const OTHER_NAMES: ReadonlyMap<string, FieldKey> = new Map([
  ['preset', 'policy'],
  ['name', 'title'],
  ['lease', 'cache.fencing'],
  ['leases', 'cache.fencing'],
  ['cache.lease', 'cache.fencing'],
  ['cache.leases', 'cache.fencing'],
  ['replicas', 'store.rf'],
  ['store.replicas', 'store.rf'],
]);

/**
 * That there is no such key, with the nearest of `keys`: a key is near without its group's name, to that name alone, and
 * to its own name in another group.
 */
export function unknownKey(key: string, text: string, keys: readonly string[] = ALL_KEYS): Problem {
  const nearest =
    OTHER_NAMES.get(key) ??
    keys.find((known) => known.endsWith(`.${key}`) || known.startsWith(`${key}.`)) ??
    nearestWord(
      key,
      keys.filter((known) => nameOf(known) === nameOf(key)),
    ) ??
    likelyWord(key, keys);
  return problem(key, text, 'is no key of a design', `a key such as ${nearest ?? keys[0] ?? ''}`, nearest);
}

/** A key without its group. */
function nameOf(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1);
}
