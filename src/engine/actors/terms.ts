/**
 * The news of a higher term: who has missed it, and how it reaches them. What it makes of them stands in `election.ts`.
 */
import { Behind, R_BEHIND } from '../store.ts';
import { Event, type World } from '../world.ts';
import { leads } from './reader.ts';
import { RESEND_US } from './transport.ts';

/** True for a replica that serves and should not: it was replaced as leader, or shows what was discarded. */
export function hasMissedTerm(w: World, node: number): boolean {
  if (!w.nodes.isUp(node)) return false;
  if (leads(w, node) && w.leaderNode(w.shardOfNode(node)) !== node) return true;
  return w.store.replica[w.replicaRow(node) + R_BEHIND] === Behind.unaware;
}

/** The leader tells a replica that has missed its term; as long as that cannot get through, again and again. */
export function tellTerm(w: World, node: number): void {
  if (!hasMissedTerm(w, node)) return;
  const leader = w.leaderNode(w.shardOfNode(node));
  const reaches = w.nodes.isUp(leader) && !w.isCut(leader, node);
  const time = reaches ? w.replicationDelay(leader, node) : RESEND_US;
  w.wheel.schedule(w.wheel.now + time, Event.hearTerm, reaches ? node : -node);
}
