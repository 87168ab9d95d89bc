/**
 * The tokens as plain colours, for whoever draws on a canvas. Reads the page's computed style, so it must be read again
 * when the theme changes: `usePalette` does.
 */
import { useSyncExternalStore } from 'react';

const NAMES = [
  'bg-0',
  'bg-1',
  'bg-2',
  'bg-3',
  'line',
  'line-2',
  'ink',
  'ink-2',
  'ink-3',
  'on-ink',
  'put',
  'put-t',
  'get',
  'rep',
  'inv',
  'bad',
  'bad-tint',
  'bad-line',
] as const;
export type TokenColour = (typeof NAMES)[number];
export type Palette = Readonly<Record<TokenColour, string>>;

let cached: Palette | undefined;
/** Who hears of another theme; while there is nobody, it goes unnoticed. */
let listeners = 0;

/** The palette of the theme in force. The same object until the theme changes. */
export function readPalette(): Palette {
  if (cached === undefined) {
    const style = getComputedStyle(document.documentElement);
    const colourOf = (name: TokenColour): string => style.getPropertyValue(`--${name}`).trim();
    cached = Object.fromEntries(NAMES.map((name) => [name, colourOf(name)])) as Palette;
  }
  return cached;
}

function onThemeChange(listener: () => void): () => void {
  const changed = () => {
    cached = undefined;
    listener();
  };
  const root = new MutationObserver(changed);
  root.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)'].map(
    (query) => matchMedia(query),
  );
  for (const query of queries) query.addEventListener('change', changed);
  listeners++;
  return () => {
    root.disconnect();
    for (const query of queries) query.removeEventListener('change', changed);
    if (--listeners === 0) cached = undefined;
  };
}

/** The palette, and a new drawing whenever the theme changes. */
export function usePalette(): Palette {
  return useSyncExternalStore(onThemeChange, readPalette);
}
