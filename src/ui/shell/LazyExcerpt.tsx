/** The panel of the marked window, in a chunk of its own: nobody needs it before a window is marked. */
import { lazy, Suspense } from 'react';
import { useExcerpt } from '../session.tsx';

const ExcerptPanel = lazy(() =>
  import('../excerpt/ExcerptPanel.tsx').then(
    (loaded) => ({ default: loaded.ExcerptPanel }),
    () => ({ default: Unavailable }),
  ),
);

export function LazyExcerpt() {
  const marked = useExcerpt((state) => state.span !== undefined);
  if (!marked) return null;
  return (
    <Suspense>
      <ExcerptPanel />
    </Suspense>
  );
}

function Unavailable() {
  return (
    <p role="alert">
      This panel could not be loaded: is there a network? Load the page again to try once more.
    </p>
  );
}
