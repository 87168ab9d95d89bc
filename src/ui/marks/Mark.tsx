/** One mark of the vocabulary as an inline picture, and the patterns that SVG drawings fill stripes with. */
import { MARKS, SHAPE_PATHS, type MarkName, type MarkStyle } from './shapes.ts';
import css from './Mark.module.css';

/** The drawn outline alone, for use inside a larger SVG; place it with `transform`. */
export function MarkShape({ mark, transform }: { mark: MarkStyle; transform?: string }) {
  const finish = mark.shape === 'cross' ? css.cross : css[mark.finish];
  return (
    <path
      d={SHAPE_PATHS[mark.shape]}
      className={`${css[mark.hue]} ${finish}`}
      {...(transform === undefined ? {} : { transform })}
    />
  );
}

/** A mark in text or a legend. Decoration by default: the words beside it say what it is; alone, it needs a `label`. */
export function Mark({ name, size = 14, label }: { name: MarkName; size?: number; label?: string }) {
  const named = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <svg className={css.mark} width={size} height={size} viewBox="-8 -8 16 16" {...named}>
      <MarkShape mark={MARKS[name]} />
    </svg>
  );
}

/** Ids of the stripe patterns, for `fill="url(#...)"` in any SVG of the page. */
export const STRIPES = { bad: 'stripes-bad', inv: 'stripes-inv' } as const;

/** Defines the stripe patterns once for the whole page. */
export function MarkDefs() {
  return (
    <svg width="0" height="0" style={{ position: 'absolute' }} aria-hidden="true">
      <defs>
        <pattern
          id={STRIPES.bad}
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="6" height="6" style={{ fill: 'var(--bad-tint)' }} />
          <rect width="2" height="6" style={{ fill: 'var(--bad)' }} />
        </pattern>
        <pattern
          id={STRIPES.inv}
          width="4"
          height="4"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="4" height="4" style={{ fill: 'var(--bg-2)' }} />
          <rect width="1.6" height="4" style={{ fill: 'var(--inv)' }} />
        </pattern>
      </defs>
    </svg>
  );
}
