/** The condition of a node, written on its card: the one thing that the cards of all tiers say alike. */
import { inBrief } from './conditions.ts';
import type { Moment } from './moment.ts';
import type { Writable } from './slots.ts';

/** Writes the state that every card shows; returns whether it is down, when values are dashes. */
export function paintCondition(slots: Writable, now: Moment, name: string): boolean {
  const { words, hurt, down } = now.condition(name);
  slots.text('state', words);
  slots.text('brief', inBrief(words));
  slots.mark('', 'hurt', hurt ? '' : undefined);
  slots.mark('', 'down', down ? '' : undefined);
  return down;
}
