/** Where a new fault goes when nobody says: to what is selected, or to the first cache node, or to what there is. */
import type { Design, FaultKind } from '../../design/design.ts';
import { headOf, targetsOf } from '../../design/nodes.ts';
import { faultKindsOf } from '../actions.ts';

/** The name of a place that a fault of this kind can hit; undefined when the design has none. */
export function targetForFault(
  design: Design,
  selection: string | undefined,
  kind: FaultKind,
): string | undefined {
  const first = design.policy === 'db-only' ? headOf(design, 1) : 'cache-1';
  return [selection, first, ...targetsOf(design).map(({ name }) => name)].find(
    (name) => name !== undefined && faultKindsOf(design, name).includes(kind),
  );
}
