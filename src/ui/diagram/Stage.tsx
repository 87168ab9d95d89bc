/**
 * What React Flow holds of the diagram: its nodes and edges, which change when the document does, where they lie, and how one
 * moves them and looks around. The only file, beside those of its nodes and edges, that drives React Flow.
 */
import {
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  type EdgeTypes,
  type NodeTypes,
  type OnNodeDrag,
} from '@xyflow/react';
import { useLayoutEffect, useMemo, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { Design } from '../../design/design.ts';
import { moveNode } from '../../design/edits.ts';
import { nodesOf } from '../../design/nodes.ts';
import { useSession } from '../session.tsx';
import { Bands } from './bands.ts';
import type { Beat } from './beat.ts';
import { cardsOf, type Layout, type Tiers } from './cards.ts';
import { graphOf, type DiagramEdge, type DiagramNode } from './flowGraph.ts';
import {
  AppCardNode,
  CacheCardNode,
  ClientsCardNode,
  CorridorFlowNode,
  ShardCardNode,
} from './flowNodes.tsx';
import type { Point, Size } from './geometry.ts';
import { Headings } from './Headings.tsx';
import { fit, layOut, placeOf, type Moved } from './layout.ts';
import { BandsContext, LinkEdge } from './LinkEdge.tsx';
import { PacketLayer } from './PacketLayer.tsx';
import type { PacketPainter } from './packetPainter.ts';
import { Routes } from './routes.ts';
import { tiersOf } from './tiers.ts';
import { useReflow } from './useReflow.ts';
import type { Use } from './wiring.ts';
import css from './Diagram.module.css';

const nodeTypes: NodeTypes = {
  clients: ClientsCardNode,
  app: AppCardNode,
  cache: CacheCardNode,
  store: ShardCardNode,
  corridor: CorridorFlowNode,
};
const edgeTypes: EdgeTypes = { link: LinkEdge };
/** A page around it scrolls as if it were a picture. */
const STILL = {
  panOnDrag: false,
  zoomOnScroll: false,
  zoomOnPinch: false,
  preventScrolling: false,
  onDoubleClick: undefined,
} as const;
/** How far a key moves a card, pixels of the drawing. */
const STEP = 12;
const STEPS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
/** How far one can look closer and step back. */
const CLOSEST = 2;
const FURTHEST = 0.4;

interface StageProps {
  readonly design: Design;
  readonly uses: readonly Use[];
  readonly room: Size;
  readonly beat: Beat;
  readonly painter: PacketPainter;
  readonly readOnly: boolean;
}

export function Stage(props: StageProps) {
  const { design, uses, room } = props;
  const [dragged, setDragged] = useState<Moved>();
  const tiers = useMemo(() => tiersOf(design, uses), [design, uses]);
  const settled = useMemo(
    () => layOut(tiers, room, dragged ?? design.layout),
    [tiers, room, dragged, design.layout],
  );
  const layout = useReflow(settled, tiers);
  const { nodes, edges } = useMemo(() => graphOf(layout, design, uses), [layout, design, uses]);
  // With what it begins with: it takes up what comes later in an effect, and makes all of that in one go, which at first is
  // most of the page.
  return (
    <ReactFlowProvider initialNodes={nodes} initialEdges={edges} initialWidth={room.w} initialHeight={room.h}>
      <Flow {...props} {...{ tiers, layout, nodes, edges }} drag={setDragged} />
    </ReactFlowProvider>
  );
}

interface FlowProps extends StageProps {
  readonly tiers: Tiers;
  readonly layout: Layout;
  readonly nodes: DiagramNode[];
  readonly edges: DiagramEdge[];
  /** Where cards are while one is dragged; undefined: none is. */
  readonly drag: (moved: Moved | undefined) => void;
}

function Flow({ design, uses, room, beat, painter, readOnly, tiers, layout, nodes, edges, drag }: FlowProps) {
  const flow = useReactFlow();
  const { view, documents } = useSession();
  const [bands] = useState(() => new Bands());
  const routes = useMemo(
    () =>
      new Routes(
        layout,
        tiers,
        nodesOf(design).map((node) => node.name),
      ),
    [layout, tiers, design],
  );
  const { direction, size } = layout;
  const { w, h } = size;
  // Of the drawing's size alone: what moves inside it does not take the eye elsewhere.
  const fitted = useMemo(
    () => fit({ direction, size: { w, h } }, room, readOnly),
    [direction, w, h, room, readOnly],
  );

  useLayoutEffect(
    () => beat.addReading((now) => bands.paint(now, layout, tiers, uses)),
    [beat, bands, layout, tiers, uses],
  );
  useLayoutEffect(() => {
    void flow.setViewport(fitted);
  }, [flow, fitted]);

  const placeBy = ({ data, position }: DiagramNode) =>
    'card' in data ? placeOf(layout, data.card, position) : undefined;
  const onNodeDrag: OnNodeDrag<DiagramNode> = (_, node) => {
    const place = placeBy(node);
    if (place !== undefined) drag({ ...design.layout, [node.id]: place });
  };
  const onNodeDragStop: OnNodeDrag<DiagramNode> = (_, node) => {
    drag(undefined);
    const moved = moveNode(documents.getState().design, node.id, placeBy(node));
    if (moved.ok) documents.edit(moved.value, { label: node.id, after: 'moved' });
  };

  /** As a drag does, in steps; a row of them is one step of undo. */
  const onKeyDown = (event: KeyboardEvent) => {
    const name =
      event.target instanceof Element && event.target.closest('[data-card]')?.getAttribute('data-card');
    const card = cardsOf(layout).find((each) => each.name === name);
    const by = event.shiftKey ? STEPS[event.key] : undefined;
    if (card === undefined || by === undefined || readOnly || direction !== 'right') return;
    event.preventDefault();
    const place = placeOf(layout, card, { x: card.x + by.x * STEP, y: card.y + by.y * STEP });
    const moved = moveNode(documents.getState().design, card.name, place);
    if (!moved.ok) return;
    documents.edit(moved.value, { label: card.name, after: 'moved' }, { coalesce: `move ${card.name}` });
  };

  const onDoubleClick = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest('button') === null)
      void flow.setViewport(fitted, {
        duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 180,
      });
  };

  return (
    <BandsContext value={bands}>
      <ReactFlow
        className={css.flow ?? ''}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        defaultViewport={fitted}
        minZoom={Math.min(FURTHEST, fitted.zoom)}
        maxZoom={CLOSEST}
        translateExtent={[
          [-layout.size.w / 2, -layout.size.h / 2],
          [layout.size.w * 1.5, layout.size.h * 1.5],
        ]}
        nodesDraggable={!readOnly && layout.direction === 'right'}
        nodeDragThreshold={4}
        onNodeDrag={onNodeDrag}
        onNodeDragStop={onNodeDragStop}
        {...(readOnly ? STILL : {})}
        nodesConnectable={false}
        elementsSelectable={false}
        zoomOnDoubleClick={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        panActivationKeyCode={null}
        zoomActivationKeyCode={null}
        proOptions={{ hideAttribution: true }}
        onMove={() => beat.request()}
        onPaneClick={() => view.select(undefined)}
        onDoubleClick={onDoubleClick}
        onKeyDown={onKeyDown}
      >
        <Headings layout={layout} design={design} uses={uses} />
      </ReactFlow>
      <PacketLayer beat={beat} painter={painter} routes={routes} room={room} />
    </BandsContext>
  );
}
