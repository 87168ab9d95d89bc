/**
 * What the marked window comes to, line by line, beside the whole run. While it is being reckoned anew the figures before
 * stay, dimmed: the eye keeps its place.
 */
import { useEffect, useRef } from 'react';
import { X } from 'lucide-react';
import { EXCERPT_LINES, type ExcerptLine } from '../../replay/excerpt.ts';
import {
  formatCount,
  formatDuration,
  formatInstant,
  formatPercent,
  formatShare,
  NOTHING,
} from '../format.ts';
import { Button } from '../kit/Button.tsx';
import { cx } from '../kit/cx.ts';
import { hintIn } from '../kit/hint.ts';
import { Icon } from '../kit/Icon.tsx';
import { useExcerpt, useRun, useSession } from '../session.tsx';
import css from './ExcerptPanel.module.css';

export function ExcerptPanel() {
  const { excerpt } = useSession();
  const span = useExcerpt((state) => state.span);
  const reading = useExcerpt((state) => state.reading);
  const error = useExcerpt((state) => state.error);
  const fresh = useExcerpt((state) => state.measuring === undefined);
  const whole = useRun((run) => (run.phase === 'done' ? run.summary : undefined));
  const section = useRef<HTMLElement>(null);
  const measured = reading !== undefined;
  // On a small screen it appears above the charts on which the window is marked.
  useEffect(() => {
    section.current?.scrollIntoView({ block: 'start' });
  }, [measured]);
  if (span === undefined) return null;
  return (
    <section ref={section} className={css.section} aria-label="Marked window">
      <div className={css.head}>
        <h2>
          Window {formatInstant(span.from)} to {formatInstant(span.to)}
        </h2>
        <Button
          small
          square
          className={css.close}
          aria-label="Mark no window"
          title="Mark no window (Esc)"
          onClick={() => excerpt.mark(undefined)}
        >
          <Icon of={X} />
        </Button>
      </div>
      <p className={css.note} role="status">
        <Progress />
      </p>
      {error !== undefined && <p className={css.error}>It cannot be reckoned: {error}</p>}
      {reading !== undefined && (
        <table className={cx(css.lines, !fresh && css.before)}>
          <thead>
            <tr>
              <th scope="col">
                <span className="unseen">Measured</span>
              </th>
              <th scope="col">window</th>
              <th scope="col">whole run</th>
            </tr>
          </thead>
          <tbody>
            {EXCERPT_LINES.map(({ label, unit, read }) => (
              <tr key={label}>
                <th scope="row" {...hintIn(label)}>
                  {label}
                </th>
                <td>{print(unit, read(reading))}</td>
                <td>{whole === undefined ? NOTHING : print(unit, read(whole))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Progress() {
  const to = useExcerpt((state) => state.span?.to ?? 0);
  const measuring = useExcerpt((state) => state.measuring);
  const renderedTo = useRun((run) => (run.phase === 'rendering' ? run.renderedTo : Infinity));
  if (renderedTo < to) return `waits for the run, rendered to ${formatInstant(renderedTo)}`;
  if (measuring !== undefined) return `reckoning, ${formatPercent(measuring)}`;
  return 'of the operations that end in it';
}

function print(unit: ExcerptLine['unit'], value: number): string {
  if (Number.isNaN(value)) return NOTHING;
  switch (unit) {
    case 'count':
      return formatCount(value);
    case 'ms':
      return formatDuration(value * 1000);
    case 'share':
      return formatShare(value);
  }
}
