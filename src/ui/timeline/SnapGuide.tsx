/** A line through the tracks where a dragged block holds on to another's end, or to the playhead. */
import { useStore } from 'zustand';
import { xOf, type Axis } from '../charts/axis.ts';
import { snapGuide } from './snapGuide.ts';
import css from './SnapGuide.module.css';

export function SnapGuide({ axis, height }: { axis: Axis; height: number }) {
  const at = useStore(snapGuide, (state) => state.at);
  if (at === undefined) return null;
  return (
    <div className={css.guide} style={{ left: xOf(axis, at), height }} aria-hidden="true">
      {(at / 1e6).toFixed(2)}
    </div>
  );
}
