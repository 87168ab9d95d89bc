/** The charts of both designs over each other, on the timeline's axis, with the values of both at the playhead. */
import { useMemo, useRef, type ReactNode } from 'react';
import { BUCKET_US } from '../../design/readings.ts';
import type { Design } from '../../design/design.ts';
import { printFault } from '../../design/faults.ts';
import type { Axis } from '../charts/axis.ts';
import { AxisLabels } from '../charts/AxisLabels.tsx';
import { Canvas, type Drawing } from '../charts/Canvas.tsx';
import { bucketUnder } from '../charts/placed.ts';
import { useSize } from '../charts/useSize.ts';
import type { SeriesReading } from '../../engine/readings.ts';
import { formatCount, NOTHING } from '../format.ts';
import { Mark } from '../marks/Mark.tsx';
import { usePalette } from '../marks/palette.ts';
import type { MarkName } from '../marks/shapes.ts';
import { useComparison, useDocument, useView } from '../session.tsx';
import { FaultShades } from '../timeline/FaultShades.tsx';
import { layLane, type LaneLayout } from '../timeline/laneLayout.ts';
import { stack } from '../timeline/layout.ts';
import { Playhead } from '../timeline/Playhead.tsx';
import { Ruler } from '../timeline/Ruler.tsx';
import { useAxis } from '../timeline/useAxis.ts';
import { useScrub } from '../timeline/useScrub.ts';
import { useWheel } from '../timeline/useWheel.ts';
import { drawPairs } from './drawPairs.ts';
import { placePairs, STRIPS, violationsIn } from './pairTracks.ts';
import css from './PairCharts.module.css';

/** Under the ruler, and the widths of the columns beside the plot, pixels. As in the stylesheet. */
const TOP = 28;

export function PairCharts() {
  const plot = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(plot);
  const axis = useAxis(width);
  const a = useComparison((state) => state.a);
  const b = useComparison((state) => state.b);
  const design = useDocument((state) => state.design);
  const versus = useComparison((state) => state.versus);
  const palette = usePalette();
  const scrub = useScrub(axis);
  useWheel(plot);
  const boxes = useMemo(() => stack(Array.from({ length: STRIPS }, () => (height - TOP) / STRIPS)), [height]);
  const tracks = useMemo(
    () =>
      placePairs(
        boxes,
        { design, cacheNode: undefined },
        [a, b].filter((series) => series !== undefined),
      ),
    [boxes, design, a, b],
  );
  const lanes = useMemo(() => shadesOf(design, versus, axis), [design, versus, axis]);
  const draw = useMemo<Drawing>(
    () => (context, _width, tall) =>
      drawPairs(context, { axis, height: tall, tracks, violations: boxes.at(-1), a, b, palette }),
    [axis, tracks, boxes, a, b, palette],
  );
  return (
    <section className={css.charts} aria-label="Charts of both designs">
      <div className={css.key} aria-hidden="true">
        <span className={css.solid} /> A <span className={css.dashed} /> B <span className={css.band} />{' '}
        <span className={css.between}>between</span>
      </div>
      {height > 0 && (
        <>
          {tracks.map(({ metric }, i) => (
            <Row
              key={metric.key}
              box={boxes[i]}
              name={metric.label}
              mark={metric.glyph.kind === 'mark' ? metric.glyph.name : undefined}
            >
              <Values
                a={a}
                b={b}
                read={(series, bucket) => metric.read(series, bucket)}
                print={(value) => metric.print(value)}
              />
            </Row>
          ))}
          <Row box={boxes.at(-1)} name="Violations" mark="violation">
            <Values a={a} b={b} read={countUpTo} print={formatCount} />
          </Row>
        </>
      )}
      <div ref={plot} className={css.plot}>
        {lanes.map((lane, i) => (
          <FaultShades key={i} layout={lane} top={0} />
        ))}
        <div className={css.canvas} {...scrub}>
          <Canvas width={width} height={Math.max(0, height - TOP)} draw={draw} />
        </div>
        <Ruler axis={axis} />
        <Playhead axis={axis} height={height} />
      </div>
      <div className={css.margin}>
        <AxisLabels tracks={tracks} />
      </div>
    </section>
  );
}

/** When A's faults are, and B's where they are others. */
function shadesOf(a: Design, b: Design | undefined, axis: Axis): LaneLayout[] {
  const faults = ({ faults }: Design): string => faults.map((fault) => printFault(fault)).join('&');
  const designs = b === undefined || faults(a) === faults(b) ? [a] : [a, b];
  return designs.map((design) => layLane(design, axis));
}

/** All that happened up to the playhead: a count of 100 ms says little. */
function countUpTo(series: SeriesReading, bucket: number): number {
  let count = 0;
  for (let i = 0; i <= bucket; i++) count += violationsIn(series, i);
  return count;
}

function Row({
  box,
  name,
  mark,
  children,
}: {
  box: { top: number; height: number } | undefined;
  name: string;
  mark: MarkName | undefined;
  children: ReactNode;
}) {
  if (box === undefined) return null;
  return (
    <div className={css.row} style={{ top: TOP + box.top, height: box.height }}>
      <h3>
        {mark === undefined ? <span className={css.dash} /> : <Mark name={mark} size={14} />}
        {name}
      </h3>
      {children}
    </div>
  );
}

/** The values of both at the playhead. They change with its bucket, ten times a simulated second. */
function Values({
  a,
  b,
  read,
  print,
}: {
  a: SeriesReading | undefined;
  b: SeriesReading | undefined;
  read: (series: SeriesReading, bucket: number) => number;
  print: (value: number) => string;
}) {
  const cursor = useView((view) => Math.floor(view.cursor / BUCKET_US)) * BUCKET_US;
  const at = (series: SeriesReading | undefined): string => {
    const bucket = series === undefined ? undefined : bucketUnder(series, cursor);
    if (series === undefined || bucket === undefined) return NOTHING;
    const value = read(series, bucket);
    return Number.isFinite(value) ? print(value) : NOTHING;
  };
  return (
    <dl className={css.values}>
      <dt>A</dt>
      <dd>{at(a)}</dd>
      <dt>B</dt>
      <dd>{at(b)}</dd>
    </dl>
  );
}
