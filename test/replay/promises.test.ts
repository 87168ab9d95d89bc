import { describe, expect, it } from 'vitest';
import { CONTRACT_LINES } from '../../src/design/contract.ts';
import { countOutcomes, isMeasured, outcomeOf } from '../../src/replay/promises.ts';
import { summaryOfTraffic } from '../support/summaries.ts';

const ALL = CONTRACT_LINES.map(({ line }) => line);

describe('a promise', () => {
  it.each([
    { gets: 0, puts: 0, checked: 0, measured: [] },
    { gets: 7, puts: 0, checked: 0, measured: ['getP99', 'staleness', 'availability'] },
    { gets: 0, puts: 7, checked: 0, measured: ['putP99', 'rpo', 'availability'] },
    { gets: 7, puts: 7, checked: 3, measured: ALL },
  ])('is measured where something happened of which it can be judged: %o', ({ measured, ...traffic }) => {
    const summary = summaryOfTraffic(traffic);
    expect(ALL.filter((line) => isMeasured(line, summary))).toEqual(measured);
    expect(countOutcomes(summary)).toEqual({
      holds: measured.length,
      broken: 0,
      notMeasured: ALL.length - measured.length,
    });
  });

  it('that the engine finds broken is broken, whatever there was to judge it by', () => {
    const summary = summaryOfTraffic({ gets: 7, puts: 7, checked: 3 }, ['rpo']);
    expect(countOutcomes(summary)).toEqual({ holds: ALL.length - 1, broken: 1, notMeasured: 0 });
    const untouched = summaryOfTraffic({ gets: 0, puts: 0, checked: 0 }, ['rpo']);
    const rpo = untouched.contract.find(({ line }) => line === 'rpo');
    expect(rpo && outcomeOf(rpo, untouched)).toBe('broken');
  });
});
