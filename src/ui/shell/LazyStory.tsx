/** A story, in a chunk of its own: nobody needs it before something is looked at. */
import { Suspense } from 'react';
import { fetched } from '../kit/fetched.tsx';

const Story = fetched('Stories', async () => (await import('../story/Story.tsx')).Story);

/** @param alone it has the place of diagram and panel */
export function LazyStory({ alone = false }: { alone?: boolean }) {
  return (
    <Suspense>
      <Story alone={alone} />
    </Suspense>
  );
}
