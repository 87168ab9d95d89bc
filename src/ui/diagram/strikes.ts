/**
 * A press on a message or on a timeout's cross opens the story of its operation. The canvas lets the pointer through to
 * the cards below, so presses are looked at on their way down: what is on a mark is the mark's, unless a button is there.
 */
import type { MouseEvent, PointerEvent } from 'react';
import type { ViewStore } from '../../state/view.ts';
import type { PacketPainter } from './packetPainter.ts';

/** From a mark's middle, CSS pixels: a little more than the mark for a mouse, a finger's breadth for a finger. */
const REACH = 9;
const TOUCH_REACH = 20;

export interface Strikes {
  readonly onClickCapture: (event: MouseEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
}

export function strikesOn(painter: PacketPainter, view: ViewStore): Strikes {
  const struckBy = (event: MouseEvent<HTMLElement>, reach: number) => {
    if (event.target instanceof Element && event.target.closest('button, a, input') !== null)
      return undefined;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return painter.strike(event.clientX - left, event.clientY - top, reach);
  };
  return {
    onClickCapture(event) {
      const touched = 'pointerType' in event.nativeEvent && event.nativeEvent.pointerType === 'touch';
      const struck = struckBy(event, touched ? TOUCH_REACH : REACH);
      if (struck === undefined) return;
      event.stopPropagation();
      view.focusOperation(struck);
    },
    onPointerMove(event) {
      const over = event.buttons === 0 && struckBy(event, REACH) !== undefined;
      event.currentTarget.toggleAttribute('data-struck', over);
    },
  };
}
