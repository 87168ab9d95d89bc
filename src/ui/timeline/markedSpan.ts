/** How a stretch of time changes under a hand or a key: arithmetic on microseconds. It never has no length. */
import { clamp } from '../../base/clamp.ts';
import type { TimeWindow } from '../charts/axis.ts';

/** What of a stretch is moved. */
export type Part = 'from' | 'to' | 'both';

/** The elements of the marked window's edges, for whoever gives them the focus. */
export const EDGE_IDS = { from: 'window-from', to: 'window-to' } as const;

/** A key with Shift goes so many times as far. */
const LONG = 10;

/** What a stretch keeps to, microseconds. */
interface Bounds {
  /** It is no shorter. */
  readonly least: number;
  /** Of the run, in which it lies. */
  readonly duration: number;
}

/** The stretch after `part` of it was moved by `us`. */
export function moved(
  { from, to }: TimeWindow,
  part: Part,
  us: number,
  { least, duration }: Bounds,
): TimeWindow {
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

/** Where a key takes a part, in steps of `grain` microseconds; undefined for keys that are not its own. */
export function spanAfterKey(
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  span: TimeWindow,
  part: Part,
  { grain, ...bounds }: Bounds & { readonly grain: number },
): TimeWindow | undefined {
  const { duration } = bounds;
  const step = shiftKey ? grain * LONG : grain;
  const by = (us: number): TimeWindow => moved(span, part, us, bounds);
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
