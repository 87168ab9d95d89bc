/** Which of the three layouts fits the window: a low one has no room for charts beside a diagram, however wide it is. */
import { useSyncExternalStore } from 'react';

export type Width = 'wide' | 'narrow' | 'small';

const SMALL = '(max-width: 759px), (max-height: 559px)';
const NARROW = '(max-width: 1199px)';

function subscribe(listener: () => void): () => void {
  const queries = [SMALL, NARROW].map((query) => matchMedia(query));
  for (const query of queries) query.addEventListener('change', listener);
  return () => {
    for (const query of queries) query.removeEventListener('change', listener);
  };
}

function current(): Width {
  if (matchMedia(SMALL).matches) return 'small';
  return matchMedia(NARROW).matches ? 'narrow' : 'wide';
}

export function useWidth(): Width {
  return useSyncExternalStore(subscribe, current);
}
