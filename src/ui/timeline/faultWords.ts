/** A fault in the few words that fit on its block, and in a sentence for who cannot see the block. */
import { printDuration } from '../../base/units.ts';
import type { Fault } from '../../design/design.ts';
import { FAULT_KINDS } from '../../design/faults.ts';
import { formatShare } from '../format.ts';
import { prettyText } from '../pretty.ts';

/** What it does and how much of it: `slow ×20`, `delay 200 ms`, `crash`. */
export function deedOf(fault: Fault): string {
  const { label } = FAULT_KINDS[fault.kind];
  switch (fault.kind) {
    case 'slow':
    case 'surge':
      return `${label} ×${fault.factor}`;
    case 'delay':
      return `${label} ${timeWords(fault.by)}`;
    case 'drop':
    case 'hotkey':
      return `${label} ${formatShare(fault.share)}`;
    case 'crash':
    case 'destroy':
    case 'pause':
    case 'partition':
    case 'flush':
      return label;
  }
}

/** Whether it has no end to draw: it happens at an instant, or the host is gone for good. */
export function isFlag(fault: Fault): boolean {
  if (!FAULT_KINDS[fault.kind].lasts) return true;
  return fault.for === undefined && (fault.kind === 'crash' || fault.kind === 'destroy');
}

/** `slow ×20 on cache-1 from 10 s to 18 s`. */
export function sentenceOf(fault: Fault): string {
  const what = `${deedOf(fault)} on ${fault.target}`;
  const from = timeWords(fault.at);
  if (!FAULT_KINDS[fault.kind].lasts) return `${what} at ${from}`;
  return fault.for === undefined
    ? `${what} from ${from} to the end`
    : `${what} from ${from} to ${timeWords(fault.at + fault.for)}`;
}

/** A time of the document as one reads it: `10 s`, `200 ms`. */
function timeWords(us: number): string {
  return prettyText(printDuration(us));
}
