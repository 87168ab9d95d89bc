/** The palette, fetched when it is first opened. */
import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { palette } from './palette.ts';

const Palette = lazy(async () => ({ default: (await import('./Palette.tsx')).Palette }));

export function LazyPalette() {
  const open = useStore(palette, (state) => state.open);
  if (!open) return null;
  return (
    <Suspense>
      <Palette />
    </Suspense>
  );
}
