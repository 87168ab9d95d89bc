/** The charts as a table, for those who cannot see them: every metric at the labelled instants of the axis. */
import { NOTHING } from '../format.ts';
import { useRun } from '../session.tsx';
import { ticksOf, type Axis } from './axis.ts';
import { bucketUnder, type PlacedTrack } from './placed.ts';

export function TrackTable({ tracks, axis }: { tracks: readonly PlacedTrack[]; axis: Axis }) {
  // A run that is still growing has more urgent things to draw, and would be read out over and over.
  const series = useRun((run) => (run.phase === 'done' ? run.series : undefined));
  if (series === undefined) return null;
  const instants = ticksOf(axis).filter((tick) => tick.digits !== '');
  return (
    // Around it, since some browsers show the caption of a table that is not seen.
    <div className="unseen">
      <table>
        <caption>Charts over the time shown</caption>
        <thead>
          <tr>
            <th scope="col">Measured</th>
            {instants.map(({ digits }) => (
              <th key={digits} scope="col">
                {digits} s
              </th>
            ))}
            <th scope="col">Contract</th>
          </tr>
        </thead>
        <tbody>
          {tracks.flatMap(({ track, metrics, limits }) =>
            metrics.map((metric) => (
              <tr key={`${track.key} ${metric.key}`}>
                <th scope="row">{metric.label}</th>
                {instants.map(({ at, digits }) => {
                  const bucket = bucketUnder(series, at);
                  const value = bucket === undefined ? NaN : metric.read(series, bucket);
                  return <td key={digits}>{Number.isFinite(value) ? metric.print(value) : NOTHING}</td>;
                })}
                <td>{limits.length === 0 ? NOTHING : limits.map((limit) => limit.label).join(', ')}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}
