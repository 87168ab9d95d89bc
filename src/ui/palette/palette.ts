/** Whether the palette lies open. What it is drawn with is fetched when it first is. */
import { createStore } from 'zustand/vanilla';

export const palette = createStore<{ open: boolean }>()(() => ({ open: false }));

export function openPalette(): void {
  palette.setState({ open: true });
}

export function closePalette(): void {
  palette.setState({ open: false });
}
