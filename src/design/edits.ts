/**
 * The edits that a hand makes on faults and on the diagram: pure functions from a design to the next one, held to the
 * same limits as what is typed. Keeps no history; undo belongs to the page's state.
 */
import * as z from 'zod/mini';
import { err, ok, type Result } from '../base/result.ts';
import { printDuration, type Micros } from '../base/units.ts';
import type { Design, Fault, FaultKind } from './design.ts';
import { FAULT_KINDS, faultOf } from './faults.ts';
import { withFault } from './keys.ts';
import { LIMITS } from './limits.ts';
import { isPlaceName } from './places.ts';
import { problem, type Problem } from './problem.ts';
import { troubleOfFault } from './rules.ts';
import { faultSchema } from './schema.ts';

type Edit = Result<Design, Problem>;

/** How long a new fault stays, where it lasts. */
const NEW_LENGTH: Micros = 8_000_000;

/** A fault of this kind as the page starts it: its usual parameter, at `at`, for some seconds if it lasts at all. */
export function newFault(target: string, kind: FaultKind, at: Micros): Result<Fault, Problem> {
  const { parameter, lasts } = FAULT_KINDS[kind];
  const fault = faultOf(
    new Map([
      ['target', target],
      ['kind', kind],
      ['at', printDuration(instantAt(at))],
      ...(parameter === undefined ? [] : [[parameter.key, parameter.start] as const]),
      ...(lasts ? [['for', printDuration(NEW_LENGTH)] as const] : []),
    ]),
  );
  if (fault.ok) return fault;
  const { part, value, message, allowed, nearest } = fault.error;
  return err(problem(`fault ${part}`, value, message, allowed, nearest));
}

/** Appends a fault. Refused past the limit of faults, out of range, and at what does not exist. */
export function addFault(design: Design, fault: Fault): Edit {
  const trouble = troubleWith(design, fault);
  return trouble === undefined ? withFault(design, fault) : err(trouble);
}

/** Puts another fault in the place of the one at `index`. */
export function replaceFault(design: Design, index: number, fault: Fault): Edit {
  const trouble =
    design.faults[index] === undefined ? noSuchFault(design, index) : troubleWith(design, fault);
  return trouble === undefined ? ok({ ...design, faults: design.faults.with(index, fault) }) : err(trouble);
}

/** Takes out the fault at `index`; refused where there is none. */
export function removeFault(design: Design, index: number): Edit {
  if (design.faults[index] === undefined) return err(noSuchFault(design, index));
  return ok({ ...design, faults: design.faults.toSpliced(index, 1) });
}

/** Puts a node at a place of the diagram, in whole pixels; undefined takes it back to where it belongs. */
export function moveNode(design: Design, name: string, place: readonly [number, number] | undefined): Edit {
  if (!isPlaceName(name)) return err(problem(`layout.${name}`, name, 'is not the name of a node', 'a node'));
  const others = Object.fromEntries(Object.entries(design.layout).filter(([other]) => other !== name));
  if (place === undefined) return ok({ ...design, layout: others });
  const [x, y] = [pixel(place[0]), pixel(place[1])];
  return ok({ ...design, layout: { ...others, [name]: [x, y] } });
}

function pixel(coordinate: number): number {
  const bounded = Math.max(-LIMITS.layout, Math.min(LIMITS.layout, Math.round(coordinate)));
  // Zero has one sign; what is no number at all stays in the middle.
  return Number.isNaN(bounded) ? 0 : bounded + 0;
}

/** A whole microsecond of what can be simulated. */
function instantAt(instant: Micros): Micros {
  const bounded = Math.max(0, Math.min(LIMITS.duration, Math.round(instant)));
  return Number.isNaN(bounded) ? 0 : bounded;
}

function troubleWith(design: Design, fault: Fault): Problem | undefined {
  const encoded = z.safeEncode(faultSchema, { ...fault });
  if (encoded.success) return troubleOfFault(design, fault);
  const part = String(encoded.error.issues[0]?.path[0] ?? 'fault');
  return problem('fault', fault.target, `${part} is out of range`, 'what the limits of a fault allow');
}

function noSuchFault(design: Design, index: number): Problem {
  return problem('fault', String(index), 'there is no such fault', `0 to ${design.faults.length - 1}`);
}
