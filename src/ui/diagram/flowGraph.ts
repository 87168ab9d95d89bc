/**
 * A layout as React Flow holds it: one node a card (and one for the corridor), one edge a wire that the policy uses. They
 * are made anew when the document or the room changes and never in between; every value that moves is drawn past them.
 */
import { Position, type Edge, type Node } from '@xyflow/react';
import type { Design } from '../../design/design.ts';
import { nodesOf, type LinkName, type NodeInfo } from '../../design/nodes.ts';
import { cardsOf, type Card, type Corridor, type Layout, type ShardCard } from './cards.ts';
import { pathOf, type Box, type Direction } from './geometry.ts';
import { replicasOf } from './tiers.ts';
import { isUsed, type Use } from './wiring.ts';
import { CORRIDOR, denseLinks, wiresOf } from './wires.ts';

export type DiagramNode =
  | Node<{ card: Card; design: Design; direction: Direction }, 'clients'>
  | Node<{ card: Card; design: Design; direction: Direction; zone: number }, 'app'>
  | Node<{ card: Card; design: Design; direction: Direction; zone: number }, 'cache'>
  | Node<{ card: ShardCard; design: Design; direction: Direction; replicas: readonly NodeInfo[] }, 'store'>
  | Node<{ corridor: Corridor; direction: Direction }, 'corridor'>;

export type DiagramEdge = Edge<{ path: string; link: LinkName; dense: boolean }, 'link'>;

export function graphOf(
  layout: Layout,
  design: Design,
  uses: readonly Use[],
): { nodes: DiagramNode[]; edges: DiagramEdge[] } {
  const zones = new Map(nodesOf(design).map((node) => [node.name, node.zone]));
  const { direction, corridor } = layout;
  const nodes = cardsOf(layout).map((card): DiagramNode => {
    const zone = zones.get(card.name) ?? 0;
    switch (card.tier) {
      case 'clients':
        return { ...placed(card.name, card, direction), type: 'clients', data: { card, design, direction } };
      case 'app':
        return {
          ...placed(card.name, card, direction),
          type: 'app',
          data: { card, design, direction, zone },
        };
      case 'cache':
        return {
          ...placed(card.name, card, direction),
          type: 'cache',
          data: { card, design, direction, zone },
        };
      case 'store': {
        const shard = layout.store[card.index];
        const replicas = replicasOf(design, card.index + 1);
        return {
          ...placed(card.name, card, direction),
          type: 'store',
          data: { card: shard ?? { ...card, tier: 'store', dots: [] }, design, direction, replicas },
        };
      }
    }
  });
  if (corridor !== undefined && isUsed(uses, 'app-store'))
    nodes.push({
      ...placed(CORRIDOR, corridor.box, direction),
      type: 'corridor',
      draggable: false,
      data: { corridor, direction },
    });
  const used = wiresOf(layout).filter((wire) => isUsed(uses, wire.link));
  const dense = denseLinks(used);
  const edges = used.map(({ id, link, from, to, curve }): DiagramEdge => ({
    id,
    type: 'link',
    focusable: false,
    source: from,
    target: to,
    ariaRole: 'presentation',
    ariaLabel: link,
    domAttributes: { 'aria-hidden': true },
    data: { path: pathOf(curve), link, dense: dense.has(link) },
  }));
  return { nodes, edges };
}

function placed(id: string, box: Box, direction: Direction) {
  const across = direction === 'right';
  const source = across ? Position.Right : Position.Bottom;
  const target = across ? Position.Left : Position.Top;
  return {
    id,
    // Said here, since what React Flow itself is told it hears only after its first picture. What a card holds can be reached.
    focusable: false,
    position: { x: box.x, y: box.y },
    width: box.w,
    height: box.h,
    measured: { width: box.w, height: box.h },
    sourcePosition: source,
    targetPosition: target,
    // Said here and not measured, so that edges are there from the first frame on. Their curves are the layout's own.
    handles: [
      {
        type: 'source' as const,
        position: source,
        x: across ? box.w : box.w / 2,
        y: across ? box.h / 2 : box.h,
        width: 1,
        height: 1,
      },
      {
        type: 'target' as const,
        position: target,
        x: across ? 0 : box.w / 2,
        y: across ? box.h / 2 : 0,
        width: 1,
        height: 1,
      },
    ],
    style: { pointerEvents: 'all' as const },
  };
}
