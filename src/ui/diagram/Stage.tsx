/**
 * What React Flow holds of the diagram: its nodes and edges, which change when the document does, where they lie, and how one
 * looks around. The only file, beside those of its nodes and edges, that drives React Flow.
 */
import { ReactFlow, ReactFlowProvider, useReactFlow, type EdgeTypes, type NodeTypes } from '@xyflow/react';
import { useLayoutEffect, useMemo, useState, type MouseEvent } from 'react';
import type { Design } from '../../design/design.ts';
import { nodesOf } from '../../design/nodes.ts';
import { useSession } from '../session.tsx';
import { Bands } from './bands.ts';
import type { Beat } from './beat.ts';
import type { Layout, Tiers } from './cards.ts';
import { graphOf, type DiagramEdge, type DiagramNode } from './flowGraph.ts';
import {
  AppCardNode,
  CacheCardNode,
  ClientsCardNode,
  CorridorFlowNode,
  ShardCardNode,
} from './flowNodes.tsx';
import type { Size } from './geometry.ts';
import { Headings } from './Headings.tsx';
import { fit, layOut, type Moved } from './layout.ts';
import { BandsContext, LinkEdge } from './LinkEdge.tsx';
import { PacketLayer } from './PacketLayer.tsx';
import type { PacketPainter } from './packetPainter.ts';
import { Routes } from './routes.ts';
import { tiersOf } from './tiers.ts';
import { useCardMoves } from './useCardMoves.ts';
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
} as const;
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
  const { view } = useSession();
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
  const fitted = useMemo(() => fit({ size: { w, h } }, room, readOnly), [w, h, room, readOnly]);

  useLayoutEffect(
    () => beat.addReading((now) => bands.paint(now, layout, tiers, uses)),
    [beat, bands, layout, tiers, uses],
  );
  useLayoutEffect(() => {
    void flow.setViewport(fitted);
  }, [flow, fitted]);

  const moves = useCardMoves(design, layout, drag);

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
        nodesDraggable={!readOnly && direction === 'right'}
        nodeDragThreshold={4}
        {...(readOnly ? STILL : moves)}
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
      >
        <Headings layout={layout} design={design} uses={uses} />
      </ReactFlow>
      <PacketLayer beat={beat} painter={painter} routes={routes} room={room} />
    </BandsContext>
  );
}
