/**
 * What can be done to a card or a link, handed to all of them by the diagram: select it, strike it with a fault here and
 * now, or open the menu of everything that can be done. Where none are handed on, the diagram is there to be looked at.
 */
import { createContext, useContext, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react';
import type { FaultKind } from '../../design/design.ts';
import type { Point } from '../kit/FloatingMenu.tsx';

export interface DiagramActs {
  select(target: string): void;
  /** Adds a fault at the cursor. */
  strike(target: string, kind: FaultKind): void;
  /** Opens the menu of a node, shard or link; beside its element where no place is given. */
  openMenu(target: string, element: Element, at?: Point): void;
}

export const ActsContext = createContext<DiagramActs | undefined>(undefined);

export function useDiagramActs(): DiagramActs | undefined {
  return useContext(ActsContext);
}

const LONG_TOUCH_MS = 500;
/** A finger that moves further than this drags, CSS pixels. */
const STILL = 8;

let held: { timer: ReturnType<typeof setTimeout>; x: number; y: number } | undefined;

function letGo(): void {
  if (held !== undefined) clearTimeout(held.timer);
  held = undefined;
}

/** Opens a menu on right click, long touch, and the Menu or Enter key. Spread over the button it belongs to. */
export function menuHandlers(open: (element: Element, at?: Point) => void) {
  return {
    onContextMenu: (event: MouseEvent) => {
      event.preventDefault();
      // The Menu key has no place; the browser then gives the element's corner or nothing.
      if (event.clientX > 0 || event.clientY > 0)
        open(event.currentTarget, { x: event.clientX, y: event.clientY });
      else open(event.currentTarget);
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      open(event.currentTarget);
    },
    onPointerDown: (event: PointerEvent) => {
      if (event.pointerType !== 'touch') return;
      letGo();
      const { currentTarget, clientX: x, clientY: y } = event;
      const openThere = (): void => {
        // The design may have lost the place meanwhile.
        if (currentTarget.isConnected) open(currentTarget, { x, y });
      };
      held = { x, y, timer: setTimeout(openThere, LONG_TOUCH_MS) };
    },
    onPointerMove: (event: PointerEvent) => {
      if (held !== undefined && Math.hypot(event.clientX - held.x, event.clientY - held.y) > STILL) letGo();
    },
    onPointerUp: letGo,
    onPointerCancel: letGo,
  };
}
