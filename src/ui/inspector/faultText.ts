/** A fault's three editable values as texts, and a fault with one of them changed. What may stand there is design's to say. */
import { err, ok, type Result } from '../../base/result.ts';
import { printDuration } from '../../base/units.ts';
import type { Fault } from '../../design/design.ts';
import { FAULT_KINDS, parseFault, textsOfFault } from '../../design/faults.ts';
import type { Problem } from '../../design/problem.ts';

export type FaultPart = 'parameter' | 'from' | 'to';

/** Stands for the end of the run, where a fault has no end of its own. */
const TO_THE_END = 'end';

export function faultTexts(fault: Fault): Readonly<Record<FaultPart, string>> {
  const { parameter } = FAULT_KINDS[fault.kind];
  return {
    parameter: parameter === undefined ? '' : (textsOfFault(fault).get(parameter.key) ?? ''),
    from: printDuration(fault.at),
    to: fault.for === undefined ? TO_THE_END : printDuration(fault.at + fault.for),
  };
}

export function editFault(fault: Fault, part: FaultPart, text: string): Result<Fault, Problem> {
  const texts = { ...faultTexts(fault) };
  texts[part] = text;
  const { parameter, from, to } = texts;
  const value = parameter === '' ? '' : `:${parameter}`;
  const end = to === TO_THE_END || to === '' ? '' : `-${to}`;
  const parsed = parseFault(`${fault.target}:${fault.kind}${value}@${from}${end}`);
  if (parsed.ok) return ok(parsed.value);
  const { message, allowed, nearest } = parsed.error;
  return err({ key: part, value: text, message, allowed, ...(nearest === undefined ? {} : { nearest }) });
}
