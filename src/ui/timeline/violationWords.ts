/**
 * What the violations of a run come to, in words: one clause a kind, the most serious first. Only words; the lane
 * places them.
 */
import type { ViolationKind } from '../../design/readings.ts';
import { BY_GRAVITY } from './violationMarks.ts';

interface Clause {
  readonly one: string;
  readonly many: string;
}

const CLAUSES: Readonly<Record<ViolationKind, Clause>> = {
  lostAckedWrite: { one: 'acknowledged write was lost', many: 'acknowledged writes were lost' },
  readYourWrites: { one: 'read did not see its own write', many: 'reads did not see their own write' },
  monotonicReads: { one: 'read went back in time', many: 'reads went back in time' },
  phantomRead: { one: 'read saw what was never committed', many: 'reads saw what was never committed' },
  storeRegression: {
    one: 'newer version was overwritten in the store',
    many: 'newer versions were overwritten in the store',
  },
  staleRead: { one: 'read was stale', many: 'reads were stale' },
  dirtyRead: { one: 'read saw what was not committed yet', many: 'reads saw what was not committed yet' },
};

/** `118 reads did not see their own write`: one clause a kind that happened. `print` writes the number. */
export function clausesOf(
  counts: ReadonlyMap<ViolationKind, number>,
  print: (count: number) => string,
): string[] {
  return BY_GRAVITY.flatMap((kind) => {
    const count = counts.get(kind) ?? 0;
    if (count === 0) return [];
    return [`${print(count)} ${count === 1 ? CLAUSES[kind].one : CLAUSES[kind].many}`];
  });
}

/** `read did not see its own write`: what one violation is. */
export function clauseOf(kind: ViolationKind): string {
  return CLAUSES[kind].one;
}

/** Mean advance of a character at 11 px, pixels; a little more than measured. */
const CHARACTER_PX = 5.7;

/** As many of the clauses as fit into `width` pixels, joined; empty when not even the first one does. */
export function fitting(clauses: readonly string[], width: number): string {
  for (let count = clauses.length; count > 0; count--) {
    const text = clauses.slice(0, count).join(', ');
    if (text.length * CHARACTER_PX + 24 <= width) return text;
  }
  return '';
}
