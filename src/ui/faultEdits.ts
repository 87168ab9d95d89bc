/**
 * What a hand does to faults, each act as one function of the session: cards, lanes, menus, fields and keys call the same
 * ones. An edit that a limit refuses is said in passing, and the design stays as it is.
 */
import type { Result } from '../base/result.ts';
import { MS } from '../base/scale.ts';
import type { Design, Fault, FaultKind } from '../design/design.ts';
import {
  addFault as withFault,
  newFault,
  removeFault as withoutFault,
  replaceFault,
} from '../design/edits.ts';
import { FAULT_KINDS, faultKindsFor, printFault } from '../design/faults.ts';
import { headOf, targetClassOf, targetsOf } from '../design/nodes.ts';
import { hasCache } from '../design/policies/registry.ts';
import type { Problem } from '../design/problem.ts';
import type { Change, EditOptions } from '../state/documents.ts';
import type { Session } from '../state/session.ts';
import { formatInstant } from './format.ts';
import { say } from './said.ts';

/** An instant that a person points at, microseconds: in whole milliseconds, so that links stay short. */
export function pointedInstant(us: number): number {
  return Math.floor(us / MS) * MS;
}

/** A fault of this kind as it is when it is added with one click at `at` (microseconds). */
export function freshFault(target: string, kind: FaultKind, at: number): Fault | undefined {
  const fault = newFault(target, kind, pointedInstant(at));
  return fault.ok ? fault.value : undefined;
}

/** Takes an edited design over, or says why it cannot be. */
function take(
  { documents }: Session,
  edited: Result<Design, Problem>,
  change: Change,
  options?: EditOptions,
): boolean {
  if (edited.ok) documents.edit(edited.value, change, options);
  else say(`${edited.error.message}. Allowed: ${edited.error.allowed}.`);
  return edited.ok;
}

/** A fault that is added at the very end begins this long before it, microseconds; sooner in a run shorter than twice that. */
const BEFORE_THE_END_US = 8000 * MS;

/**
 * The instant at which a fault that is added here and now begins: the cursor's. Only at the end of the run, where nothing
 * could come of it, it begins some seconds earlier; the playhead goes there too, and the page says so.
 */
export function instantForFault({ documents, view }: Session): number {
  const { duration } = documents.getState().design;
  const { cursor } = view.getState();
  if (cursor < duration) return cursor;
  const at = Math.max(duration - BEFORE_THE_END_US, Math.floor(duration / 2));
  view.pause();
  view.seek(at);
  say(`The run ends at ${formatInstant(duration)}: the fault begins at ${formatInstant(at)}.`);
  return at;
}

/** Adds a fault as it stands. Returns its index in the design's faults, undefined where it is refused. */
export function placeFault(
  session: Session,
  fault: Fault,
  change: Change,
  options?: EditOptions,
): number | undefined {
  const { design } = session.documents.getState();
  return take(session, withFault(design, fault), change, options) ? design.faults.length : undefined;
}

/** Adds a fault at the cursor, here and now. Returns its index in the design's faults, undefined where no more fit. */
export function addFault(session: Session, target: string, kind: FaultKind): number | undefined {
  const fault = freshFault(target, kind, instantForFault(session));
  if (fault === undefined) return undefined;
  const change = { label: `${target} ${FAULT_KINDS[kind].label}`, after: `at ${formatInstant(fault.at)}` };
  return placeFault(session, fault, change);
}

/** Replaces one fault. Edits with the same `coalesce` in a row are one step of undo. */
export function changeFault(session: Session, index: number, fault: Fault, coalesce?: string): void {
  const { design } = session.documents.getState();
  const before = design.faults[index];
  if (before === undefined) return;
  const shown = (each: Fault): string => printFault(each).slice(each.target.length + 1);
  take(
    session,
    replaceFault(design, index, fault),
    { label: fault.target, before: shown(before), after: shown(fault) },
    coalesce === undefined ? {} : { coalesce },
  );
}

export function removeFault(session: Session, index: number): void {
  const { design } = session.documents.getState();
  const fault = design.faults[index];
  if (fault === undefined) return;
  const change = { label: `${fault.target} ${FAULT_KINDS[fault.kind].label}`, after: 'removed' };
  if (take(session, withoutFault(design, index), change)) session.view.selectFault(undefined);
}

/** The kinds of fault that can hit a place of this design. */
export function faultKindsOf(design: Design, target: string): readonly FaultKind[] {
  const what = targetClassOf(design, target);
  return what === undefined ? [] : faultKindsFor(what);
}

/**
 * Where a fault goes when nobody says: to what is selected (a shard's card stands for whoever leads it), or else to the
 * first cache node, or without a cache to the first shard's head.
 */
function usualTargets(design: Design, selection: string | undefined): string[] {
  const first = hasCache(design.policy) ? 'cache-1' : headOf(design, 1);
  if (selection === undefined) return [first];
  const aimed = selection.replace(/^shard-(\d+)$/, (_, shard: string) => headOf(design, Number(shard)));
  return [aimed, first];
}

/** The name of a place that a fault of this kind can hit; undefined when the design has none. */
export function targetForFault(
  design: Design,
  selection: string | undefined,
  kind: FaultKind,
): string | undefined {
  const names = [...usualTargets(design, selection), ...targetsOf(design).map(({ name }) => name)];
  return names.find((name) => faultKindsOf(design, name).includes(kind));
}

/** One key, one fault: what is selected, or the usual target, becomes slow; what cannot, gets the first fault that it can. */
export function faultAtPlayhead(session: Session): void {
  const { design } = session.documents.getState();
  const { selection } = session.view.getState();
  const target = usualTargets(design, selection).find((name) => faultKindsOf(design, name).length > 0);
  if (target === undefined) return;
  const kinds = faultKindsOf(design, target);
  const kind = kinds.includes('slow') ? 'slow' : kinds[0];
  if (kind !== undefined) addFault(session, target, kind);
}

/** The other fault of a key: what is selected crashes, or the usual target where that is nothing that can. */
export function crashAtPlayhead(session: Session): void {
  const { design } = session.documents.getState();
  const target = targetForFault(design, session.view.getState().selection, 'crash');
  if (target !== undefined) addFault(session, target, 'crash');
}
