/** The palette, fetched when it is first opened, in the way of the comparison (`useCompare`). */
import { useEffect, useState, type ComponentType } from 'react';
import { useStore } from 'zustand';
import { say } from '../said.ts';
import { closePalette, palette } from './palette.ts';

export function LazyPalette() {
  const open = useStore(palette, (state) => state.open);
  const [Palette, setPalette] = useState<ComponentType>();
  useEffect(() => {
    if (!open || Palette !== undefined) return;
    import('./Palette.tsx').then(
      (part) => setPalette(() => part.Palette),
      () => {
        closePalette();
        say('The palette could not be loaded: is there a network?');
      },
    );
  }, [open, Palette]);
  return open && Palette !== undefined ? <Palette /> : null;
}
