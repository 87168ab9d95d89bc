/**
 * The charts at full width under each other, each below its legend: for the sheet of small screens. They show the same
 * window of time as the timeline would.
 */
import { useMemo, useRef } from 'react';
import { useRun, useView } from '../session.tsx';
import { usePalette } from '../marks/palette.ts';
import { GhostMenu } from '../timeline/GhostMenu.tsx';
import { MarkButton } from '../timeline/MarkButton.tsx';
import { Overview } from '../timeline/Overview.tsx';
import { MarkedWindow } from '../timeline/MarkedWindow.tsx';
import { useHand } from '../timeline/useHand.ts';
import { useAxis } from '../timeline/useAxis.ts';
import { xOf, type Axis } from './axis.ts';
import { AxisLabels } from './AxisLabels.tsx';
import { Canvas, type Drawing } from './Canvas.tsx';
import { CursorDots } from './CursorDots.tsx';
import { drawCharts } from './draw.ts';
import { Legend } from './Legend.tsx';
import { soloed, type PlacedTrack } from './placed.ts';
import { TRACKS } from './tracks.ts';
import { TrackTable } from './TrackTable.tsx';
import { onPixel, useCursor } from './useCursor.ts';
import { usePlacedTracks } from './usePlacedTracks.ts';
import { useGhost } from './useGhost.ts';
import { useSize } from './useSize.ts';
import css from './charts.module.css';

/** Every chart has a plot of its own, so that each begins at 0. */
const BOXES = TRACKS.map(({ height }) => ({ top: 0, height: height.alone }));
/** Names are pressed by fingers. */
const ROW_PX = 28;

export function ChartsPanel() {
  const plot = useRef<HTMLDivElement>(null);
  const { width } = useSize(plot);
  const axis = useAxis(width);
  const now = useRun((run) => run.series);
  const tracks = usePlacedTracks(BOXES);
  return (
    <div className={css.panel}>
      <div className={css.tools}>
        <MarkButton />
        <GhostMenu />
      </div>
      <div className={css.whole}>
        <Overview track={tracks[0]} width={axis.width} />
      </div>
      {tracks.map((track, i) => (
        <section key={track.track.key} className={css.card} aria-label={track.track.name}>
          <Legend metrics={track.metrics} now={now} rowHeight={ROW_PX} />
          <div ref={i === 0 ? plot : undefined} className={css.plot} style={{ height: BOXES[i]?.height }}>
            <ChartPlot track={track} axis={axis} height={BOXES[i]?.height ?? 0} first={i === 0} />
          </div>
        </section>
      ))}
      <TrackTable tracks={tracks} axis={axis} />
    </div>
  );
}

function ChartPlot({
  track,
  axis,
  height,
  first,
}: {
  track: PlacedTrack;
  axis: Axis;
  height: number;
  /** The first of them has the edges of the marked window. */
  first: boolean;
}) {
  const now = useRun((run) => run.series);
  const before = useGhost();
  const palette = usePalette();
  const line = useRef<HTMLDivElement>(null);
  const solo = useView((state) => state.solo);
  const tracks = useMemo(() => [soloed(track, solo)], [track, solo]);
  const draw = useMemo<Drawing>(
    () => (context, _width, tall) =>
      drawCharts(context, { axis, height: tall, tracks, now, before, palette }),
    [axis, tracks, now, before, palette],
  );
  const hand = useHand(axis);
  useCursor((cursor) => {
    const x = onPixel(xOf(axis, cursor));
    if (!line.current) return;
    // What is moved out of sight, and only hidden, would still widen the sheet.
    line.current.style.display = x >= 0 && x <= axis.width ? '' : 'none';
    line.current.style.transform = `translateX(${x}px)`;
  });
  return (
    <>
      <div className={css.area} {...hand}>
        <Canvas width={axis.width} height={height} draw={draw} />
        <div ref={line} className={css.cursor} />
        <CursorDots tracks={tracks} axis={axis} now={now} />
      </div>
      <MarkedWindow axis={axis} top={0} height={height} held={first} />
      <div className={css.margin}>
        <AxisLabels tracks={tracks} />
      </div>
    </>
  );
}
