/**
 * The wheel over the tracks: zooms at the pointer; with Shift, or turned sideways, pans. A pinch on a touchpad is a
 * wheel too. The window follows the cursor when play or a step takes it out of sight.
 */
import { useEffect, type RefObject } from 'react';
import { follow, pan, timeAt, zoomAround } from '../charts/axis.ts';
import { useSession } from '../session.tsx';
import { windowWithin } from './useAxis.ts';

/** Share of the window that a pixel of the wheel adds or takes: a notch, some 100 of them, a fifth. */
const ZOOM_PER_PIXEL = 0.002;
const LINE_PX = 16;

/** Listens on the element that the window is laid over. */
export function useWheel(ref: RefObject<HTMLElement | null>): void {
  const { view, documents } = useSession();
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { duration } = documents.getState().design;
      const { left, width } = element.getBoundingClientRect();
      // Of the store and not of the last drawing: a notch of the wheel is many events, more than one a frame.
      const window = windowWithin(view.getState().zoom, duration);
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
      const [across, down] = [event.deltaX * unit, event.deltaY * unit];
      if (event.shiftKey || Math.abs(across) > Math.abs(down)) {
        const pixels = event.shiftKey && across === 0 ? down : across;
        view.setZoom(pan(window, (pixels / width) * (window.to - window.from), duration));
        return;
      }
      const at = timeAt({ ...window, width }, event.clientX - left);
      view.setZoom(zoomAround(window, at, Math.exp(down * ZOOM_PER_PIXEL), duration));
    };
    // React listens passively, which could not keep the page from scrolling.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [ref, view, documents]);

  useEffect(
    () =>
      view.subscribe((state, last) => {
        if (state.cursor === last.cursor) return;
        // Play turns the page only under eyes that watch it: who has zoomed elsewhere meanwhile stays there.
        const watched = last.cursor >= state.zoom.from && last.cursor <= state.zoom.to;
        if ((state.playing || last.playing) && !watched) return;
        const next = follow(state.zoom, state.cursor, documents.getState().design.duration);
        if (next !== state.zoom) view.setZoom(next);
      }),
    [view, documents],
  );
}
