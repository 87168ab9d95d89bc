import { describe, expect, test } from 'vitest';
import { VIOLATION_KINDS, VIOLATION_WIDTH, type ViolationKind } from '../../src/design/readings.ts';
import { VIOLATING_LIMIT, violatingOperations } from '../../src/engine/violating.ts';

function rowsOf(...found: [time: number, kind: ViolationKind, operation: number][]): Int32Array {
  const rows = new Int32Array(found.length * VIOLATION_WIDTH);
  found.forEach(([time, kind, operation], i) => {
    rows.set([time, VIOLATION_KINDS.indexOf(kind), operation], i * VIOLATION_WIDTH);
  });
  return rows;
}

describe('the violating operations of a window', () => {
  test('are those whose violation was found inside it, each once', () => {
    const rows = rowsOf(
      [99, 'staleRead', 1],
      [100, 'staleRead', 2],
      [150, 'readYourWrites', 2],
      [199, 'storeRegression', 3],
      [200, 'staleRead', 4],
    );
    expect(violatingOperations(rows, 100, 200).sort()).toEqual([2, 3]);
  });

  test('do not hang on the end of the run: who read a phantom is known by then alone', () => {
    expect(violatingOperations(rowsOf([5, 'dirtyRead', 1], [5, 'phantomRead', 7]), 0, 10)).toEqual([1]);
  });

  test('are as many as the limit says, the graver kinds first', () => {
    const dirty = Array.from({ length: 500 }, (_, i): [number, ViolationKind, number] => [1, 'dirtyRead', i]);
    const found = violatingOperations(rowsOf(...dirty, [1, 'readYourWrites', 1000]), 0, 2);
    expect(found).toHaveLength(VIOLATING_LIMIT);
    expect(found[0]).toBe(1000);
  });
});
