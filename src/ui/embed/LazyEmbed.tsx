/** The embedded page, in a chunk of its own: few ask for it. */
import { lazy, Suspense } from 'react';

const Embed = lazy(async () => ({ default: (await import('./Embed.tsx')).Embed }));

export function LazyEmbed() {
  return (
    <Suspense>
      <Embed />
    </Suspense>
  );
}
