/** The way straight to the store between the caches: its line, its band, and its rate in numbers. */
import { Handle, Position } from '@xyflow/react';
import { memo, useContext, useLayoutEffect, useRef } from 'react';
import type { Corridor } from './cards.ts';
import { pathOf, type Direction } from './geometry.ts';
import { cx } from '../kit/cx.ts';
import { hint } from '../kit/hint.ts';
import { BandsContext } from './LinkEdge.tsx';
import { CORRIDOR } from './wires.ts';
import css from './Diagram.module.css';

/** From the top of the words down to the line, CSS pixels, where it runs across. */
const WORDS = 19;

export const CorridorNode = memo(function CorridorNode({
  corridor,
  direction,
}: {
  corridor: Corridor;
  direction: Direction;
}) {
  const bands = useContext(BandsContext);
  const band = useRef<SVGPathElement>(null);
  const rate = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (band.current === null || rate.current === null) return;
    const subscriptions = [bands.add(CORRIDOR, band.current), bands.name(rate.current)];
    return () => subscriptions.forEach((end) => end());
  }, [bands]);
  const { box, curve } = corridor;
  const path = pathOf(curve.map((value, i) => value - (i % 2 === 0 ? box.x : box.y)));
  const across = direction === 'right';
  return (
    <div className={cx(css.corridor, !across && css.corridorDown)} data-card={CORRIDOR}>
      <Handle
        type="target"
        position={across ? Position.Left : Position.Top}
        isConnectable={false}
        className={css.handle ?? ''}
      />
      <Handle
        type="source"
        position={across ? Position.Right : Position.Bottom}
        isConnectable={false}
        className={css.handle ?? ''}
      />
      <svg width={box.w} height={box.h} aria-hidden="true">
        <path ref={band} className={css.band} d={path} />
        <path className={css.line} d={path} />
      </svg>
      <div
        className={css.corridorWords}
        style={across ? { top: corridor.from.y - box.y - WORDS } : undefined}
      >
        <span {...hint('straight to the store')}>straight to the store</span>
        <b ref={rate} />
      </div>
    </div>
  );
});
