/** What a hand does to a block of the lane, on the mouse or on the arrow keys. A drag is one step of undo. */
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import type { Fault } from '../../design/design.ts';
import type { Axis } from '../charts/axis.ts';
import { changeFault, removeFault } from '../faultEdits.ts';
import { useDocument, useSession } from '../session.tsx';
import { dragged, endOf, FINE_SNAP_US, heldBy, SNAP_US, timed, type Handle } from './faultDrag.ts';
import { snapGuide } from './snapGuide.ts';

/** A press becomes a drag after this many pixels. */
const DRAG_FROM_PX = 3;
/** From so near, another block's end or the playhead holds the edge that is dragged, pixels. */
const HOLDS_FROM_PX = 6;

interface Grip {
  readonly x: number;
  readonly handle: Handle;
  /** The fault as it was grasped: a drag is always measured from there. */
  readonly fault: Fault;
  readonly token: string;
  /** As the drag has left it in the design. */
  left: Fault | undefined;
  moved: boolean;
}

interface FaultHandProps {
  readonly fault: Fault;
  readonly index: number;
  readonly axis: Axis;
  /** Only what lasts has an end to move. */
  readonly lasts: boolean;
}

/** Handlers for the element of a block. */
export function useFaultHand({ fault, index, axis, lasts }: FaultHandProps) {
  const session = useSession();
  const duration = useDocument((document) => document.design.duration);
  const grip = useRef<Grip>(undefined);

  const grasp = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const handle = handleUnder(event.target);
    const token = `drag fault ${event.timeStamp}`;
    grip.current = { x: event.clientX, handle, fault, token, left: inDesign(), moved: false };
  };
  const pull = (event: PointerEvent<HTMLElement>): void => {
    const current = grip.current;
    if (current === undefined) return;
    // It was removed or undone meanwhile: another fault may stand in its place, or none.
    if (inDesign() !== current.left) {
      letGo();
      return;
    }
    const pixels = event.clientX - current.x;
    if (!current.moved && Math.abs(pixels) < DRAG_FROM_PX) return;
    current.moved = true;
    const by = (pixels / axis.width) * (axis.to - axis.from);
    const step = event.altKey ? FINE_SNAP_US : SNAP_US;
    const { fault: grasped, handle, token } = current;
    // A steady hand is held by nothing.
    const held = event.altKey
      ? undefined
      : heldBy(dragged(grasped, handle, by, { step: 1, duration }), handle, {
          instants: magnets(),
          reach: reach(),
          step,
        });
    snapGuide.setState({ at: held?.at });
    const time = held?.time ?? dragged(grasped, handle, by, { step, duration });
    changeFault(session, index, timed(grasped, time), token);
    current.left = inDesign();
  };
  const inDesign = (): Fault | undefined => session.documents.getState().design.faults[index];
  /** Where the other blocks begin and end, and the playhead; in whole milliseconds, so that links stay short. */
  const magnets = (): number[] => {
    const { faults } = session.documents.getState().design;
    const ends = faults.flatMap((other, i) => (i === index ? [] : [other.at, endOf(other, duration)]));
    const playhead = Math.round(session.view.getState().cursor / 1000) * 1000;
    return [...ends, playhead].filter((at) => at <= duration);
  };
  const reach = (): number => (HOLDS_FROM_PX / axis.width) * (axis.to - axis.from);
  const letGo = (): void => {
    snapGuide.setState({ at: undefined });
    grip.current = undefined;
  };
  const release = (): void => {
    // A drag selects as well, but only at its end: the inspector shall not jump about under a moving hand.
    if (grip.current?.moved) session.view.selectFault(index);
    letGo();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      removeFault(session, index);
      return;
    }
    const direction = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (direction === 0 || (event.shiftKey && !lasts)) return;
    event.preventDefault();
    const step = event.altKey ? FINE_SNAP_US : SNAP_US;
    const time = dragged(fault, event.shiftKey ? 'end' : 'body', direction * step, { step, duration });
    changeFault(session, index, timed(fault, time), `keys on fault ${index}`);
  };

  return {
    onPointerDown: grasp,
    onPointerMove: pull,
    onPointerUp: release,
    onLostPointerCapture: release,
    onKeyDown,
  };
}

/** The end that was grasped, where the block shows any that can be. */
function handleUnder(target: EventTarget): Handle {
  const handle = target instanceof HTMLElement ? target.dataset.handle : undefined;
  return handle === 'start' || handle === 'end' ? handle : 'body';
}
