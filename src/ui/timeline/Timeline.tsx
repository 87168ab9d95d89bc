/**
 * The timeline of a run, like that of a video editor: transport, ruler, faults, violations and charts over one time
 * axis. It lays the strips under each other for the room there is, and holds the one window that all of them show.
 * What moves with every frame of play (playhead, clock, values, dots) is moved past React.
 */
import { useMemo, useRef, type ReactNode } from 'react';
import { AxisLabels } from '../charts/AxisLabels.tsx';
import { Canvas, type Drawing } from '../charts/Canvas.tsx';
import { CursorDots } from '../charts/CursorDots.tsx';
import { drawCharts } from '../charts/draw.ts';
import { Legend } from '../charts/Legend.tsx';
import { soloed, type TrackBox } from '../charts/placed.ts';
import { TrackTable } from '../charts/TrackTable.tsx';
import { usePlacedTracks } from '../charts/usePlacedTracks.ts';
import { useGhost } from '../charts/useGhost.ts';
import { LastSize, useSize, type Size } from '../charts/useSize.ts';
import { formatCount } from '../format.ts';
import { usePalette } from '../marks/palette.ts';
import { useDocument, useExcerpt, useRun, useSession, useView } from '../session.tsx';
import { LIMITS } from '../../design/limits.ts';
import { RemarkFlags } from '../notes/RemarkFlags.tsx';
import { showWholeRun } from '../actions.ts';
import { FaultLane } from './FaultLane.tsx';
import { FaultShades } from './FaultShades.tsx';
import { GhostMenu } from './GhostMenu.tsx';
import { GhostNote } from './GhostNote.tsx';
import { layLane } from './laneLayout.ts';
import { ROOMY_PX, TIGHT_PX } from './lanes.ts';
import { GUTTER, layStrips, MARGIN } from './layout.ts';
import { MarkButton } from './MarkButton.tsx';
import { MarkedWindow } from './MarkedWindow.tsx';
import { Overview, OVERVIEW_PX } from './Overview.tsx';
import { Playhead } from './Playhead.tsx';
import { Ruler } from './Ruler.tsx';
import { SnapGuide } from './SnapGuide.tsx';
import { Transport } from './Transport.tsx';
import { useAxis } from './useAxis.ts';
import { useHand } from './useHand.ts';
import { useWheel } from './useWheel.ts';
import { loudRows } from './violationMarks.ts';
import { ViolationLane } from './ViolationLane.tsx';
import css from './Timeline.module.css';

/** Below this height of ruler and tracks, faults share what one of them takes, pixels. */
const LOW_PX = 260;
/** Lower than this there is no room for an overview of the run, pixels. */
const OVERVIEW_FROM_PX = 240;
/** A row of a legend cannot be lower, pixels; those that do not fit are left to the table. */
const LEAST_ROW_PX = 13;

const lastSize = new LastSize();

export function Timeline() {
  const body = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(body, lastSize);
  return (
    <div className={css.timeline}>
      <Transport />
      <div ref={body} className={css.body}>
        {width > 0 && <Tracks width={width} height={height} />}
      </div>
    </div>
  );
}

function Tracks({ width, height }: Size) {
  const session = useSession();
  const plot = useRef<HTMLDivElement>(null);
  const axis = useAxis(Math.max(0, width - GUTTER - MARGIN));
  const design = useDocument((document) => document.design);
  const most = height < LOW_PX ? TIGHT_PX : ROOMY_PX;
  const lane = useMemo(() => layLane(design, axis, most), [design, axis, most]);
  const overviewed = height >= OVERVIEW_FROM_PX;
  const room = overviewed ? height - OVERVIEW_PX : height;
  const strips = useMemo(() => layStrips(room, lane.shape.height), [room, lane.shape.height]);
  const tracks = usePlacedTracks(strips.charts);
  const now = useRun((run) => run.series);
  const before = useGhost();
  const palette = usePalette();
  const chartsHeight = strips.bottom - strips.chartsTop;
  const solo = useView((state) => state.solo);
  const drawn = useMemo(() => tracks.map((track) => soloed(track, solo)), [tracks, solo]);
  const draw = useMemo<Drawing>(
    () => (context, _width, tall) =>
      drawCharts(context, { axis, height: tall, tracks: drawn, now, before, palette }),
    [axis, drawn, now, before, palette],
  );
  const hand = useHand(axis);
  const marking = useExcerpt((state) => state.marking);
  useWheel(plot);

  const showAll = (): void => showWholeRun(session);
  return (
    <>
      <div className={css.head}>
        <MarkButton />
        <GhostMenu />
      </div>
      <Strip box={strips.faults} name="Faults" note={<FaultCount count={design.faults.length} />} />
      <Strip box={strips.violations} name="Violations" note={<ViolationCount />} />
      {tracks.map((placed, i) => {
        const box = strips.charts[i];
        if (box === undefined) return null;
        const rows = Math.min(placed.metrics.length, Math.floor(box.height / LEAST_ROW_PX));
        return (
          <Strip key={placed.track.key} box={{ ...box, top: strips.chartsTop + box.top }}>
            <Legend
              metrics={placed.metrics.slice(0, rows)}
              now={now}
              rowHeight={Math.max(LEAST_ROW_PX, Math.min(16, Math.floor((box.height - 4) / rows)))}
            />
          </Strip>
        );
      })}
      <div ref={plot} className={css.plot} onDoubleClick={showAll}>
        <div className={css.scrub} style={{ top: strips.chartsTop }} data-marking={marking} {...hand} />
        <FaultShades layout={lane} top={strips.faults.top} />
        <div className={css.charts} style={{ top: strips.chartsTop }}>
          <Canvas width={axis.width} height={chartsHeight} draw={draw} />
          {drawn[0] && <GhostNote track={drawn[0]} axis={axis} />}
        </div>
        <MarkedWindow axis={axis} top={strips.chartsTop} height={chartsHeight} />
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
        <div className={css.charts} style={{ top: strips.chartsTop }}>
          <CursorDots tracks={drawn} axis={axis} now={now} />
        </div>
      </div>
      <div className={css.margin} style={{ top: strips.chartsTop }}>
        <AxisLabels tracks={tracks} />
      </div>
      {overviewed && (
        <div className={css.overview}>
          <h3>Whole run</h3>
          <Overview track={tracks[0]} width={axis.width} />
        </div>
      )}
      <TrackTable tracks={tracks} axis={axis} />
    </>
  );
}

/** The full width of a track: the hairline above it, and its legend. */
function Strip({
  box,
  name,
  note,
  children,
}: {
  box: TrackBox;
  name?: string;
  note?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className={css.strip} style={box}>
      <div className={css.gutter}>
        {name !== undefined && (
          <h3>
            {name}
            {note}
          </h3>
        )}
        {children}
      </div>
    </div>
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

/** The limit is named where it bites, and not before. */
function FaultCount({ count }: { count: number }) {
  if (count < LIMITS.faults) return null;
  return (
    <small>
      {count} of {LIMITS.faults} faults
    </small>
  );
}

function ViolationCount() {
  const violations = useRun((run) => run.violations);
  const count = loudRows(violations).length;
  return count === 0 ? null : <small className={css.bad}>{formatCount(count)}</small>;
}
