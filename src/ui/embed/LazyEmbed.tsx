/** The embedded page, in a chunk of its own: few ask for it. */
import { Suspense } from 'react';
import { fetched } from '../kit/fetched.tsx';

const Embed = fetched('The diagram', async () => (await import('./Embed.tsx')).Embed);

export function LazyEmbed() {
  return (
    <Suspense>
      <Embed />
    </Suspense>
  );
}
