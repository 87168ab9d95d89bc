/** A difference and its interval as a picture: a diamond on a line, as a share of A; an arrow where it is off the scale. */
import type { Difference } from '../../explore/comparison.ts';
import css from './Differences.module.css';

/** Half the width stands for so much of A. */
export const REACH = 0.5;

const WIDTH = 136;
const HALF = WIDTH / 2;
const EDGE = 6;

export function IntervalPlot({ row: { a, b, difference, interval, verdict } }: { row: Difference }) {
  // Of nothing there is no share: then B is the measure.
  const whole = Math.abs(a) > 0 ? Math.abs(a) : Math.abs(b);
  const told = verdict === 'a' || verdict === 'b';
  const colour = told ? 'var(--ink)' : 'var(--ink-3)';
  const xOf = (value: number): number => HALF + (whole === 0 ? 0 : value / whole / REACH) * (HALF - EDGE);
  const x = xOf(difference);
  const off = x < EDGE || x > WIDTH - EDGE;
  return (
    <svg width={WIDTH} height="20" aria-hidden="true">
      <path d={`M${HALF + 0.5} 0V20`} className={css.zero} />
      <g fill="none" style={{ stroke: colour }} strokeWidth="1.5">
        {off ? (
          <Arrow left={x < HALF} />
        ) : (
          <>
            {interval !== undefined && <Whisker from={xOf(interval.from)} to={xOf(interval.to)} />}
            <rect
              x={x - 3.5}
              y="6.5"
              width="7"
              height="7"
              transform={`rotate(45 ${x} 10)`}
              style={{ fill: told ? colour : 'var(--bg-1)' }}
            />
          </>
        )}
      </g>
    </svg>
  );
}

function Whisker({ from, to }: { from: number; to: number }) {
  const [left, right] = [Math.max(from, 0), Math.min(to, WIDTH)];
  const ends = [from, to].filter((x) => x >= 0 && x <= WIDTH).map((x) => `M${x} 7v6`);
  return <path d={`M${left} 10H${right}${ends.join('')}`} />;
}

function Arrow({ left }: { left: boolean }) {
  return <path d={left ? 'M4 10H54M10 5L3 10L10 15' : 'M82 10H132M126 5L133 10L126 15'} strokeWidth="2" />;
}
