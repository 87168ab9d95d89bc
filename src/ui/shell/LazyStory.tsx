/** A story, in a chunk of its own: nobody needs it before something is looked at. */
import { lazy, Suspense } from 'react';

/** Fetches it; where there is no network, what stands in its place says so. */
const loadStory = () =>
  import('../story/Story.tsx').then(
    ({ Story }) => ({ default: Story }),
    () => ({ default: Unavailable }),
  );
const Story = lazy(loadStory);

/** @param alone it has the place of diagram and panel */
export function LazyStory({ alone = false }: { alone?: boolean }) {
  return (
    <Suspense>
      <Story alone={alone} />
    </Suspense>
  );
}

function Unavailable(_: { alone?: boolean }) {
  return (
    <p role="alert">Stories could not be loaded: is there a network? Load the page again to try once more.</p>
  );
}
