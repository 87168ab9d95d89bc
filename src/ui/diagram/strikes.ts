/**
 * A press on a message or on a timeout's cross opens the story of its operation, a right click or a long touch the menu of
 * what else can be done with it. The canvas lets the pointer through to the cards below, so presses are looked at on their
 * way down: what is on a mark is the mark's, unless a button is there.
 */
import type { MouseEvent, PointerEvent } from 'react';
import type { ViewStore } from '../../state/view.ts';
import type { PacketRequest } from './PacketMenu.tsx';
import type { PacketPainter } from './packetPainter.ts';

/** From a mark's middle, CSS pixels: a little more than the mark for a mouse, a finger's breadth for a finger. */
const REACH = 9;
const TOUCH_REACH = 20;

export interface Strikes {
  readonly onClickCapture: (event: MouseEvent<HTMLElement>) => void;
  readonly onContextMenuCapture: (event: MouseEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
}

export function strikesOn(
  painter: PacketPainter,
  view: ViewStore,
  openMenu: (request: PacketRequest) => void,
): Strikes {
  const struckBy = (event: MouseEvent<HTMLElement>) => {
    if (event.target instanceof Element && event.target.closest('button, a, input') !== null)
      return undefined;
    const touched = 'pointerType' in event.nativeEvent && event.nativeEvent.pointerType === 'touch';
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return painter.strike(event.clientX - left, event.clientY - top, touched ? TOUCH_REACH : REACH);
  };
  return {
    onClickCapture(event) {
      const struck = struckBy(event);
      if (struck === undefined) return;
      event.stopPropagation();
      view.focusOperation(struck);
    },
    onContextMenuCapture(event) {
      const struck = struckBy(event);
      if (struck === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      // It would have moved on by the time that somebody has read the menu.
      view.pause();
      openMenu({ struck, element: event.currentTarget, at: { x: event.clientX, y: event.clientY } });
    },
    onPointerMove(event) {
      const over = event.buttons === 0 && struckBy(event) !== undefined;
      event.currentTarget.toggleAttribute('data-struck', over);
    },
  };
}
