/**
 * The command `compare`: two designs over the same seeds, and what differs. The statistics are in `src/explore/`, over
 * the engine's runs; here they are only called for and printed.
 */
import { otherArrivals } from '../design/arrivals.ts';
import type { Design } from '../design/design.ts';
import { writeLink } from '../design/links.ts';
import { drivenRun } from '../engine/render.ts';
import { Comparison, type ComparisonReading, type Difference, type Verdict } from '../explore/comparison.ts';
import type { Unit } from '../explore/measures.ts';
import { dollars, share, threeDigits } from '../base/words.ts';
import { columns } from './columns.ts';

/** How far a run goes between two looks at it, microseconds. */
const STEP_US = 1_000_000;

/** Runs both designs with so many seeds, from the first one's on, and compares what they come to. */
export function compareDesigns(a: Design, b: Design, seeds: number): ComparisonReading {
  const comparison = new Comparison(a, b, drivenRun);
  comparison.ask(seeds);
  while (!comparison.done) comparison.advance(STEP_US);
  return comparison.reading();
}

export interface Compared {
  /** A and B. */
  readonly designs: readonly [Design, Design];
  readonly reading: ComparisonReading;
}

/** What `--json` prints. An interval of a single seed is null. */
export function comparisonJson({ designs, reading: { seeds, stopped, differences } }: Compared): object {
  const [a, b] = designs;
  return {
    a: `#${writeLink(a)}`,
    b: `#${writeLink(b)}`,
    seeds,
    otherArrivals: otherArrivals(a, b),
    stopped,
    differences: differences.map(({ key, unit, better, interval, verdict, ...means }) => ({
      key,
      unit,
      better,
      a: means.a,
      b: means.b,
      difference: means.difference,
      interval: interval === undefined ? null : [interval.from, interval.to],
      verdict,
    })),
  };
}

const VERDICTS: Readonly<Record<Verdict, string>> = {
  a: 'A',
  b: 'B',
  equal: 'equal',
  open: 'the seeds do not tell',
};

/** The table for a person at a terminal, ended by a line feed. */
export function comparisonTable({ designs, reading }: Compared): string {
  const { seeds, differences, stopped } = reading;
  const [a, b] = designs;
  const keys = otherArrivals(a, b);
  const arrivals = keys.length === 0 ? ', the same arrivals' : `; other arrivals: ${keys.join(', ')} differ`;
  const rows = differences.map((row) => [
    row.label,
    valueOf(row.a, row.unit),
    valueOf(row.b, row.unit),
    signed(row.difference, row.unit),
    intervalWords(row),
    VERDICTS[row.verdict],
  ]);
  const lines = [
    `A  #${writeLink(a)}`,
    `B  #${writeLink(b)}`,
    `${seedsWords(seeds)}, both designs with each${arrivals}`,
    ...stopped.map(
      ({ side, seed, why }) => `${side.toUpperCase()} with seed ${seed} ended before its time: ${why}`,
    ),
    '',
    ...columns([['mean', 'A', 'B', 'B - A', '95 % interval', 'better'], ...rows], 'right'),
    '',
    seeds.length === 1
      ? 'One seed says nothing about chance: --seeds 5 would.'
      : 'An interval misses the true difference once in 20 times.',
  ];
  return `${lines.join('\n')}\n`;
}

function seedsWords(seeds: readonly number[]): string {
  const [first, last] = [seeds[0], seeds.at(-1)];
  return seeds.length === 1 ? `1 seed, ${first}` : `${seeds.length} seeds, ${first} to ${last}`;
}

function intervalWords({ interval, unit }: Difference): string {
  if (interval === undefined) return '-';
  const { from, to } = interval;
  return from === to ? 'no spread' : `${signed(from, unit)} to ${signed(to, unit)}`;
}

/** With its sign, unless nothing is left of it in the digits that are printed. */
function signed(value: number, unit: Unit): string {
  const text = valueOf(value, unit);
  if (!/[1-9]/.test(text)) return text.replace('-', '');
  return value > 0 ? `+${text}` : text;
}

function valueOf(value: number, unit: Unit): string {
  switch (unit) {
    case 'count':
    case 'perPut':
      return threeDigits(value);
    case 'ms':
      return `${threeDigits(value)} ms`;
    case 'perSecond':
      return `${threeDigits(value)}/s`;
    case 'dollars':
      return `${value < 0 ? '-' : ''}${dollars(Math.abs(value))}`;
    case 'share':
      return share(value);
  }
}
