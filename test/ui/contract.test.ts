import { describe, expect, it } from 'vitest';
import { seedDesign } from '../../src/design/design.ts';
import {
  BUCKET_US,
  SYSTEM,
  SYSTEM_WIDTH,
  VIOLATION,
  VIOLATION_KINDS,
  VIOLATION_WIDTH,
  type ViolationKind,
} from '../../src/design/readings.ts';
import type { Summary } from '../../src/engine/summary.ts';
import {
  CONTRACT_LINES,
  firstBreach,
  formatOfLine,
  isMeasured,
  type LineWords,
} from '../../src/ui/contract/lines.ts';
import { aSummary } from '../support/summaries.ts';

const { contract } = seedDesign;

function wordsOf(line: LineWords['line']): LineWords {
  const words = CONTRACT_LINES.find((each) => each.line === line);
  if (words === undefined) throw new Error(`no line ${line}`);
  return words;
}

function violationsOf(...rows: readonly { kind: ViolationKind; extra?: number }[]): Int32Array {
  const violations = new Int32Array(rows.length * VIOLATION_WIDTH);
  rows.forEach(({ kind, extra = 0 }, row) => {
    violations[row * VIOLATION_WIDTH + VIOLATION.kind] = VIOLATION_KINDS.indexOf(kind);
    violations[row * VIOLATION_WIDTH + VIOLATION.extra] = extra;
  });
  return violations;
}

describe('the contract board', () => {
  it('has a line for every promise of a design', () => {
    expect(CONTRACT_LINES.map(({ line }) => line).sort()).toEqual(Object.keys(contract).sort());
  });

  it('writes numbers in the unit of the promise', () => {
    expect(formatOfLine('getP99', 14.93, contract)).toBe('14.9\u2009ms');
    expect(formatOfLine('staleness', 3910, contract)).toBe('3.91\u2009s');
    expect(formatOfLine('rpo', 198, contract)).toBe('0.198\u2009s');
    expect(formatOfLine('readYourWrites', 0.9984, contract)).toBe('99.84\u2009%');
  });

  it('has no number where nothing happened of which a line could be judged', () => {
    const { get, put, consistency, ...rest } = aSummary();
    const measuredWith = (gets: number, puts: number, checked: number) => {
      const summary: Summary = {
        ...rest,
        get: { ...get, attempted: gets },
        put: { ...put, attempted: puts },
        consistency: { ...consistency, readYourWrites: { checked, violations: 0 } },
      };
      return CONTRACT_LINES.flatMap(({ line }) => (isMeasured(line, summary) ? [line] : []));
    };
    expect(measuredWith(0, 0, 0)).toEqual([]);
    expect(measuredWith(7, 0, 0)).toEqual(['getP99', 'staleness', 'availability']);
    expect(measuredWith(0, 7, 0)).toEqual(['putP99', 'rpo', 'availability']);
    expect(measuredWith(7, 7, 3)).toHaveLength(CONTRACT_LINES.length);
  });

  it('finds the first read that did not see its own write', () => {
    const violations = violationsOf(
      { kind: 'staleRead' },
      { kind: 'readYourWrites' },
      { kind: 'readYourWrites' },
    );
    expect(firstBreach(wordsOf('readYourWrites'), contract, undefined, violations)).toEqual({ row: 1 });
  });

  it('counts a stale read only once it is staler than promised', () => {
    const violations = violationsOf(
      { kind: 'staleRead', extra: contract.staleness },
      { kind: 'staleRead', extra: contract.staleness + 1 },
    );
    expect(firstBreach(wordsOf('staleness'), contract, undefined, violations)).toEqual({ row: 1 });
  });

  it('finds the first bucket whose p99 is above the promise', () => {
    const system = new Float32Array(3 * SYSTEM_WIDTH).fill(Number.NaN);
    system[SYSTEM.putP99] = contract.putP99;
    system[2 * SYSTEM_WIDTH + SYSTEM.putP99] = contract.putP99 + 1;
    const series = { buckets: 3, nodeCount: 0, system, nodes: new Float32Array(0) };
    expect(firstBreach(wordsOf('putP99'), contract, series, violationsOf())).toEqual({ at: 2 * BUCKET_US });
    expect(firstBreach(wordsOf('getP99'), contract, series, violationsOf())).toBeUndefined();
  });
});
