/** A story, in a chunk of its own: nobody needs it before something is looked at. */
import { fetched } from '../kit/fetched.tsx';

export const LazyStory = fetched('Stories', async () => (await import('../story/Story.tsx')).Story);
