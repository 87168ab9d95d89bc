/**
 * What the strips share to the right of their names: the charts on one canvas, faults and violations in their lanes, and
 * over all of it the playhead. Here the wheel zooms, and a drag moves the cursor or marks a window.
 */
import { useMemo, useRef, type ReactNode } from 'react';
import { showWholeRun } from '../actions.ts';
import type { Axis } from '../charts/axis.ts';
import { Canvas, type Drawing } from '../charts/Canvas.tsx';
import { CursorDots } from '../charts/CursorDots.tsx';
import { drawCharts } from '../charts/draw.ts';
import { soloed, type PlacedTrack, type TrackBox } from '../charts/placed.ts';
import { useGhost } from '../charts/useGhost.ts';
import { usePalette } from '../marks/palette.ts';
import { RemarkFlags } from '../notes/RemarkFlags.tsx';
import { useExcerpt, useRun, useSession, useView } from '../session.tsx';
import { FaultLane } from './FaultLane.tsx';
import { FaultShades } from './FaultShades.tsx';
import { GhostNote } from './GhostNote.tsx';
import type { LaneLayout } from './laneLayout.ts';
import type { Strips } from './layout.ts';
import { MarkedWindow } from './MarkedWindow.tsx';
import { Playhead } from './Playhead.tsx';
import { Ruler } from './Ruler.tsx';
import { SnapGuide } from './SnapGuide.tsx';
import { useHand } from './useHand.ts';
import { useWheel } from './useWheel.ts';
import { ViolationLane } from './ViolationLane.tsx';
import css from './Timeline.module.css';

interface PlotProps {
  readonly axis: Axis;
  readonly strips: Strips;
  readonly lane: LaneLayout;
  readonly tracks: readonly PlacedTrack[];
}

export function Plot({ axis, strips, lane, tracks }: PlotProps) {
  const session = useSession();
  const plot = useRef<HTMLDivElement>(null);
  const now = useRun((run) => run.series);
  const solo = useView((state) => state.solo);
  const drawn = useMemo(() => tracks.map((track) => soloed(track, solo)), [tracks, solo]);
  const draw = useDrawing(axis, drawn);
  const hand = useHand(axis);
  const marking = useExcerpt((state) => state.marking);
  useWheel(plot);

  const top = strips.chartsTop;
  const height = strips.bottom - top;
  return (
    <div ref={plot} className={css.plot} onDoubleClick={() => showWholeRun(session)}>
      <div className={css.scrub} style={{ top }} data-marking={marking} {...hand} />
      <FaultShades layout={lane} top={strips.faults.top} />
      <div className={css.charts} style={{ top }}>
        <Canvas width={axis.width} height={height} draw={draw} />
        {drawn[0] && <GhostNote track={drawn[0]} axis={axis} />}
      </div>
      <MarkedWindow axis={axis} top={top} height={height} />
      <Ruler axis={axis} />
      <RemarkFlags axis={axis} />
      <Lane box={strips.violations}>
        <ViolationLane axis={axis} />
      </Lane>
      <Lane box={strips.faults}>
        <FaultLane axis={axis} layout={lane} />
      </Lane>
      <Playhead axis={axis} height={strips.bottom} />
      <SnapGuide axis={axis} height={strips.bottom} />
      <div className={css.charts} style={{ top }}>
        <CursorDots tracks={drawn} axis={axis} now={now} />
      </div>
    </div>
  );
}

/** Draws the charts of the run that is shown, and behind them the ghost's. */
function useDrawing(axis: Axis, tracks: readonly PlacedTrack[]): Drawing {
  const now = useRun((run) => run.series);
  const before = useGhost();
  const palette = usePalette();
  return useMemo<Drawing>(
    () => (context, _width, height) => drawCharts(context, { axis, height, tracks, now, before, palette }),
    [axis, tracks, now, before, palette],
  );
}

/** A track's stretch of the plot. */
function Lane({ box, children }: { box: TrackBox; children: ReactNode }) {
  return (
    <div className={css.lane} style={box}>
      {children}
    </div>
  );
}
