/**
 * The numbers of things on the diagram that a hand can change by one: nodes of a tier, shards, replicas of each. What
 * the limits refuse, or a fault that is aimed at what would go, is said in passing; nothing is ever changed half.
 */
import type { Design } from '../design/design.ts';
import { fieldByKey } from '../design/fields.ts';
import type { FieldKey } from '../design/fieldWords.ts';
import { LIMITS } from '../design/limits.ts';
import { nodesOf } from '../design/nodes.ts';
import type { Session } from '../state/session.ts';
import { applyField, textOf } from './fieldEdits.ts';
import { say } from './said.ts';

export const COUNTED = {
  'app.nodes': { one: 'app node', most: LIMITS.nodesPerTier },
  'cache.nodes': { one: 'cache node', most: LIMITS.nodesPerTier },
  'store.shards': { one: 'shard', most: LIMITS.shards },
  'store.rf': { one: 'replica of each shard', most: LIMITS.replicationFactor },
} as const satisfies Partial<Record<FieldKey, { readonly one: string; readonly most: number }>>;
export type CountKey = keyof typeof COUNTED;

export function numberOf(design: Design, key: CountKey): number {
  return Number(textOf(design, key));
}

/** Whether there can be one more, or one fewer, as far as the limits go. */
export function canStep(count: number, key: CountKey, by: 1 | -1): boolean {
  return by === 1 ? count < COUNTED[key].most : count > 1;
}

/** One more or one fewer. */
export function stepCount(session: Session, key: CountKey, by: 1 | -1): void {
  const { design } = session.documents.getState();
  const count = numberOf(design, key);
  const { one, most } = COUNTED[key];
  if (!canStep(count, key, by)) {
    say(by === 1 ? `${count} of ${most}: there can be no further ${one}.` : `The last ${one} stays.`);
    return;
  }
  const wrong = applyField(session, key, String(count + by));
  if (wrong !== undefined)
    say(`${fieldByKey(key)?.label ?? key}: ${wrong.message}. Allowed: ${wrong.allowed}.`);
}

/** What is counted where something is selected: the nodes of its tier, the shards at a shard, the replicas at a replica. */
export function countAt(design: Design, selection: string | undefined): CountKey | undefined {
  if (selection === undefined) return undefined;
  if (/^shard-\d+(\.leader)?$/.test(selection)) return 'store.shards';
  switch (nodesOf(design).find(({ name }) => name === selection)?.tier) {
    case 'app':
      return 'app.nodes';
    case 'cache':
      return 'cache.nodes';
    case 'store':
      return 'store.rf';
    default:
      return undefined;
  }
}
