/**
 * How fresh reads are: the share of those that begin so long after a write's acknowledgement and return it or something
 * newer. Measured on demand, since it costs a run of its own; a curve of another design stays, dimmed, until it is
 * measured again.
 */
import { useLayoutEffect, useRef } from 'react';
import { formatCount, formatDuration, formatPercent, formatShare } from '../format.ts';
import { Button } from '../kit/Button.tsx';
import { cx } from '../kit/cx.ts';
import { PanelSection } from '../kit/PanelSection.tsx';
import { prettyWords } from '../pretty.ts';
import { useFreshness, useSession } from '../session.tsx';
import { FreshnessPlot } from './FreshnessPlot.tsx';
import css from './Freshness.module.css';

export function Freshness() {
  const { freshness } = useSession();
  const { points, fewer, stopped } = useFreshness((state) => state.reading);
  const measuring = useFreshness((state) => state.measuring);
  const stale = useFreshness((state) => state.stale);
  const error = useFreshness((state) => state.error);
  const shown = points.some(({ fresh }) => fresh !== null);
  const told = useRef<HTMLDivElement>(null);
  const underWay = measuring !== undefined;
  // Whoever asked for it is at the button above it: on a low screen the curve would begin below the panel's edge.
  useLayoutEffect(() => {
    if (shown && underWay) told.current?.scrollIntoView({ block: 'nearest' });
  }, [shown, underWay]);
  const unanswered = points.reduce((sum, point) => sum + point.unanswered, 0);
  return (
    <PanelSection
      title="Freshness"
      className={css.section}
      note={
        measuring !== undefined
          ? `measuring, ${formatPercent(measuring)}`
          : stale
            ? 'of the design before'
            : shown
              ? ''
              : 'fresh reads, by age'
      }
      acts={
        measuring === undefined ? (
          <Button small kind="line" onClick={() => freshness.measure()}>
            {shown ? 'Measure again' : 'Measure'}
          </Button>
        ) : (
          <Button small onClick={() => freshness.stop()}>
            Stop
          </Button>
        )
      }
    >
      {error !== undefined && <p className={css.error}>It could not be measured: {error}</p>}
      {fewer !== undefined && <p className={css.short}>{prettyWords(fewer)}.</p>}
      {stopped !== undefined && (
        <p className={css.short}>The run ended before its time: {prettyWords(stopped)}.</p>
      )}
      {shown && (
        <div ref={told}>
          <div className={cx(stale && css.stale)}>
            <FreshnessPlot points={points} />
          </div>
          <p className={css.words}>
            Share of reads that begin so long after a write was acknowledged and return it or something newer.
            {unanswered > 0 && ` ${formatCount(unanswered)} that got no answer are left out.`}
          </p>
          <div className="unseen">
            <table>
              <caption>Freshness by time after the acknowledgement</caption>
              <thead>
                <tr>
                  <th scope="col">after</th>
                  <th scope="col">fresh</th>
                  <th scope="col">reads</th>
                </tr>
              </thead>
              <tbody>
                {points.map(({ afterMs, fresh, trials }) => (
                  <tr key={afterMs}>
                    <th scope="row">{formatDuration(afterMs * 1000)}</th>
                    <td>{formatShare(fresh ?? Number.NaN)}</td>
                    <td>{formatCount(trials)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </div>
      )}
    </PanelSection>
  );
}
