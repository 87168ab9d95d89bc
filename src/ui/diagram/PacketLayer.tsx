/**
 * The canvas over the drawing. It follows the drawing's pan and zoom but is not scaled by it, so that marks keep their
 * size; each pulse paints it anew.
 */
import { useStoreApi } from '@xyflow/react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { usePalette } from '../marks/palette.ts';
import { useRun, useSession } from '../session.tsx';
import type { Beat } from './beat.ts';
import { Easel } from './easel.ts';
import type { Size } from './geometry.ts';
import type { PacketPainter } from './packetPainter.ts';
import type { Routes } from './routes.ts';
import css from './Diagram.module.css';

interface PacketLayerProps {
  readonly beat: Beat;
  readonly painter: PacketPainter;
  readonly routes: Routes;
  readonly room: Size;
}

/** Past this many device pixels in one CSS pixel nobody sees the difference. */
const DENSEST = 3;

export function PacketLayer({ beat, painter, routes, room }: PacketLayerProps) {
  const host = useRef<HTMLDivElement>(null);
  const easel = useRef<Easel>(undefined);
  const store = useStoreApi();
  const { view } = useSession();
  const palette = usePalette();
  const density = Math.min(DENSEST, window.devicePixelRatio || 1);
  const rendered = useRun(({ phase }) => phase === 'done');
  const { w, h } = room;

  useLayoutEffect(() => {
    if (host.current === null) return undefined;
    const made = new Easel(host.current, () => {
      beat.request();
    });
    easel.current = made;
    return () => {
      made.close();
    };
  }, [beat]);

  useLayoutEffect(() => {
    easel.current?.look({ palette, density, w, h });
  }, [beat, palette, density, w, h]);

  useLayoutEffect(
    () =>
      beat.add((now) => {
        const [x, y, zoom] = store.getState().transform;
        const brush = easel.current?.brush;
        if (brush === undefined) return;
        painter.paint(brush, now, routes, { x, y, zoom, w, h, density });
        if (now.detail !== undefined) view.stage();
      }),
    [beat, painter, routes, store, view, w, h, density],
  );

  useEffect(() => {
    // While a run is rendered for the first time there is no processor to spare for yet another worker.
    if (rendered) easel.current?.moveAway();
  }, [beat, rendered]);

  return <div ref={host} className={css.packets} aria-hidden="true" />;
}
