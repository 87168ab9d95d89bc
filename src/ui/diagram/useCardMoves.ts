/** How cards are moved: by the hand, and in steps by the arrow keys. Each move is an edit of the document's layout. */
import type { OnNodeDrag } from '@xyflow/react';
import type { KeyboardEvent } from 'react';
import type { Design } from '../../design/design.ts';
import { moveNode } from '../../design/edits.ts';
import { useSession } from '../session.tsx';
import { cardsOf, type Layout } from './cards.ts';
import type { DiagramNode } from './flowGraph.ts';
import type { Point } from './geometry.ts';
import { placeOf, type Moved } from './layout.ts';

/** How far a key moves a card, pixels of the drawing. */
const STEP = 12;
const STEPS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

interface CardMoves {
  readonly onNodeDrag: OnNodeDrag<DiagramNode>;
  readonly onNodeDragStop: OnNodeDrag<DiagramNode>;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** `drag` is told where cards are while one is dragged; undefined: none is. */
export function useCardMoves(
  design: Design,
  layout: Layout,
  drag: (moved: Moved | undefined) => void,
): CardMoves {
  const { documents } = useSession();
  const placeBy = ({ data, position }: DiagramNode) =>
    'card' in data ? placeOf(layout, data.card, position) : undefined;
  return {
    onNodeDrag(_, node) {
      const place = placeBy(node);
      if (place !== undefined) drag({ ...design.layout, [node.id]: place });
    },

    onNodeDragStop(_, node) {
      drag(undefined);
      const moved = moveNode(documents.getState().design, node.id, placeBy(node));
      if (moved.ok) documents.edit(moved.value, { label: node.id, after: 'moved' });
    },

    /** As a drag does, in steps; a row of them is one step of undo. */
    onKeyDown(event) {
      const name =
        event.target instanceof Element && event.target.closest('[data-card]')?.getAttribute('data-card');
      const card = cardsOf(layout).find((each) => each.name === name);
      const by = event.shiftKey ? STEPS[event.key] : undefined;
      if (card === undefined || by === undefined || layout.direction !== 'right') return;
      event.preventDefault();
      const place = placeOf(layout, card, { x: card.x + by.x * STEP, y: card.y + by.y * STEP });
      const moved = moveNode(documents.getState().design, card.name, place);
      if (!moved.ok) return;
      documents.edit(moved.value, { label: card.name, after: 'moved' }, { coalesce: `move ${card.name}` });
    },
  };
}
