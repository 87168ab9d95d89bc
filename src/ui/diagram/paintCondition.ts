/** The condition of a node, written on its card: the one thing that the cards of all tiers say alike. */
import { inBrief } from './conditions.ts';
import type { Moment } from './moment.ts';
import type { Writable } from './slots.ts';

/** What is wrong, whole and in brief: the card shows which of them it has room for. */
export function paintState(slots: Writable, slot: string, words: string): void {
  slots.text(slot, words);
  slots.mark(slot, 'brief', words === '' ? undefined : inBrief(words));
}

/** Writes the state that every card shows; returns whether it is down, when values are dashes. */
export function paintCondition(slots: Writable, now: Moment, name: string): boolean {
  const { words, hurt, down } = now.condition(name);
  paintState(slots, 'state', words);
  slots.mark('', 'hurt', hurt ? '' : undefined);
  slots.mark('', 'down', down ? '' : undefined);
  return down;
}
