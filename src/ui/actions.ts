/**
 * What a person can do with more than one store at once, each as one function of the session: keys, menus, cards and
 * lanes call the same ones, so that the same act is the same change with the same words. They read state once and write
 * through the stores' own ways in; nothing is remembered here.
 */
import type { Design, Fault, FaultKind, Policy } from '../design/design.ts';
import { LIMITS } from '../design/limits.ts';
import { leaderName } from '../design/nodes.ts';
import { policyTable } from '../design/policies/registry.ts';
import type { Session } from '../state/session.ts';
import type { Speed } from '../state/view.ts';
import { formatInstant } from './format.ts';
import { say } from './said.ts';
import { loudRows, timeOf } from './timeline/violationMarks.ts';

const MS = 1000;
const SECOND = 1000 * MS;

/** The policies that can be chosen, in the order of the bar and of the number keys. */
export const supportedPolicies: readonly Policy[] = POLICIES.filter(
  (policy) => policyTable(policy) !== undefined,
);

export function choosePolicy({ documents }: Session, policy: Policy): void {
  const { design } = documents.getState();
  documents.edit({ ...design, policy }, { label: 'policy', before: design.policy, after: policy });
}

export function setTitle({ documents }: Session, title: string): void {
  const { design } = documents.getState();
  documents.edit({ ...design, title: title.slice(0, LIMITS.title) }, { label: 'title' });
}

/** Slowest first. */
export const SPEEDS: readonly Speed[] = ['1/1000', '1/100', '1/10', '1'];

export function changePace({ view }: Session, direction: 1 | -1): void {
  const speed = SPEEDS[SPEEDS.indexOf(view.getState().speed) + direction];
  if (speed !== undefined) view.setSpeed(speed);
}

const NUDGE_US = 100 * MS;

export function nudge({ view }: Session, direction: 1 | -1): void {
  view.seek(view.getState().cursor + direction * NUDGE_US);
}

/** Goes to the next violation in time that let somebody down, from the focused one or from the cursor; round at the end. */
export function focusNextViolation({ run, view }: Session, direction: 1 | -1): void {
  const { violations } = run.getState();
  const rows = loudRows(violations);
  if (rows.length === 0) return;
  const { focusedViolation, cursor } = view.getState();
  const at = focusedViolation === undefined ? -1 : rows.indexOf(focusedViolation);
  if (at >= 0) {
    view.focusViolation(rows.at((at + direction) % rows.length));
    return;
  }
  const next =
    direction === 1
      ? rows.find((row) => timeOf(violations, row) > cursor)
      : rows.findLast((row) => timeOf(violations, row) < cursor);
  view.focusViolation(next ?? rows.at(direction === 1 ? 0 : -1));
}

/** What a fault of each kind is when it is added with one click. */
type Kindly = { [K in FaultKind]: Omit<Extract<Fault, { kind: K }>, 'at' | 'target'> };
const FRESH: Kindly = {
  slow: { kind: 'slow', factor: 20, for: 8 * SECOND },
  delay: { kind: 'delay', by: 200 * MS, for: 8 * SECOND },
  crash: { kind: 'crash', for: 8 * SECOND },
  destroy: { kind: 'destroy', for: 8 * SECOND },
  pause: { kind: 'pause', for: 2 * SECOND },
  partition: { kind: 'partition', for: 8 * SECOND },
  drop: { kind: 'drop', share: 0.1, for: 8 * SECOND },
  flush: { kind: 'flush' },
  surge: { kind: 'surge', factor: 2, for: 8 * SECOND },
  hotkey: { kind: 'hotkey', share: 0.5, for: 8 * SECOND },
};
