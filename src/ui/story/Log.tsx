/** What happened, in numbered lines that lead the cursor. A line that is pointed at lights its messages and its step. */
import { useEffect, useRef } from 'react';
import type { LogLine } from '../../replay/story/log.ts';
import { formatSince } from '../format.ts';
import { cx } from '../kit/cx.ts';
import { useSession } from '../session.tsx';
import { keepInSight } from './keepInSight.ts';
import type { Lit } from './SpaceTime.tsx';
import css from './Story.module.css';

export function Log({ lines, lit }: { lines: readonly LogLine[]; lit: Lit }) {
  const { view } = useSession();
  const list = useRef<HTMLOListElement>(null);
  const first = lines[0]?.time ?? 0;
  const begun = useRef<readonly LogLine[]>(undefined);
  // A story begins with its reason, above these lines. From then on the line that the cursor comes to is kept in sight;
  // what is pointed at stands under the pointer already.
  useEffect(() => {
    const box = list.current?.parentElement?.parentElement;
    if (!box) return;
    const current = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (begun.current !== lines) box.scrollTop = 0;
    else if (current && current !== document.activeElement) keepInSight(current, box);
    begun.current = lines;
  }, [lines, lit.reached]);
  return (
    <>
      <h3 className={css.what}>
        What happened <span>ms</span>
      </h3>
      <ol ref={list} className={css.log}>
        {lines.map(({ time, words, harm }, i) => (
          // Lines are as many as they are: their places are their names.
          <li key={i}>
            <button
              type="button"
              className={cx('touched', harm && css.harm, i === lit.line && css.lit)}
              aria-current={i === lit.reached ? 'step' : undefined}
              onPointerEnter={() => lit.light(i)}
              onPointerLeave={() => lit.light(undefined)}
              onFocus={() => lit.light(i)}
              onBlur={() => lit.light(undefined)}
              onClick={() => {
                view.pause();
                view.seek(time);
              }}
            >
              <span className={css.number}>{i + 1}</span>
              <span>{words}</span>
              <span className={css.time}>{formatSince(time - first)}</span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
