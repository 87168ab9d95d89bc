/** The panel of the marked window, in a chunk of its own: nobody needs it before a window is marked. */
import { fetched } from '../kit/fetched.tsx';
import { useExcerpt } from '../session.tsx';

const ExcerptPanel = fetched(
  'This panel',
  async () => (await import('../excerpt/ExcerptPanel.tsx')).ExcerptPanel,
);

export function LazyExcerpt() {
  const marked = useExcerpt((state) => state.span !== undefined);
  return marked && <ExcerptPanel />;
}
