/** The embedded page, in a chunk of its own: few ask for it. */
import { fetched } from '../kit/fetched.tsx';

export const LazyEmbed = fetched('The diagram', async () => (await import('./Embed.tsx')).Embed);
