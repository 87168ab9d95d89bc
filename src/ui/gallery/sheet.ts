/** Whether the gallery lies open in place of the screen. */
import { createStore } from 'zustand/vanilla';

export const gallerySheet = createStore<{ open: boolean }>()(() => ({ open: false }));

/** The button that opened it, by its id: who leaves the gallery is back there. */
export const OPENER = 'presets-button';

export function closeGallery(): void {
  gallerySheet.setState({ open: false });
}

export function toggleGallery(): void {
  gallerySheet.setState(({ open }) => ({ open: !open }));
}
