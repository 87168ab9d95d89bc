/**
 * The design as a picture that moves: tiers of cards, the ways between them, and what travels on them at the cursor. The
 * only room that knows React Flow, which holds nodes and edges and lets one look around; they change when the document
 * does. Everything that changes with the cursor is written past it, once a frame: cards by their slots, bands, and all
 * marks on one canvas. It never computes what a run says, and never changes a design but by the acts of `ui/actions`.
 */
import {
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  type EdgeTypes,
  type NodeTypes,
  type OnNodeDrag,
} from '@xyflow/react';
import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
} from 'react';
import type { Design } from '../../design/design.ts';
import { moveNode } from '../../design/edits.ts';
import { nodesOf } from '../../design/nodes.ts';
import type { DocumentState } from '../../state/documents.ts';
import { addFault } from '../actions.ts';
import { useSize } from '../charts/useSize.ts';
import { cx } from '../kit/cx.ts';
import { useDocument, useSession } from '../session.tsx';
import { ActsContext, type DiagramActs } from './acts.ts';
import {
  AppCardNode,
  CacheCardNode,
  ClientsCardNode,
  CorridorFlowNode,
  ShardCardNode,
} from './flowNodes.tsx';
import { Bands } from './bands.ts';
import { Beat, BeatContext } from './beat.ts';
import { cardsOf } from './cards.ts';
import { FaultMenu, type MenuRequest } from './FaultMenu.tsx';
import { graphOf, type DiagramNode } from './flowGraph.ts';
import type { Point, Size } from './geometry.ts';
import { Headings } from './Headings.tsx';
import { fit, layOut, NARROW, placeOf, type Moved } from './layout.ts';
import { Legend } from './Legend.tsx';
import { BandsContext, LinkEdge } from './LinkEdge.tsx';
import { PacketLayer } from './PacketLayer.tsx';
import { PacketMenu, type PacketRequest } from './PacketMenu.tsx';
import { PacketPainter } from './packetPainter.ts';
import { Digest, exposeProbe } from './probe.ts';
import { Routes } from './routes.ts';
import { strikesOn } from './strikes.ts';
import { TableView } from './TableView.tsx';
import { useReflow } from './useReflow.ts';
import { tiersOf, usesIn } from './tiers.ts';
import type { Use } from './wiring.ts';
import './diagram.css';
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

/** @param readOnly it is there to be looked at: nothing can be pressed, dragged or turned, and all of it fits */
export function Diagram({ readOnly = false }: { readOnly?: boolean }) {
  const session = useSession();
  const [beat] = useState(() => new Beat(session));
  const [painter] = useState(() => new PacketPainter());
  const [menu, setMenu] = useState<MenuRequest>();
  const [packet, setPacket] = useState<PacketRequest>();
  const [selectDrawn] = useState(drawnDesign);
  const design = useDocument(selectDrawn);
  const root = useRef<HTMLDivElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const { width: w, height: h } = useSize(stage);
  const room = useMemo(() => ({ w, h }), [w, h]);
  const uses = useMemo(() => usesIn(design), [design]);
  const strikes = useMemo(
    () => (readOnly ? {} : strikesOn(painter, session.view, setPacket)),
    [readOnly, painter, session],
  );

  useEffect(() => beat.start(), [beat]);
  useEffect(
    () =>
      exposeProbe({
        digest() {
          beat.paint();
          const digest = new Digest();
          painter.digest(digest.number);
          for (const card of root.current?.querySelectorAll('[data-card]') ?? [])
            digest.text(card.textContent);
          return digest.toString();
        },
        marks() {
          beat.paint();
          return painter.places();
        },
      }),
    [beat, painter],
  );

  const acts = useMemo(
    (): DiagramActs | undefined =>
      readOnly
        ? undefined
        : {
            select: (target) => session.view.select(target),
            strike: (target, kind) => {
              addFault(session, target, kind);
            },
            openMenu: (target, element, at) => {
              session.view.select(target);
              setMenu({ target, element, at });
            },
          },
    [readOnly, session],
  );

  return (
    <BeatContext value={beat}>
      <ActsContext value={acts}>
        <div ref={root} className={cx(css.diagram, w < NARROW && css.narrow)}>
          <div ref={stage} className={css.stage} {...strikes}>
            {w > 0 && h > 0 && (
              <ReactFlowProvider>
                <Stage
                  design={design}
                  uses={uses}
                  room={room}
                  beat={beat}
                  painter={painter}
                  readOnly={readOnly}
                />
              </ReactFlowProvider>
            )}
          </div>
          <Legend beat={beat} painter={painter} choosing={!readOnly} />
          <TableView beat={beat} design={design} />
        </div>
        {menu !== undefined && (
          <FaultMenu
            key={menu.target}
            request={menu}
            onClose={() => setMenu((open) => (open === menu ? undefined : open))}
          />
        )}
        {packet !== undefined && <PacketMenu request={packet} onClose={() => setPacket(undefined)} />}
      </ActsContext>
    </BeatContext>
  );
}

interface StageProps {
  readonly design: Design;
  readonly uses: readonly Use[];
  readonly room: Size;
  readonly beat: Beat;
  readonly painter: PacketPainter;
  readonly readOnly: boolean;
}

function Stage({ design, uses, room, beat, painter, readOnly }: StageProps) {
  const flow = useReactFlow();
  const { view, documents } = useSession();
  const [dragged, setDragged] = useState<Moved>();
  const [bands] = useState(() => new Bands());
  const tiers = useMemo(() => tiersOf(design, uses), [design, uses]);
  const settled = useMemo(
    () => layOut(tiers, room, dragged ?? design.layout),
    [tiers, room, dragged, design.layout],
  );
  const layout = useReflow(settled, tiers);
  const { nodes, edges } = useMemo(() => graphOf(layout, design, uses), [layout, design, uses]);
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
    if (place !== undefined) setDragged({ ...design.layout, [node.id]: place });
  };
  const onNodeDragStop: OnNodeDrag<DiagramNode> = (_, node) => {
    setDragged(undefined);
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
        nodesFocusable={false}
        edgesFocusable={false}
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

/** What of a design is drawn. A fault that is dragged changes none of it, and so nothing is laid out again. */
const DRAWN = [
  'layout',
  'workload',
  'client',
  'app',
  'policy',
  'cache',
  'store',
  'zones',
] as const satisfies readonly (keyof Design)[];

/** Selects the open design, and the same one again until something that is drawn changes. */
function drawnDesign(): (state: DocumentState) => Design {
  let last: Design | undefined;
  return ({ design }) => {
    const before = last;
    if (before === undefined || DRAWN.some((part) => before[part] !== design[part])) last = design;
    return last ?? design;
  };
}
