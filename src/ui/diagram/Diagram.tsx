/**
 * The design as a picture that moves: tiers of cards, the ways between them, and what travels on them at the cursor. The
 * only room that knows React Flow, which holds nodes and edges and lets one look around; they change when the document
 * does. Everything that changes with the cursor is written past it, once a frame: cards by their slots, bands, and all
 * marks on one canvas. It never computes what a run says, and changes a design by faults and by moves of its cards alone.
 */
import { useDeferredValue, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { shallow } from 'zustand/vanilla/shallow';
import type { Design } from '../../design/design.ts';
import type { DocumentState } from '../../state/documents.ts';
import { LastSize, useSize } from '../charts/useSize.ts';
import { addFault } from '../faultEdits.ts';
import { cx } from '../kit/cx.ts';
import { useDocument, useSession } from '../session.tsx';
import { ActsContext, type DiagramActs } from './acts.ts';
import { Beat, BeatContext } from './beat.ts';
import { FaultMenu, type MenuRequest } from './FaultMenu.tsx';
import { NARROW } from './layout.ts';
import { Legend } from './Legend.tsx';
import { PacketMenu, type PacketRequest } from './PacketMenu.tsx';
import { PacketPainter } from './packetPainter.ts';
import { Digest, exposeProbe } from './probe.ts';
import { Stage } from './Stage.tsx';
import { strikesOn } from './strikes.ts';
import { TableView } from './TableView.tsx';
import { usesIn } from './wiring.ts';
import './diagram.css';
import css from './Diagram.module.css';

interface DiagramProps {
  /** It is there to be looked at: nothing can be pressed, dragged or turned, and all of it fits. */
  readonly readOnly?: boolean;
  /** It is out of sight, and stays as it is until it comes back. */
  readonly asleep?: boolean;
}

const lastSize = new LastSize();

export function Diagram({ readOnly = false, asleep = false }: DiagramProps) {
  const session = useSession();
  const [beat] = useState(() => new Beat(session));
  const [painter] = useState(() => new PacketPainter());
  const [menu, setMenu] = useState<MenuRequest>();
  const [packet, setPacket] = useState<PacketRequest>();
  const [selectDrawn] = useState(drawnDesign);
  const design = useDocument(selectDrawn);
  const root = useRef<HTMLDivElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const { width: w, height: h } = useSize(stage, lastSize);
  const measured = useMemo(() => ({ w, h }), [w, h]);
  // Laid out and drawn for by little, so that the page answers meanwhile: it is most of what comes up at all.
  const room = useDeferredValue(measured);
  const uses = useMemo(() => usesIn(design), [design]);
  const strikes = useMemo(
    () => (readOnly ? {} : strikesOn(painter, session.view, setPacket)),
    [readOnly, painter, session],
  );

  useEffect(() => (asleep ? undefined : beat.start()), [beat, asleep]);
  useProbe(beat, painter, root);

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
            {room.w > 0 && room.h > 0 && (
              <Stage
                design={design}
                uses={uses}
                room={room}
                beat={beat}
                painter={painter}
                readOnly={readOnly}
              />
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

/** Lets tests ask for what is drawn. */
function useProbe(beat: Beat, painter: PacketPainter, root: RefObject<HTMLDivElement | null>): void {
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
    [beat, painter, root],
  );
}

/** What stands in a design and not in its picture. While a fault is dragged, or notes are written, nothing is laid out again. */
const UNDRAWN = { title: undefined, notes: undefined, remarks: undefined, faults: undefined };

/** Selects the open design, and the same one again until something that is drawn changes. */
function drawnDesign(): (state: DocumentState) => Design {
  let last: Design | undefined;
  return ({ design }) => {
    if (last === undefined || !shallow({ ...last, ...UNDRAWN }, { ...design, ...UNDRAWN })) last = design;
    return last;
  };
}
