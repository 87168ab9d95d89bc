/** How a comparison's numbers are written: the unit stands once in a line, at its name. Text only. */
import { capital } from '../../base/words.ts';
import type { ComparisonReading, Difference, Verdict } from '../../explore/comparison.ts';
import type { Unit } from '../../explore/measures.ts';
import { formatNumber, formatShare } from '../format.ts';

/** As it stands beside the name of the measure; empty for a count. */
export const UNIT_WORDS: Readonly<Record<Unit, string>> = {
  count: '',
  ms: 'ms',
  share: '%',
  perSecond: 'per s',
  perPut: 'copies',
  dollars: '$',
};

/** A value without its unit. */
export function printValue(value: number, unit: Unit): string {
  // A share keeps what is missing to the whole visible; its sign of per cent stands at the name.
  return unit === 'share' ? formatShare(value).replace(/\s?%$/, '') : formatNumber(value);
}

/** A difference, with its sign; of nothing that is left in the digits, without. */
export function printDifference(value: number, unit: Unit): string {
  const text = unit === 'share' ? formatNumber(value * 100) : formatNumber(value);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** `−131 to −87`; `no spread` where every seed gave the same; nothing for a single seed. */
export function printInterval({ interval, unit }: Pick<Difference, 'interval' | 'unit'>): string {
  if (interval === undefined) return '';
  const { from, to } = interval;
  return from === to ? 'no spread' : `${printDifference(from, unit)} to ${printDifference(to, unit)}`;
}

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  a: 'A',
  b: 'B',
  equal: 'equal',
  open: 'open',
};

export const VERDICT_HELP: Readonly<Record<Verdict, string>> = {
  a: 'A is better: the interval has no room for the opposite.',
  b: 'B is better: the interval has no room for the opposite.',
  equal: 'No difference that this measure could show.',
  open: 'The seeds do not tell: the true difference may be on either side of zero.',
};

/** What it comes to, in one sentence. `names` are those of the two designs, or the letters where they have the same. */
export function verdictSentence(
  { differences, seeds }: ComparisonReading,
  names: { readonly a: string; readonly b: string },
): string {
  if (seeds.length < 2) return 'One seed cannot tell what is chance.';
  const count = (verdict: Verdict): number => differences.filter((row) => row.verdict === verdict).length;
  const [a, b, equal, open] = [count('a'), count('b'), count('equal'), count('open')];
  const better = [
    { name: names.a, lines: a },
    { name: names.b, lines: b },
  ]
    .filter(({ lines }) => lines > 0)
    .sort((one, other) => other.lines - one.lines)
    .map(({ name, lines }, i) =>
      i === 0 ? `${name} is better on ${measures(lines)}` : `${name} on ${lines}`,
    );
  const rest = [
    ...(equal > 0 ? [`${equal} ${equal === 1 ? 'shows' : 'show'} no difference`] : []),
    ...(open > 0 ? [`the seeds leave ${open} open`] : []),
  ];
  const parts = [...better, ...rest];
  const last = parts.pop() ?? '';
  return `${capital(parts.length === 0 ? last : `${parts.join(', ')} and ${last}`)}.`;
}

function measures(count: number): string {
  return count === 1 ? '1 measure' : `${count} measures`;
}

/** All of it as a table in Markdown, under the two links. */
export function comparisonText(
  { differences, seeds }: ComparisonReading,
  links: { readonly a: string; readonly b: string },
): string {
  const rows = differences.map((row) => {
    const unit = UNIT_WORDS[row.unit];
    const cells = [
      unit === '' ? row.label : `${row.label} (${unit})`,
      printValue(row.a, row.unit),
      printValue(row.b, row.unit),
      printDifference(row.difference, row.unit),
      printInterval(row),
      VERDICT_WORDS[row.verdict],
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    `A: ${links.a}`,
    `B: ${links.b}`,
    '',
    seeds.length === 1
      ? 'One paired seed, too few for an interval.'
      : `Means over ${seeds.length} paired seeds, with 95 % intervals of the difference.`,
    '',
    '| measure | A | B | B \u2212 A | 95 % interval | better |',
    '| :-- | --: | --: | --: | --: | :-- |',
    ...rows,
    '',
  ].join('\n');
}
