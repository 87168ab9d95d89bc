/** The picture of a design, drawn in the diagram's vocabulary. Decoration: the words beside it say what it is. */
import { useMemo } from 'react';
import type { Design } from '../../design/design.ts';
import { STRIPES } from '../marks/Mark.tsx';
import { pictureOf, SIZE, type PictureNode } from './picture.ts';
import css from './DesignPicture.module.css';

/** Half the side of the mark on a link that a fault hits. */
const CUT = 6;

export function DesignPicture({ design }: { design: Design }) {
  const { nodes, shards, ways, cuts } = useMemo(() => pictureOf(design), [design]);
  return (
    <svg className={css.picture} viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} aria-hidden="true">
      {ways.map(({ path, head, hue, width }, i) => (
        <g key={i} className={css[hue]} strokeWidth={width}>
          <path d={path} className={css.line} />
          <path d={head} />
        </g>
      ))}
      {shards.map((box) => (
        <rect key={box.y} {...box} rx="3" className={css.node} />
      ))}
      {nodes.map((node) => (
        <Node key={node.name} node={node} />
      ))}
      {cuts.map(({ x, y }) => (
        <rect
          key={`${x} ${y}`}
          x={x - CUT}
          y={y - CUT}
          width={2 * CUT}
          height={2 * CUT}
          rx="2"
          className={css.hurt}
          fill={`url(#${STRIPES.bad})`}
        />
      ))}
    </svg>
  );
}

/** How far the stripes of a fault reach beyond the node. */
const BEYOND = 2;

function Node({ node }: { node: PictureNode }) {
  const { tier, x, y, halfWidth, halfHeight, leads, used, hurt } = node;
  const round = tier === 'clients' || tier === 'store';
  const boxOf = (beyond: number) => ({
    x: x - halfWidth - beyond,
    y: y - halfHeight - beyond,
    width: 2 * (halfWidth + beyond),
    height: 2 * (halfHeight + beyond),
    rx: (round ? halfWidth : 2) + beyond,
  });
  return (
    <>
      <rect {...boxOf(0)} className={leads ? css.leader : used ? css.node : css.unused} />
      {hurt && <rect {...boxOf(BEYOND)} className={css.hurt} fill={`url(#${STRIPES.bad})`} />}
    </>
  );
}
