/** The times of faults, running down through all tracks: shaded where they last, dotted where they are an instant. */
import { memo } from 'react';
import type { LaneLayout } from './laneLayout.ts';
import css from './timeline.module.css';

export const FaultShades = memo(function FaultShades({ layout, top }: { layout: LaneLayout; top: number }) {
  return (
    <div className={css.shades} style={{ top }} aria-hidden="true">
      {layout.blocks.map(({ left, width, flag, row }, i) => {
        // Both grow out of the lower edge of their block.
        const from = layout.shape.topOf(row) + layout.shape.blockHeight;
        return flag ? (
          <div key={i} className={css.instant} style={{ left, top: from }} />
        ) : (
          <div key={i} className={css.shade} style={{ left, width, top: from }} />
        );
      })}
    </div>
  );
});
