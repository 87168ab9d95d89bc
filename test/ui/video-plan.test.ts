import { describe, expect, it } from 'vitest';
import {
  BITS_PER_SECOND,
  lengthOf,
  usualPlan,
  weightOf,
  withInstant,
} from '../../src/ui/export/video/plan.ts';

const SECOND = 1_000_000;

describe('the window of a video', () => {
  it.each([
    { where: 'at the playhead', cursor: 1_400_400.6, speed: '1/100', from: 1_400_000, to: 1_450_000 },
    {
      where: 'before the end of the run',
      cursor: 60 * SECOND,
      speed: '1/10',
      from: 59.5 * SECOND,
      to: 60 * SECOND,
    },
    { where: 'at its beginning', cursor: 0, speed: '1', from: 0, to: 5 * SECOND },
  ] as const)('plays for five seconds where nobody says more: $where', ({ cursor, speed, from, to }) => {
    const plan = usualPlan(cursor, 60 * SECOND, speed);
    expect(plan).toEqual({ from, to, speed });
    expect(lengthOf(plan)).toBeCloseTo(5_000);
    expect(weightOf(plan)).toBeCloseTo((5 * BITS_PER_SECOND) / 8);
  });

  it('is the whole of a run that is shorter', () => {
    expect(usualPlan(SECOND, 2 * SECOND, '1')).toEqual({ from: 0, to: 2 * SECOND, speed: '1' });
  });

  const plan = usualPlan(SECOND, 3 * SECOND, '1/10');

  it('begins and ends where it is told', () => {
    expect(withInstant(plan, 'from', '1.2s', 3 * SECOND)).toEqual({
      ok: true,
      value: { ...plan, from: 1_200_000 },
    });
    expect(withInstant(plan, 'to', '3s', 3 * SECOND)).toEqual({
      ok: true,
      value: { ...plan, to: 3 * SECOND },
    });
  });

  it.each([
    { which: 'from', text: '2s', nearest: '1.499999s' },
    { which: 'to', text: '1s', nearest: '1.000001s' },
    { which: 'to', text: '4s', nearest: '3s' },
  ] as const)(
    'never ends before it begins, or outside of the run: $which $text',
    ({ which, text, nearest }) => {
      expect(withInstant(plan, which, text, 3 * SECOND)).toMatchObject({
        ok: false,
        error: { key: which, value: text, nearest },
      });
    },
  );

  it('says what is no instant', () => {
    expect(withInstant(plan, 'to', 'soon', 3 * SECOND)).toMatchObject({
      ok: false,
      error: { value: 'soon' },
    });
  });
});
