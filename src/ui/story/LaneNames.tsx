/** The names of a picture's lanes, which stay in sight while the messages are scrolled: what it is, and what is the matter with it. */
import type { Fault } from '../../design/design.ts';
import { FAULT_KINDS } from '../../design/faults.ts';
import type { Story } from '../../state/stories.ts';
import type { Tale } from '../../replay/story/tale.ts';
import { STRIPES } from '../marks/Mark.tsx';
import css from './SpaceTime.module.css';

export function LaneNames({
  story,
  tale,
  since,
  lanes,
  yOf,
  width,
  height,
}: {
  story: Story;
  tale: Tale;
  /** Where the picture begins, microseconds. */
  since: number;
  lanes: readonly number[];
  yOf: (node: number) => number;
  width: number;
  height: number;
}) {
  const { nodes } = tale.history;
  return (
    <svg className={css.names} width={width} height={height} aria-hidden="true">
      <text className={css.tick} x="12" y="14" textAnchor="start">
        ms
      </text>
      {lanes.map((node) => {
        const info = nodes[node];
        const fault = story.design.faults.find(
          ({ target, at, for: length }) =>
            target === info?.name && at <= tale.until && (length === undefined || at + length >= since),
        );
        const [name, about] =
          info === undefined || node === 0
            ? [tale.session < 0 ? 'clients' : `s-${tale.session}`, tale.session < 0 ? '' : 'session']
            : info.tier === 'store'
              ? [`replica-${String(info.replica)}`, `shard-${String(info.shard)}`]
              : [info.name, `zone ${info.zone}`];
        return (
          <g key={node} transform={`translate(12 ${yOf(node)})`}>
            {fault !== undefined && (
              <rect x="-10" y="-14" width="5" height="30" fill={`url(#${STRIPES.bad})`} />
            )}
            <text className={css.laneName}>{name}</text>
            <text className={css.laneAbout} y="14">
              {fault === undefined ? about : faultWords(fault)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

function faultWords(fault: Fault): string {
  const { label } = FAULT_KINDS[fault.kind];
  return 'factor' in fault ? `${label} ×${fault.factor}` : label;
}
