/**
 * What a run showed of each kind of harm: how often, and the first time, told in words. Counts are the engine's own; the
 * first time is the first row of its violations. It judges nothing, and a run without harm has no findings.
 */
import { milliseconds } from '../../base/words.ts';
import type { ViolationKind } from '../../design/readings.ts';
import type { Summary } from '../../engine/summary.ts';
import { violationAt, type Violation } from '../story/history.ts';
import { titleOf } from '../story/words.ts';

export interface Finding {
  readonly kind: ViolationKind;
  /** `reads that did not see their session's own write`. */
  readonly what: string;
  readonly count: number;
  /** The first one: when, and who was let down; undefined where the engine keeps no row of it. */
  readonly first: { readonly at: number; readonly words: string } | undefined;
}

/** The worst first: what was lost, then whom a session can catch lying, then what is out of date, then the rest. */
const KINDS: readonly {
  readonly kind: ViolationKind;
  readonly what: string;
  readonly countOf: (consistency: Summary['consistency']) => number;
}[] = [
  {
    kind: 'lostAckedWrite',
    what: 'acknowledged writes that were lost',
    countOf: (c) => c.lostAckedWrites,
  },
  {
    kind: 'readYourWrites',
    what: "reads that did not see their session's own write",
    countOf: (c) => c.readYourWrites.violations,
  },
  {
    kind: 'monotonicReads',
    what: 'reads that went back behind what their session had read',
    countOf: (c) => c.monotonicReads.violations,
  },
  { kind: 'staleRead', what: 'reads of a value out of date', countOf: (c) => c.stale.reads },
  {
    kind: 'phantomRead',
    what: 'reads of a value that was never committed',
    countOf: (c) => c.phantomReads,
  },
  {
    kind: 'dirtyRead',
    what: 'reads of a value that was not committed yet',
    countOf: (c) => c.dirtyReads,
  },
  {
    kind: 'storeRegression',
    what: 'writes that took the store back to an older version',
    countOf: (c) => c.storeRegressions,
  },
];

/** The kinds of harm that a run counted, each with its first violation; `violations` in rows of VIOLATION_WIDTH ints. */
export function findingsOf({ consistency }: Summary, violations: Int32Array): Finding[] {
  const first = firstOfEach(violations);
  return KINDS.flatMap(({ kind, what, countOf }) => {
    const count = countOf(consistency);
    const violation = first.get(kind);
    if (count === 0) return [];
    return [
      {
        kind,
        what,
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
