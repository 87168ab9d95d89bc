/**
 * An anomaly as data: a small design that shows it, the quantity of a run that says so, and the few keys that remove it.
 * The gallery shows it, tests hold it to its word; nothing here runs anything.
 */
import { assert } from '../../base/assert.ts';
import type { Design } from '../design.ts';
import { applyEntries, type Entry } from '../keys.ts';
import { printProblem } from '../problem.ts';
import { seedDesign } from '../design.ts';

/** Keys of a link and their texts; `fault` may have several. */
export type Differences = Readonly<Record<string, string | readonly string[]>>;

/** Quantities of a run, by their paths in what `throughline run --json` prints. */
export type Measure =
  | 'consistency.readYourWrites.violations'
  | 'consistency.stale.maxMs'
  | 'consistency.dirtyReads'
  | 'consistency.phantomReads'
  | 'consistency.lostAckedWrites'
  | 'consistency.storeRegressions'
  | 'store.reads'
  | 'store.byShard.0.unavailableMs'
  | 'put.unknown'
  | 'faults.0.recoveredAfterMs';

export interface Anomaly {
  /** Short, unique, as a link or a test names it. */
  readonly key: string;
  readonly title: string;
  /** The interleaving, in one sentence. */
  readonly sentence: string;
  /** What removes it, and why, in one sentence. */
  readonly remedy: string;
  /** The design that shows it, as it differs from the seed's. */
  readonly shownBy: Differences;
  /** The same design with the remedy: the keys that change. */
  readonly removedBy: Differences;
  readonly measure: Measure;
  /** The measure is at least this where the anomaly is shown, and at most `atMost` where it is removed. */
  readonly atLeast: number;
  readonly atMost: number;
}

/** The two designs of an anomaly. */
export function designsOf({ shownBy, removedBy }: Anomaly): {
  readonly shown: Design;
  readonly removed: Design;
} {
  return { shown: designOf(shownBy), removed: designOf({ ...shownBy, ...removedBy }) };
}

/** The seed's design with differences that are known to be valid. */
export function designOf(differences: Differences): Design {
  const entries = Object.entries(differences).flatMap(([key, texts]): Entry[] =>
    (typeof texts === 'string' ? [texts] : texts).map((text) => ({ key, text })),
  );
  const { design, problems } = applyEntries(seedDesign, entries);
  assert(problems.length === 0, problems.map(printProblem).join('; '));
  return design;
}
