import { describe, expect, it } from 'vitest';
import { seedDesign } from '../../src/design/design.ts';
import { LIMITS } from '../../src/design/limits.ts';
import { BUCKET_US, SYSTEM, SYSTEM_WIDTH } from '../../src/design/readings.ts';
import {
  breachesOf,
  CONTRACT_LINES,
  firstBreach,
  formatOfLine,
  soFarOf,
  unkeptOf,
  type LineWords,
} from '../../src/ui/contract/lines.ts';
import { holdWords, nextWords, soFarWords, violationsWords } from '../../src/ui/contract/words.ts';
import { aDesign } from '../support/designs.ts';
import { aSummary, summaryOfTraffic } from '../support/summaries.ts';
import { violationsOf } from '../support/violations.ts';

const { contract } = seedDesign;

function wordsOf(line: LineWords['line']): LineWords {
  const words = CONTRACT_LINES.find((each) => each.line === line);
  if (words === undefined) throw new Error(`no line ${line}`);
  return words;
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

  it.each([
    { traffic: { gets: 7, puts: 7, checked: 3 }, words: '5 of 6 hold' },
    { traffic: { gets: 0, puts: 7, checked: 0 }, words: '2 of 3 hold, 3 not measured' },
  ])('says of how many lines that were measured how many hold: $words', ({ traffic, words }) => {
    expect(holdWords({ summary: summaryOfTraffic(traffic, ['rpo']) })).toBe(words);
  });

  it('does not say that anything holds where nothing was measured, or before the run is over', () => {
    expect(holdWords({ summary: summaryOfTraffic({ gets: 0, puts: 0, checked: 0 }) })).toBe(
      'nothing was measured',
    );
    expect(holdWords({ summary: undefined })).toBeUndefined();
  });

  it('asks for another fault where there is one, and for none where there is no room for it', () => {
    const words = (faults: number) =>
      nextWords(aDesign({ fault: Array.from({ length: faults }, () => 'cache-1:flush@1s') }));
    expect(words(0)).toBe(' Add a fault to see more.');
    expect(words(LIMITS.faults - 1)).toBe(' Add another fault to see more.');
    expect(words(LIMITS.faults)).toBe('');
  });

  it('asks for traffic where none arrives, since no fault could show anything there', () => {
    const design = aDesign({ 'workload.puts': '0/s', 'workload.gets': '0/s' });
    expect(nextWords(design)).toBe(' Nothing arrives: give the workload PUTs or GETs.');
  });

  it('lists what broke a promise in order of time, and of stale reads those alone that are staler than promised', () => {
    const violations = violationsOf(
      { kind: 'staleRead', extra: 9, time: 3 },
      { kind: 'staleRead', extra: 5, time: 2 },
      { kind: 'dirtyRead', extra: 9, time: 1 },
      { kind: 'staleRead', extra: 6, time: 1 },
    );
    expect(breachesOf('staleRead', 5, violations)).toEqual([3, 0]);
    expect(breachesOf('lostAckedWrite', 5, violations)).toEqual([]);
  });

  it('knows of how many that broke one the run has kept no row', () => {
    const violations = violationsOf({ kind: 'staleRead' }, { kind: 'dirtyRead' }, { kind: 'staleRead' });
    const { consistency } = aSummary();
    const counted = (reads: number) => ({
      consistency: { ...consistency, stale: { ...consistency.stale, reads }, lostAckedWrites: 3 },
    });
    expect(unkeptOf('staleRead', counted(2), violations)).toBe(0);
    expect(unkeptOf('staleRead', counted(7), violations)).toBe(5);
    expect(unkeptOf('lostAckedWrite', counted(7), violations)).toBe(3);
  });

  it('counts all by which somebody was let down, once the run is over those too of which it has kept no row', () => {
    const violations = violationsOf({ kind: 'staleRead' }, { kind: 'lostAckedWrite' });
    const { consistency } = aSummary();
    const stale = { ...consistency.stale, reads: 4 };
    const quiet = aSummary({ consistency: { ...consistency, stale } });
    const summary = aSummary({
      consistency: { ...consistency, stale, lostAckedWrites: 200, phantomReads: 34 },
    });
    expect(violationsWords({ summary: undefined, violations })).toBe('1 violation');
    expect(violationsWords({ summary, violations })).toBe('234 violations');
    expect(violationsWords({ summary: quiet, violations })).toBeUndefined();
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

describe('the contract of a run that is being rendered', () => {
  const seriesOf = (...rows: readonly Partial<Record<keyof typeof SYSTEM, number>>[]) => {
    // Room for more buckets than are filled, as in a run that is not through.
    const system = new Float32Array((rows.length + 1) * SYSTEM_WIDTH).fill(Number.NaN);
    rows.forEach((row, bucket) => {
      system.fill(0, bucket * SYSTEM_WIDTH, (bucket + 1) * SYSTEM_WIDTH);
      for (const [column, value] of Object.entries(row))
        system[bucket * SYSTEM_WIDTH + SYSTEM[column as keyof typeof SYSTEM]] = value;
    });
    return { buckets: rows.length, nodeCount: 0, system, nodes: new Float32Array() };
  };
  const series = seriesOf(
    { putsOk: 10, getsOk: 80, putsUnknown: 6, failed: 4, readYourWritesChecked: 30, readYourWrites: 3 },
    { putsOk: 20, getsOk: 80, maxStaleness: 1_500_000, readYourWritesChecked: 70 },
  );

  const tails = { get: 4500, put: 7000 };

  it('is what its readings so far come to', () => {
    expect(soFarOf('availability', series, tails)).toBe(0.95);
    expect(soFarOf('readYourWrites', series, tails)).toBe(0.97);
    expect(soFarOf('staleness', series, tails)).toBe(1500);
    expect(soFarOf('rpo', series, tails)).toBe(0);
    expect(soFarOf('getP99', series, tails)).toBe(4.5);
    expect(soFarOf('putP99', series, tails)).toBe(7);
  });

  it('says of how much of the run that is', () => {
    expect(soFarWords({ renderedTo: 23_400_000 })).toBe('first 23.4\u2009s');
  });

  it('has no number that only the whole run can tell, or that nothing was checked of', () => {
    expect(soFarOf('getP99', series, undefined)).toBeUndefined();
    expect(soFarOf('putP99', series, { ...tails, put: Number.NaN })).toBeUndefined();
    expect(soFarOf('rpo', seriesOf({ lostAckedWrites: 1 }), tails)).toBeUndefined();
    expect(soFarOf('availability', seriesOf({}), tails)).toBeUndefined();
    expect(soFarOf('readYourWrites', seriesOf({ getsOk: 5 }), tails)).toBeUndefined();
  });
});
