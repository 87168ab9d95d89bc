/** What a remedy that was tried out comes to, in words. */
import type { Design } from '../../design/design.ts';
import type { Summary } from '../../engine/summary.ts';
import { isEnough, leftOf, type Harm, type Outcome, type Quantity } from '../../replay/story/outcomes.ts';
import type { Trial } from '../../state/trials.ts';
import { formatOfLine } from '../contract/lines.ts';
import { formatCount, formatDollars, formatMs, formatPercent, formatRate, formatShare } from '../format.ts';

const PRINTS: Readonly<Record<Quantity['unit'], (value: number) => string>> = {
  count: formatCount,
  ms: formatMs,
  share: formatShare,
  perSecond: formatRate,
  dollars: formatDollars,
};

/** A value of this quantity; what the contract promises, in the unit in which the board writes it. */
export function printQuantity(
  { line, unit }: Pick<Quantity, 'line' | 'unit'>,
  value: number,
  contract: Design['contract'],
): string {
  return line === undefined ? PRINTS[unit](value) : formatOfLine(line, value, contract);
}

/** How far a remedy is tried out. @param share of its run that is rendered */
export function progressWords(share: number): string {
  return share === 0 ? 'waits to be rendered' : `rendered to ${formatPercent(share)}`;
}

/** What a remedy leaves of a harm. @param enough whether the remedy that is shown beside it leaves nothing */
export function verdictOn(
  { summary, share, why }: Pick<Trial, 'summary' | 'share' | 'why'>,
  now: Summary,
  harm: Harm,
  enough: boolean,
  contract: Design['contract'],
): string {
  if (why !== undefined) return 'cannot be rendered';
  if (summary === undefined) return progressWords(share);
  const left = leftOf(harm, now, summary);
  if (isEnough(left)) return enough ? 'would be enough too' : 'would be enough';
  const print = (value: number): string => printQuantity(left.quantity, value, contract);
  const words = `${lowered(left.quantity.label)} ${print(left.now)} now, ${print(left.then)} with it`;
  return left.quantity.unit === 'count' ? `${judgementOf(left)}: ${words}` : words;
}

function judgementOf({ now, then }: Outcome): string {
  if (then < now) return 'is not enough alone';
  return then === now ? 'does not help' : 'makes it worse';
}

/** As it stands inside a sentence: abbreviations stay as they are. */
const lowered = (label: string): string => label.replace(/^[A-Z](?![A-Z])/, (first) => first.toLowerCase());
