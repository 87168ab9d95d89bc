/**
 * The gallery, fetched by those who open it, in the way of the comparison (`useCompare`). Who leaves it is back at the
 * button that it was opened by.
 */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { closeGallery, gallerySheet, OPENER } from '../gallery/sheet.ts';
import { say } from '../said.ts';

type Draw = (small: boolean) => ReactNode;

/** Draws the gallery while it is open and here. */
export function useGallery(): Draw | undefined {
  const open = useStore(gallerySheet, (state) => state.open);
  const [screen, setScreen] = useState<Draw>();
  const wasShown = useRef(false);
  const shown = open && screen !== undefined;
  useEffect(() => {
    if (!open || screen !== undefined) return;
    import('../gallery/Gallery.tsx').then(
      ({ Gallery }) => setScreen(() => (small: boolean) => <Gallery small={small} />),
      () => {
        closeGallery();
        say('The presets could not be loaded: is there a network?');
      },
    );
  }, [open, screen]);
  useEffect(() => {
    if (wasShown.current && !shown) document.getElementById(OPENER)?.focus();
    wasShown.current = shown;
  }, [shown]);
  return shown ? screen : undefined;
}
