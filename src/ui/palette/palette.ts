/**
 * Whether the palette lies open, and what was typed into it. What it is drawn with is fetched when it first is; whoever
 * opens it by a key types on at once, so that what is typed before its field is there is kept for it.
 */
import { createStore } from 'zustand/vanilla';
import { typedOn } from '../typedOn.ts';

export const palette = createStore<{ open: boolean; typed: string }>()(() => ({ open: false, typed: '' }));

export function openPalette(): void {
  palette.setState({ open: true, typed: '' });
}

export function closePalette(): void {
  palette.setState({ open: false });
}

export function typeIntoPalette(typed: string): void {
  palette.setState({ typed });
}

/** Takes a key that was pressed outside the palette's field while it is open. False: the key is none of its own. */
export function typeAhead(press: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>): boolean {
  const { open, typed } = palette.getState();
  if (!open) return false;
  const more = typedOn(typed, press);
  if (more !== undefined) typeIntoPalette(more);
  else if (press.key === 'Escape') closePalette();
  else return false;
  return true;
}
