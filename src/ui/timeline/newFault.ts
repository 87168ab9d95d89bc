/** A fault that is about to be: what the fields of a form say of it, and what they hold before anybody has written into them. */
import type { Result } from '../../base/result.ts';
import { printDuration } from '../../base/units.ts';
import type { Design, Fault, FaultKind } from '../../design/design.ts';
import { FAULT_KINDS, faultOf, type FaultTrouble } from '../../design/faults.ts';
import { faultKindsOf, pointedInstant, targetForFault } from '../faultEdits.ts';
import { plainText, prettyText } from '../pretty.ts';

const FIRST_KIND: FaultKind = 'slow';
const FIRST_LENGTH = '8s';

/** What the fields hold, as texts: what stands there unasked is written as everywhere on the page. */
export interface Draft {
  readonly target: string;
  readonly kind: FaultKind;
  readonly parameter: string;
  readonly length: string;
}

/** The fault that the texts stand for, beginning at `at`, microseconds. An empty length means to the end. */
export function faultFrom(
  { target, kind, parameter, length }: Draft,
  at: number,
): Result<Fault, FaultTrouble> {
  const info = FAULT_KINDS[kind];
  const texts = new Map([
    ['target', target],
    ['kind', kind],
    ['at', printDuration(pointedInstant(at))],
  ]);
  if (info.parameter !== undefined) texts.set(info.parameter.key, plainText(parameter));
  if (info.lasts && plainText(length) !== '') texts.set('for', plainText(length));
  return faultOf(texts);
}

/** A kind that the target cannot have becomes the first that it can. The parameter begins with what is usual for it. */
export function draftOf(design: Design, target: string, kind: FaultKind, length: string): Draft {
  const kinds = faultKindsOf(design, target);
  const possible = kinds.includes(kind) ? kind : (kinds[0] ?? kind);
  const { key, start = '' } = FAULT_KINDS[possible].parameter ?? {};
  return { target, kind: possible, parameter: `${key === 'factor' ? '×' : ''}${prettyText(start)}`, length };
}

/** What the fields hold before anybody has written into them. */
export function firstDraft(design: Design, selection: string | undefined): Draft {
  const target = targetForFault(design, selection, FIRST_KIND) ?? '';
  return draftOf(design, target, FIRST_KIND, prettyText(FIRST_LENGTH));
}
