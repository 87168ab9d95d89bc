/**
 * The lane of faults: blocks to drag, resize, select and delete, and empty stretches to draw new ones on. Dragging
 * edits the document as it goes, as one step of undo, so that the run follows the hand.
 */
import { memo, useRef, type PointerEvent } from 'react';
import { LIMITS } from '../../design/limits.ts';
import { timeAt, xOf, type Axis } from '../charts/axis.ts';
import { changeFault, freshFault, placeFault, targetForFault } from '../faultEdits.ts';
import { useDocument, useSession, useView } from '../session.tsx';
import { FaultBlock } from './FaultBlock.tsx';
import { drawn, FINE_SNAP_US, SNAP_US, timed } from './faultDrag.ts';
import type { LaneLayout } from './laneLayout.ts';
import css from './FaultBlock.module.css';

/** A press becomes a stroke after this many pixels. */
const STROKE_FROM_PX = 4;

/** A new fault being drawn: where the stroke began, its name for undo, and the fault once there is one. */
interface Stroke {
  readonly from: number;
  readonly token: string;
  index: number | undefined;
}

export const FaultLane = memo(function FaultLane({ axis, layout }: { axis: Axis; layout: LaneLayout }) {
  const session = useSession();
  const faults = useDocument((document) => document.design.faults);
  const selected = useView((state) => state.selectedFault);
  const stroke = useRef<Stroke>(undefined);

  const timeUnder = (event: PointerEvent<HTMLElement>): number =>
    timeAt(axis, event.clientX - event.currentTarget.getBoundingClientRect().left);

  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0 || event.target !== event.currentTarget || faults.length >= LIMITS.faults) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    stroke.current = { from: timeUnder(event), token: `draw fault ${event.timeStamp}`, index: undefined };
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const current = stroke.current;
    if (current === undefined) return;
    const to = timeUnder(event);
    if (current.index === undefined && Math.abs(xOf(axis, to) - xOf(axis, current.from)) < STROKE_FROM_PX)
      return;
    const { documents, view } = session;
    const { design } = documents.getState();
    const time = drawn(current.from, to, {
      step: event.altKey ? FINE_SNAP_US : SNAP_US,
      duration: design.duration,
    });
    const drawnBefore = current.index === undefined ? undefined : design.faults[current.index];
    if (current.index !== undefined && drawnBefore !== undefined) {
      changeFault(session, current.index, timed(drawnBefore, time), current.token);
      return;
    }
    const target = targetForFault(design, view.getState().selection, 'slow');
    const fresh = target === undefined ? undefined : freshFault(target, 'slow', time.at);
    if (fresh === undefined) return;
    const change = { label: fresh.target, after: 'slow' };
    current.index = placeFault(session, timed(fresh, time), change, { coalesce: current.token });
    if (current.index !== undefined) view.selectFault(current.index);
  };
  const onPointerEnd = (): void => {
    stroke.current = undefined;
  };

  return (
    <div
      className={css.faults}
      role="group"
      aria-label="Faults"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerEnd}
      onLostPointerCapture={onPointerEnd}
    >
      {faults.map((fault, index) => {
        const block = layout.blocks[index];
        if (block === undefined) return null;
        // A fault has no name of its own; its place among the faults is what edits keep.
        return (
          <FaultBlock
            key={index}
            fault={fault}
            index={index}
            block={block}
            shape={layout.shape}
            axis={axis}
            selected={index === selected}
          />
        );
      })}
    </div>
  );
});
