/** Says from which instant on two designs can run differently: what a change of the design has to render again. */
import type { Design, Fault } from '../design/design.ts';
import { destroysDisks, instantsOf } from './faults.ts';

/** What does not touch the run at all: only how it is read. */
const READING_ONLY = new Set(['title', 'notes', 'remarks', 'layout', 'prices', 'contract', 'faults']);

/** Where the run of `to` first differs from that of `from`, microseconds: Infinity when nowhere, 0 when from the start. */
export function divergence(from: Design, to: Design): number {
  const changed = (Object.keys(to) as (keyof Design)[]).some(
    (key) => !READING_ONLY.has(key) && JSON.stringify(from[key]) !== JSON.stringify(to[key]),
  );
  // Where no disk is ever destroyed, reads are forgotten that would matter if one were.
  if (changed || destroysDisks(from) !== destroysDisks(to)) return 0;
  const a = actsOf(from);
  const b = actsOf(to);
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (a[i]?.what === b[i]?.what) continue;
    return Math.min(a[i]?.time ?? Infinity, b[i]?.time ?? Infinity);
  }
  return Infinity;
}

/** What the faults do, in order. */
function actsOf(design: Design): { time: number; what: string }[] {
  return instantsOf(design).map(({ time, fault, begins }) => ({
    time,
    what: `${time} ${begins} ${effectOf(design.faults[fault]!)}`,
  }));
}

/** A fault but for its end, which is an act of its own. */
function effectOf(fault: Fault): string {
  const parameter =
    'factor' in fault ? fault.factor : 'by' in fault ? fault.by : 'share' in fault ? fault.share : '';
  return `${fault.target} ${fault.kind} ${parameter}`;
}
