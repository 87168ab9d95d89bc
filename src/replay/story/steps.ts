/**
 * Which step of the policy's table did what: the engine writes a step down before it takes it, at the node that takes it,
 * so that what happens there and then, or is sent from there, is that step's doing.
 */
import type { PolicyTable } from '../../design/policies/table.ts';
import { stepsOf } from '../../design/policies/table.ts';
import type { Happening, KeyHistory, Message } from './history.ts';

/** What is the doing of a step at its own node. */
const DONE_BY_STEPS: readonly Happening['type'][] = ['hit', 'miss', 'apply', 'remove', 'refuse', 'timeout'];

/** The step that did this; undefined for what no step does: an arrival, a service, a commit. */
export function stepBefore({ happenings }: KeyHistory, happening: Happening): Happening | undefined {
  if (!DONE_BY_STEPS.includes(happening.type)) return undefined;
  return happenings.findLast(
    (each) =>
      each.type === 'step' &&
      each.operation === happening.operation &&
      each.node === happening.node &&
      each.place < happening.place,
  );
}

/** The number of the step that sent this request: the last of that instant at its sender. */
export function stepOf({ happenings }: KeyHistory, message: Message): number | undefined {
  if (message.answer) return undefined;
  return happenings.findLast(
    (each) =>
      each.type === 'step' &&
      each.operation === message.operation &&
      each.node === message.from &&
      each.time === message.sentAt,
  )?.extra;
}

/** The steps that a tale's operations stand at: of each call that is not over, the last one that it took. */
export interface Standing {
  /** The one that was taken last. */
  readonly lit: number | undefined;
  /** Those that others still wait at. */
  readonly waiting: ReadonlySet<number>;
}

/** Which steps of the policy's table the operations have come to by `time`, microseconds, and where they wait. */
export function standingAt(
  { happenings }: KeyHistory,
  operations: readonly number[],
  table: PolicyTable,
  time: number,
): Standing {
  const steps = stepsOf(table);
  const byCall = new Map<number, Happening>();
  let lit: Happening | undefined;
  for (const each of happenings) {
    if (each.time > time) break;
    if (each.type !== 'step' || !operations.includes(each.operation)) continue;
    lit = each;
    byCall.set(each.call, each);
  }
  const waiting = new Set<number>();
  for (const { extra } of byCall.values()) {
    const step = steps[extra]?.step;
    if (extra !== lit?.extra && (step?.do === 'call' || step?.do === 'serve' || step?.do === 'join'))
      waiting.add(extra);
  }
  return { lit: lit?.extra, waiting };
}
