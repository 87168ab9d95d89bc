/** Who waits in which queue, as bars under the node: whole while somebody waits for it, dashed once that one gave up. */
import { markOfMessage } from '../marks/shapes.ts';
import { formatDuration } from '../format.ts';
import { WAIT_HEIGHT, type Placed } from './spaceLayout.ts';
import css from './SpaceTime.module.css';

/** What a letter takes, and the room before the first and after the last, pixels. */
const LETTER_PX = 6.2;
const BESIDE_PX = 12;

export function Waits({
  waits,
  operation,
  xOf,
}: {
  waits: readonly Placed[];
  operation: number;
  xOf: (time: number) => number;
}) {
  return waits.map(({ wait, y }) => {
    const { kind, version, from, to, givenUpAt, call } = wait;
    const [x1, x2] = [xOf(from), xOf(to)];
    const dashedFrom = givenUpAt === undefined ? x2 : xOf(givenUpAt);
    const { hue } = markOfMessage(kind, false, false);
    const width = x2 - x1;
    const what = kind === 'get' ? 'GET' : kind === 'invalidate' ? 'invalidation' : `v${version}`;
    const whose = wait.operation === operation ? '' : ' of another';
    const fits = (words: string): boolean => words.length * LETTER_PX + BESIDE_PX <= width;
    const words = [`${what}${whose}, waits ${formatDuration(to - from)}`, what].find(fits) ?? '';
    return (
      <g key={`${call} ${from}`} style={{ stroke: `var(--${hue})` }}>
        <rect
          className={css.waitFill}
          x={x1}
          y={y}
          width={Math.max(2, width)}
          height={WAIT_HEIGHT}
          style={{ fill: `var(--${hue})` }}
        />
        <path className={css.wait} d={`M${dashedFrom} ${y + 0.5}H${x1}v${WAIT_HEIGHT - 1}H${dashedFrom}`} />
        {dashedFrom < x2 ? (
          <path
            className={css.waitAlive}
            d={`M${dashedFrom} ${y + 0.5}H${x2}v${WAIT_HEIGHT - 1}H${dashedFrom}`}
          />
        ) : (
          <path className={css.wait} d={`M${x2} ${y + 0.5}v${WAIT_HEIGHT - 1}`} />
        )}
        <text className={css.waitName} x={x1 + 8} y={y + 11}>
          {words}
        </text>
      </g>
    );
  });
}
