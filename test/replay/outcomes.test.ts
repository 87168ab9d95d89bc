import { describe, expect, it } from 'vitest';
import { isEnough, leftOf, outcomesOf } from '../../src/replay/story/outcomes.ts';
import { aSummary } from '../support/summaries.ts';

const { get, put } = aSummary();
/** Every PUT is answered, and some GETs are not. */
const deaf = aSummary({ get: { ...get, attempted: 500, failed: 120 } });
const mended = aSummary({ get: { ...get, attempted: 500 } });

describe('what a remedy comes to', () => {
  it.each(['lost', 'toldNo', 'unanswered'] as const)(
    'of an operation that was %s is how many go without an answer, reads as well as writes',
    (harm) => {
      const left = leftOf(harm, deaf, deaf);
      expect([left.quantity.label, left.now, left.then]).toEqual([
        'Operations without an answer of use',
        120,
        120,
      ]);
      expect(isEnough(left)).toBe(false);
      expect(isEnough(leftOf(harm, deaf, mended))).toBe(true);
      const unknown = aSummary({ put: { ...put, attempted: 50, failed: 2, unknown: 3 } });
      expect(leftOf(harm, unknown, mended).now).toBe(5);
    },
  );

  it('of a write that surfaced is how many PUTs were given up on', () => {
    const before = aSummary({ put: { ...put, attempted: 50, unknown: 3 } });
    expect(leftOf('surfaced', before, mended)).toMatchObject({ now: 3, then: 0 });
  });

  it('stands first, and nothing is said twice', () => {
    for (const harm of ['staleRead', 'queued', 'stampede', 'dirtyRead'] as const) {
      const labels = outcomesOf(harm, deaf, mended).map(({ quantity }) => quantity.label);
      expect(labels[0]).toBe(leftOf(harm, deaf, mended).quantity.label);
      expect(new Set(labels).size).toBe(labels.length);
    }
  });
});
