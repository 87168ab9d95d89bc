/** How the marked window changes under a hand or a key: arithmetic on microseconds. It never has no length. */
import type { Span } from '../../worker/client.ts';
import { clamp } from '../charts/axis.ts';

/** What of a window is moved. */
export type Part = 'from' | 'to' | 'both';

/** The elements of its edges, for whoever gives them the focus. */
export const EDGE_IDS = { from: 'window-from', to: 'window-to' } as const;

/** A key with Shift goes so many times as far. */
const LONG = 10;

/** The window after `part` of it was moved by `us`; it keeps `least` microseconds of length, and lies in the run. */
export function moved({ from, to }: Span, part: Part, us: number, least: number, duration: number): Span {
  switch (part) {
    case 'from':
      return { from: clamp(from + us, 0, Math.max(0, to - least)), to };
    case 'to':
      return { from, to: clamp(to + us, Math.min(duration, from + least), duration) };
    case 'both': {
      const by = clamp(us, -from, duration - to);
      return { from: from + by, to: to + by };
    }
  }
}

/** Where a key takes an edge, in steps of `grain` microseconds; undefined for keys that are not its own. */
export function spanAfterKey(
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  span: Span,
  edge: keyof Span,
  grain: number,
  duration: number,
): Span | undefined {
  const step = shiftKey ? grain * LONG : grain;
  const by = (us: number): Span => moved(span, edge, us, grain, duration);
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return by(step);
    case 'ArrowLeft':
    case 'ArrowDown':
      return by(-step);
    case 'Home':
      return by(-duration);
    case 'End':
      return by(duration);
    default:
      return undefined;
  }
}
