/**
 * Keys that stand more than once in an object of a JSON text. Of these `JSON.parse` takes the last and says nothing; so
 * the text is read once more, for its keys alone. It must be known to be JSON: nothing else is found wrong with it here.
 */
import { problem, type Problem } from './problem.ts';

/** Where the reading is within the objects and lists that are open: at which key, at which item. */
type Level =
  | { readonly kind: 'object'; readonly path: string; readonly keys: Set<string>; key: string | undefined }
  | { readonly kind: 'list'; readonly path: string; item: number };

/** Texts whole, so that nothing in them is taken for a sign; signs but colons, which say nothing new; numbers and words. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]|[^\s{}[\],:"]+/g;

const CONTAINERS: Readonly<Record<string, string>> = { '{': 'an object', '[': 'a list' };

export function repeatedKeys(text: string): Problem[] {
  const repeated: Problem[] = [];
  const levels: Level[] = [];
  let again = false;
  for (const [token] of text.matchAll(TOKEN)) {
    const level = levels.at(-1);
    if (token === '}' || token === ']') levels.pop();
    else if (token === ',') goOn(level);
    else if (level?.kind === 'object' && level.key === undefined) {
      level.key = textOf(token);
      again = level.keys.has(level.key);
      level.keys.add(level.key);
    } else {
      const path = pathTo(level);
      if (again) {
        const value = CONTAINERS[token] ?? textOf(token);
        repeated.push(problem(path, value, 'is given twice', 'each key once; the last one counts'));
      }
      again = false;
      if (token === '{') levels.push({ kind: 'object', path, keys: new Set(), key: undefined });
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
