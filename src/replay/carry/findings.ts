/**
 * What a run showed of each kind of harm: how often, and the first time, told in words. Counts are the engine's own; the
 * first time is the first row of its violations. It judges nothing, and a run without harm has no findings.
 */
import { milliseconds } from '../../base/words.ts';
import type { ViolationKind } from '../../design/readings.ts';
import type { Summary } from '../../engine/summary.ts';
import { violationAt, type Violation } from '../story/history.ts';
import { titleOf } from '../story/words.ts';
import { BY_GRAVITY, countOfKind } from '../violationKinds.ts';

export interface Finding {
  readonly kind: ViolationKind;
  /** `reads that did not see their session's own write`. */
  readonly what: string;
  readonly count: number;
  /** The first one: when, and who was let down; undefined where the engine keeps no row of it. */
  readonly first: { readonly at: number; readonly words: string } | undefined;
}

const WHAT: Readonly<Record<ViolationKind, string>> = {
  lostAckedWrite: 'acknowledged writes that were lost',
  readYourWrites: "reads that did not see their session's own write",
  monotonicReads: 'reads that went back behind what their session had read',
  phantomRead: 'reads of a value that was never committed',
  storeRegression: 'writes that took the store back to an older version',
  staleRead: 'reads of a value out of date',
  dirtyRead: 'reads of a value that was not committed yet',
};

/**
 * The kinds of harm that a run counted, the worst first, each with its first violation; `violations` in rows of
 * VIOLATION_WIDTH ints.
 */
export function findingsOf(summary: Summary, violations: Int32Array): Finding[] {
  const first = firstOfEach(violations);
  return BY_GRAVITY.flatMap((kind) => {
    const count = countOfKind(summary, kind);
    const violation = first.get(kind);
    if (count === 0) return [];
    return [
      {
        kind,
        what: WHAT[kind],
        count,
        first: violation === undefined ? undefined : { at: violation.time, words: wordsOf(violation) },
      },
    ];
  });
}

/** The first violation of every kind that there is; rows stand in the order in which they were found. */
function firstOfEach(violations: Int32Array): ReadonlyMap<ViolationKind, Violation> {
  const first = new Map<ViolationKind, Violation>();
  for (let row = 0; ; row++) {
    const violation = violationAt(violations, row);
    if (violation === undefined) return first;
    if (!first.has(violation.kind)) first.set(violation.kind, violation);
  }
}

function wordsOf(violation: Violation): string {
  return titleOf(violation, { span: (us) => milliseconds(us / 1000) });
}
