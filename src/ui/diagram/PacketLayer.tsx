/**
 * The canvas over the drawing. It follows the drawing's pan and zoom but is not scaled by it, so that marks keep their
 * size; each pulse paints it anew.
 */
import { useStoreApi } from '@xyflow/react';
import { useLayoutEffect, useMemo, useRef } from 'react';
import { usePalette } from '../marks/palette.ts';
import { drawAtlas } from './atlas.ts';
import type { Beat } from './beat.ts';
import type { Size } from './geometry.ts';
import { brushOn } from './packetBrush.ts';
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
  const canvas = useRef<HTMLCanvasElement>(null);
  const store = useStoreApi();
  const palette = usePalette();
  const density = Math.min(DENSEST, window.devicePixelRatio || 1);
  const atlas = useMemo(() => drawAtlas(palette, density), [palette, density]);

  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const brush = brushOn(context, atlas);
    return beat.add((now) => {
      const [x, y, zoom] = store.getState().transform;
      painter.paint(brush, now, routes, palette, { x, y, zoom, w: room.w, h: room.h, density });
    });
  }, [beat, painter, routes, atlas, palette, store, room, density]);

  return (
    <canvas
      ref={canvas}
      className={css.packets}
      width={Math.round(room.w * density)}
      height={Math.round(room.h * density)}
      aria-hidden="true"
    />
  );
}
