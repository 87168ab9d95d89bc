/** The times of faults, running down through all tracks: shaded where they last, dotted where they are an instant. */
import { memo } from 'react';
import type { Block, LaneLayout } from './laneLayout.ts';
import css from './FaultShades.module.css';

export const FaultShades = memo(function FaultShades({ layout, top }: { layout: LaneLayout; top: number }) {
  /** Both grow out of the lower edge of their block. */
  const lowerEdge = (block: Block): number => layout.shape.topOf(block.row) + layout.shape.blockHeight;
  return (
    <>
      {/* One veil for all of them: where faults overlap it is no darker. */}
      <div className={css.shades} style={{ top }} aria-hidden="true">
        {layout.blocks.map((block, i) =>
          block.flag ? null : (
            <div key={i} style={{ left: block.left, width: block.width, top: lowerEdge(block) }} />
          ),
        )}
      </div>
      <div className={css.instants} style={{ top }} aria-hidden="true">
        {layout.blocks.map((block, i) =>
          block.flag ? <div key={i} style={{ left: block.left, top: lowerEdge(block) }} /> : null,
        )}
      </div>
    </>
  );
});
