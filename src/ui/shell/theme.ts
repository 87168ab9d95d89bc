/** Puts the chosen theme on the page's root, where the tokens look for it. */
import type { Theme, ViewStore } from '../../state/view.ts';

export function followTheme(view: ViewStore, root: HTMLElement): () => void {
  const apply = (theme: Theme): void => {
    if (theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
  };
  apply(view.getState().theme);
  return view.subscribe((state, before) => {
    if (state.theme !== before.theme) apply(state.theme);
  });
}

/** The theme that is seen now, whoever chose it. */
function seenTheme(theme: Theme): 'dark' | 'light' {
  if (theme !== 'system') return theme;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** The other one; back to the system's own where that is what it shows. */
export function otherTheme(theme: Theme): Theme {
  const wanted = seenTheme(theme) === 'dark' ? 'light' : 'dark';
  return seenTheme('system') === wanted ? 'system' : wanted;
}
