/** What each place holds of the key, as ribbons on its lane: grey the newest committed version, striped an older one, hatched half a version that is not committed. */
import { Fragment } from 'react';
import type { Ribbon } from '../../replay/story/ribbons.ts';
import { STRIPES } from '../marks/Mark.tsx';
import { cx } from '../kit/cx.ts';
import css from './SpaceTime.module.css';

const HEIGHT = 4;
/** A chip takes about so much of the lane, pixels: shorter stretches go without. */
const CHIP = 30;

export function Ribbons({
  ribbons,
  xOf,
  yOf,
}: {
  ribbons: readonly Ribbon[];
  xOf: (time: number) => number;
  yOf: (node: number) => number;
}) {
  const named = new Map<number, number>();
  return ribbons.map(({ node, from, to, version, freshness }) => {
    const [x, width, y] = [xOf(from), Math.max(1, xOf(to) - xOf(from)), yOf(node)];
    // A stretch that only changes what it counts as needs no second chip.
    const chip = named.get(node) !== version && width >= CHIP;
    if (chip) named.set(node, version);
    return (
      <Fragment key={`${node} ${from} ${version}`}>
        <rect
          className={css[freshness]}
          x={x}
          y={y - HEIGHT / 2}
          width={width}
          height={HEIGHT}
          {...(freshness === 'stale' ? { fill: `url(#${STRIPES.inv})` } : {})}
        />
        {chip && <VersionTag x={x + 4} y={y} version={version} stale={freshness === 'stale'} />}
      </Fragment>
    );
  });
}

function VersionTag({ x, y, version, stale }: { x: number; y: number; version: number; stale: boolean }) {
  const words = `v${version}`;
  const width = 10 + words.length * 6.6;
  return (
    <g className={cx(css.tag, stale && css.staleTag)} transform={`translate(${x} ${y})`}>
      <rect y="-8" width={width} height="16" rx="3" />
      <text x={width / 2} y="4">
        {words}
      </text>
    </g>
  );
}
