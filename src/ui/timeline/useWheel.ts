/**
 * The wheel over the tracks: zooms at the pointer; with Shift, or turned sideways, pans. A pinch on a touchpad is a
 * wheel too. The window follows the cursor when play or a step takes it out of sight.
 */
import { useEffect, type RefObject } from 'react';
import { follow, pan, timeAt, zoomAround, type Axis } from '../charts/axis.ts';
import { useSession } from '../session.tsx';

/** Share of the window that a notch (100 pixels) adds or takes. */
const ZOOM_PER_PIXEL = 0.002;
const LINE_PX = 16;

/** Listens on the element whose left edge is the axis's pixel 0. */
export function useWheel(ref: RefObject<HTMLElement | null>, axis: Axis): void {
  const { view, documents } = useSession();
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { duration } = documents.getState().design;
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
      const [across, down] = [event.deltaX * unit, event.deltaY * unit];
      if (event.shiftKey || Math.abs(across) > Math.abs(down)) {
        const pixels = event.shiftKey && across === 0 ? down : across;
        view.setZoom(pan(axis, (pixels / axis.width) * (axis.to - axis.from), duration));
        return;
      }
      const at = timeAt(axis, event.clientX - element.getBoundingClientRect().left);
      view.setZoom(zoomAround(axis, at, Math.exp(down * ZOOM_PER_PIXEL), duration));
    };
    // React listens passively, which could not keep the page from scrolling.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [ref, axis, view, documents]);

  useEffect(
    () =>
      view.subscribe((state, last) => {
        if (state.cursor === last.cursor) return;
        const next = follow(state.zoom, state.cursor, documents.getState().design.duration);
        if (next !== state.zoom) view.setZoom(next);
      }),
    [view, documents],
  );
}
