/**
 * Keys that stand more than once in an object of a JSON text. Of these `JSON.parse` takes the last and says nothing; so
 * the text is read once more, for its keys alone. It must be known to be JSON: nothing else is found wrong with it here.
 */
import { problem, type Problem } from './problem.ts';

/** Where the reading is within the objects and lists that are open: at which key, at which item. */
type Level =
  | {
      readonly kind: 'object';
      readonly path: string;
      /** By key: which of the problems is its own, or `ONCE`. */
      readonly keys: Map<string, number>;
      key: string | undefined;
    }
  | { readonly kind: 'list'; readonly path: string; item: number };

const ONCE = -1;

/** Texts whole, so that nothing in them is taken for a sign; signs but colons, which say nothing new; numbers and words. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]|[^\s{}[\],:"]+/g;

const CONTAINERS: Readonly<Record<string, string>> = { '{': 'an object', '[': 'a list' };

/** One problem for each of them, with the last value: the one that counts. */
export function repeatedKeys(text: string): Problem[] {
  const repeated: Problem[] = [];
  const levels: Level[] = [];
  let place: number | undefined;
  for (const [token] of text.matchAll(TOKEN)) {
    const level = levels.at(-1);
    if (token === '}' || token === ']') levels.pop();
    else if (token === ',') goOn(level);
    else if (level?.kind === 'object' && level.key === undefined) {
      level.key = textOf(token);
      place = level.keys.get(level.key);
      if (place === ONCE) place = repeated.length;
      level.keys.set(level.key, place ?? ONCE);
    } else {
      const path = pathTo(level);
      if (place !== undefined) {
        const value = CONTAINERS[token] ?? textOf(token);
        const allowed = 'each key once; the last one counts';
        repeated[place] = problem(path, value, 'is given more than once', allowed);
      }
      place = undefined;
      if (token === '{') levels.push({ kind: 'object', path, keys: new Map(), key: undefined });
      if (token === '[') levels.push({ kind: 'list', path, item: 0 });
    }
  }
  return repeated;
}

function goOn(level: Level | undefined): void {
  if (level?.kind === 'object') level.key = undefined;
  if (level?.kind === 'list') level.item++;
}

/** As problems name it: `cache.ttl`, `faults[0].at`. */
function pathTo(level: Level | undefined): string {
  if (level === undefined) return '';
  if (level.kind === 'list') return `${level.path}[${level.item}]`;
  return level.path === '' ? (level.key ?? '') : `${level.path}.${level.key ?? ''}`;
}

function textOf(token: string): string {
  return String(JSON.parse(token));
}
