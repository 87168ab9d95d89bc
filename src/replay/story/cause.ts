/**
 * Why a violation happened, from the facts of the key's history: where the value came from that was returned, why that
 * place still had it, and what had become of the newer one. It derives and never guesses: where the window does not
 * reach back far enough it says so, and where the facts fit none of the known causes it says that they do not.
 */
import type { Design } from '../../design/design.ts';
import { open, owedVersion } from './facts.ts';
import type { Finding } from './findings.ts';
import type { KeyHistory, Violation } from './history.ts';
import { olderRead } from './olderRead.ts';
import { regressionBefore } from './regression.ts';
import { lossOf, uncommitted } from './uncommitted.ts';

/** What was found, and the version by which the violation is measured: see `owedVersion`. */
export type Told = Finding & { readonly expected: number };

/** Derives the cause of a violation from a history that reaches some way past it. */
export function causeOf(history: KeyHistory, violation: Violation, design: Design): Told {
  const expected = owedVersion(history, violation);
  if (expected === undefined) return { ...open(history), expected: violation.expected };
  return { ...findingOf(history, { ...violation, expected }, design), expected };
}

function findingOf(history: KeyHistory, violation: Violation, design: Design): Finding {
  const { kind, version, expected, time } = violation;
  switch (kind) {
    case 'storeRegression':
      return regressionBefore(history, version, expected, time) ?? open(history);
    case 'lostAckedWrite':
      return lossOf(history, violation, design);
    case 'dirtyRead':
    case 'phantomRead':
      return uncommitted(history, violation, design);
    case 'readYourWrites':
    case 'monotonicReads':
    case 'staleRead':
      return olderRead(history, violation, design);
  }
}
