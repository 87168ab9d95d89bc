/**
 * The timeline of a run, like that of a video editor: transport, ruler, faults, violations and charts over one time
 * axis. It lays the strips under each other for the room there is, and holds the one window that all of them show.
 * What moves with every frame of play (playhead, clock, values, dots) is moved past React.
 */
import { useMemo, useRef, type ReactNode } from 'react';
import { clamp } from '../../base/clamp.ts';
import { LIMITS } from '../../design/limits.ts';
import { AxisLabels } from '../charts/AxisLabels.tsx';
import { Legend } from '../charts/Legend.tsx';
import type { PlacedTrack, TrackBox } from '../charts/placed.ts';
import { TrackTable } from '../charts/TrackTable.tsx';
import { usePlacedTracks } from '../charts/usePlacedTracks.ts';
import { LastSize, useSize, type Size } from '../charts/useSize.ts';
import { ByKind } from '../contract/ByKind.tsx';
import { formatCount } from '../format.ts';
import { cx } from '../kit/cx.ts';
import { useDocument, useRun } from '../session.tsx';
import { GhostMenu } from './GhostMenu.tsx';
import { layLane } from './laneLayout.ts';
import { ROOMY_PX, TIGHT_PX } from './lanes.ts';
import { GUTTER, layStrips, MARGIN, type Strips } from './layout.ts';
import { MarkButton } from './MarkButton.tsx';
import { Overview, OVERVIEW_PX } from './Overview.tsx';
import { Plot } from './Plot.tsx';
import { Transport } from './Transport.tsx';
import { useAxis } from './useAxis.ts';
import { indexViolations, loudCount } from './violationMarks.ts';
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
  const axis = useAxis(Math.max(0, width - GUTTER - MARGIN));
  const design = useDocument((document) => document.design);
  const most = height < LOW_PX ? TIGHT_PX : ROOMY_PX;
  const lane = useMemo(() => layLane(design, axis, most), [design, axis, most]);
  const overviewed = height >= OVERVIEW_FROM_PX;
  const room = overviewed ? height - OVERVIEW_PX : height;
  const strips = useMemo(() => layStrips(room, lane.shape.height), [room, lane.shape.height]);
  const tracks = usePlacedTracks(strips.charts);
  return (
    <>
      <div className={css.head}>
        <MarkButton />
        <GhostMenu />
      </div>
      <Strip box={strips.faults} name="Faults" note={<FaultCount count={design.faults.length} />} />
      <Strip box={strips.violations}>
        <div className={css.counted}>
          <h3>Violations</h3>
          <ViolationCount />
        </div>
      </Strip>
      <Legends strips={strips} tracks={tracks} />
      <Plot axis={axis} strips={strips} lane={lane} tracks={tracks} />
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

function Legends({ strips, tracks }: { strips: Strips; tracks: readonly PlacedTrack[] }) {
  const now = useRun((run) => run.series);
  return tracks.map(({ track, metrics }, i) => {
    const box = strips.charts[i];
    if (box === undefined) return null;
    const rows = Math.min(metrics.length, Math.floor(box.height / LEAST_ROW_PX));
    return (
      <Strip key={track.key} box={{ ...box, top: strips.chartsTop + box.top }}>
        <Legend
          metrics={metrics.slice(0, rows)}
          now={now}
          rowHeight={clamp(Math.floor((box.height - 4) / rows), LEAST_ROW_PX, 16)}
        />
      </Strip>
    );
  });
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

/** The limit is named where it bites, and not before. */
function FaultCount({ count }: { count: number }) {
  if (count < LIMITS.faults) return null;
  return (
    <small>
      {count} of {LIMITS.faults} faults
    </small>
  );
}

/** How many let somebody down; or else, quietly, how many there are of those that are only stale or not yet committed. */
function ViolationCount() {
  const { counts } = indexViolations(useRun((run) => run.violations));
  const loud = useRun(loudCount);
  if (counts.size === 0) return null;
  const quiet = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return (
    <ByKind className={cx(css.count, loud > 0 && css.bad)}>
      {formatCount(loud || quiet)}
      <span className="unseen"> violations: list them by kind</span>
    </ByKind>
  );
}
