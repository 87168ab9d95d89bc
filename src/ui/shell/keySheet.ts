/** Whether the sheet of all keys lies open. */
import { createStore } from 'zustand/vanilla';

export const keySheet = createStore<{ open: boolean }>()(() => ({ open: false }));

export function openKeySheet(): void {
  keySheet.setState({ open: true });
}

export function closeKeySheet(): void {
  keySheet.setState({ open: false });
}
