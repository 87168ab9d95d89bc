/**
 * What the violations of a run come to, in words: one clause a kind, the most serious first. Only words; the lane
 * places them.
 */
import type { ViolationKind } from '../../design/readings.ts';
import { BY_GRAVITY } from '../../replay/violationKinds.ts';
import { QUIET } from './violationMarks.ts';

interface Clause {
  readonly one: string;
  readonly many: string;
  /** For where there is little room: of many; of one without the first s that ends a word. */
  readonly short: string;
}

const CLAUSES: Readonly<Record<ViolationKind, Clause>> = {
  lostAckedWrite: {
    one: 'acknowledged write was lost',
    many: 'acknowledged writes were lost',
    short: 'acked writes lost',
  },
  readYourWrites: {
    one: 'read did not see its own write',
    many: 'reads did not see their own write',
    short: 'own writes not seen',
  },
  monotonicReads: {
    one: 'read went back in time',
    many: 'reads went back in time',
    short: 'reads back in time',
  },
  phantomRead: {
    one: 'read saw what was never committed',
    many: 'reads saw what was never committed',
    short: 'phantom reads',
  },
  storeRegression: {
    one: 'newer version was overwritten in the store',
    many: 'newer versions were overwritten in the store',
    short: 'store regressions',
  },
  staleRead: { one: 'read was stale', many: 'reads were stale', short: 'stale reads' },
  dirtyRead: {
    one: 'read saw what was not committed yet',
    many: 'reads saw what was not committed yet',
    short: 'dirty reads',
  },
};

/** `118 reads did not see their own write`: one clause a kind, of `kinds`, that happened. `print` writes the number. */
export function clausesOf(
  counts: ReadonlyMap<ViolationKind, number>,
  print: (count: number) => string,
  kinds = BY_GRAVITY,
): string[] {
  return kinds.flatMap((kind) => {
    const count = counts.get(kind) ?? 0;
    if (count === 0) return [];
    return [`${print(count)} ${count === 1 ? CLAUSES[kind].one : CLAUSES[kind].many}`];
  });
}

/** `read did not see its own write`: what one violation is. */
export function clauseOf(kind: ViolationKind): string {
  return CLAUSES[kind].one;
}

/** Mean advance of a character at 11 px and the air around the words, pixels; a little more than measured. */
const CHARACTER_PX = 5.7;
const AROUND_PX = 28;

/**
 * What the lane says in `width` pixels: the loud kinds in full as far as they fit, or the first of them in short; then
 * the quiet ones in short as far as there is still room. Both empty when nothing fits. `before` is what stands there
 * already.
 */
export function fitting(
  counts: ReadonlyMap<ViolationKind, number>,
  width: number,
  print: (count: number) => string,
  before = '',
): { readonly loud: string; readonly quiet: string } {
  const happened = BY_GRAVITY.filter((kind) => (counts.get(kind) ?? 0) > 0);
  const shortOf = (kind: ViolationKind): string => {
    const count = counts.get(kind) ?? 0;
    const { short } = CLAUSES[kind];
    return `${print(count)} ${count === 1 ? short.replace(/s\b/, '') : short}`;
  };
  const room = (width - AROUND_PX) / CHARACTER_PX - before.length;
  const take = (clauses: readonly string[], characters: number): string => {
    for (let count = clauses.length; count > 0; count--) {
      const text = clauses.slice(0, count).join(', ');
      if (text.length <= characters) return text;
    }
    return '';
  };
  const loudKinds = happened.filter((kind) => !QUIET.has(kind));
  const inFull = clausesOf(new Map(loudKinds.map((kind) => [kind, counts.get(kind) ?? 0])), print);
  const loud = take(inFull, room) || take(loudKinds.map(shortOf), room);
  if (loud === '' && loudKinds.length > 0) return { loud, quiet: '' };
  const quiet = take(happened.filter((kind) => QUIET.has(kind)).map(shortOf), room - loud.length - 2);
  return { loud, quiet };
}
