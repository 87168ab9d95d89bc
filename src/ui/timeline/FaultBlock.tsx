/**
 * One fault on the lane. Its body moves it, its ends resize it; arrow keys do the same for the hand that has none on
 * the mouse. A press without a drag selects it, and the inspector shows it.
 */
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import type { Fault } from '../../design/design.ts';
import { changeFault, removeFault } from '../actions.ts';
import type { Axis } from '../charts/axis.ts';
import { cx } from '../kit/cx.ts';
import { useDocument, useSession } from '../session.tsx';
import { dragged, endOf, FINE_SNAP_US, heldBy, SNAP_US, timed, type Handle } from './faultDrag.ts';
import { deedOf, sentenceOf } from './faultWords.ts';
import type { Block } from './laneLayout.ts';
import { WORDS_FROM_PX, type LaneShape } from './lanes.ts';
import { snapGuide } from './snapGuide.ts';
import css from './FaultBlock.module.css';

/** A press becomes a drag after this many pixels. */
const DRAG_FROM_PX = 3;
/** Ends can be grasped on blocks at least this wide, pixels. */
const ENDS_FROM_PX = 18;
/** Words that appear only when a block is met stand at its start, from here on (share of the plot) at its end. */
const WORDS_LEFTWARD_FROM = 0.75;
/** From so near, another block's end or the playhead holds the edge that is dragged, pixels. */
const HOLDS_FROM_PX = 6;

interface Grip {
  readonly x: number;
  readonly handle: Handle;
  /** The fault as it was grasped: a drag is always measured from there. */
  readonly fault: Fault;
  readonly token: string;
  moved: boolean;
}

export function FaultBlock({
  fault,
  index,
  block,
  shape,
  axis,
  selected,
}: {
  fault: Fault;
  index: number;
  block: Block;
  shape: LaneShape;
  axis: Axis;
  selected: boolean;
}) {
  const session = useSession();
  const duration = useDocument((document) => document.design.duration);
  const grip = useRef<Grip>(undefined);
  const resizable = !block.flag && block.width >= ENDS_FROM_PX;

  const grasp = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const handle = resizable ? handleUnder(event.target) : 'body';
    grip.current = { x: event.clientX, handle, fault, token: `drag fault ${event.timeStamp}`, moved: false };
  };
  const pull = (event: PointerEvent<HTMLElement>): void => {
    const current = grip.current;
    if (current === undefined) return;
    const pixels = event.clientX - current.x;
    if (!current.moved && Math.abs(pixels) < DRAG_FROM_PX) return;
    current.moved = true;
    const by = (pixels / axis.width) * (axis.to - axis.from);
    const step = event.altKey ? FINE_SNAP_US : SNAP_US;
    const { fault: grasped, handle, token } = current;
    // A steady hand is held by nothing.
    const held = event.altKey
      ? undefined
      : heldBy(dragged(grasped, handle, by, 1, duration), handle, magnets(), reach(), step);
    snapGuide.setState({ at: held?.at });
    const time = held?.time ?? dragged(grasped, handle, by, step, duration);
    changeFault(session, index, timed(grasped, time), token);
  };
  /** Where the other blocks begin and end, and the playhead; in whole milliseconds, so that links stay short. */
  const magnets = (): number[] => {
    const { faults } = session.documents.getState().design;
    const ends = faults.flatMap((other, i) => (i === index ? [] : [other.at, endOf(other, duration)]));
    const playhead = Math.round(session.view.getState().cursor / 1000) * 1000;
    return [...ends, playhead].filter((at) => at <= duration);
  };
  const reach = (): number => (HOLDS_FROM_PX / axis.width) * (axis.to - axis.from);
  const release = (): void => {
    snapGuide.setState({ at: undefined });
    // A drag selects as well, but only at its end: the inspector shall not jump about under a moving hand.
    if (grip.current?.moved) session.view.selectFault(index);
    grip.current = undefined;
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      removeFault(session, index);
      return;
    }
    const direction = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (direction === 0 || (event.shiftKey && block.flag)) return;
    event.preventDefault();
    const step = event.altKey ? FINE_SNAP_US : SNAP_US;
    const time = dragged(fault, event.shiftKey ? 'end' : 'body', direction * step, step, duration);
    changeFault(session, index, timed(fault, time), `keys on fault ${index}`);
  };

  const tall = shape.blockHeight >= WORDS_FROM_PX;
  const hidden = block.left + block.width < 0 || block.left > axis.width;
  // What the window cuts off is left off, and cannot be grasped.
  const left = Math.max(block.left, 0);
  const width = Math.min(block.left + block.width, axis.width) - left;
  const cutLeft = block.left < 0;
  const cutRight = block.left + block.width > axis.width;
  return (
    <button
      type="button"
      className={cx(
        css.fault,
        block.flag && css.flagged,
        selected && css.selected,
        shape.rows > 1 && css.low,
        !tall && css.bare,
        cutLeft && css.cutLeft,
        cutRight && css.cutRight,
      )}
      style={{
        left,
        width,
        top: shape.topOf(block.row),
        height: shape.blockHeight,
        ...(hidden ? { display: 'none' } : {}),
      }}
      aria-label={sentenceOf(fault)}
      aria-pressed={selected}
      aria-keyshortcuts="ArrowLeft ArrowRight Shift+ArrowLeft Shift+ArrowRight Delete"
      title={`${sentenceOf(fault)}. Drag to move, its ends to resize; Delete removes it.`}
      onClick={() => session.view.selectFault(index)}
      onPointerDown={grasp}
      onPointerMove={pull}
      onPointerUp={release}
      onPointerCancel={release}
      onKeyDown={onKeyDown}
    >
      {tall ? (
        block.words !== 'none' && (
          <FaultWords fault={fault} className={block.words === 'beside' ? css.beside : css.words} />
        )
      ) : (
        <FaultWords
          fault={fault}
          className={cx(css.plate, left > WORDS_LEFTWARD_FROM * axis.width && css.leftward)}
        />
      )}
      {resizable && (
        <>
          {!cutLeft && <span className={css.start} data-handle="start" />}
          {!cutRight && <span className={css.end} data-handle="end" />}
        </>
      )}
    </button>
  );
}

function FaultWords({ fault, className }: { fault: Fault; className: string | undefined }) {
  return (
    <span className={className}>
      {fault.target !== 'workload' && <b>{fault.target}</b>} {deedOf(fault)}
    </span>
  );
}

function handleUnder(target: EventTarget): Handle {
  const handle = target instanceof HTMLElement ? target.dataset.handle : undefined;
  return handle === 'start' || handle === 'end' ? handle : 'body';
}
