/** The size of an element in CSS pixels, followed as it changes. */
import { useEffect, useState, type RefObject } from 'react';

export interface Size {
  readonly width: number;
  readonly height: number;
}

const NONE: Size = { width: 0, height: 0 };

/** What is remembered of the size of a part that comes and goes: it is drawn at once when it comes back. */
export class LastSize {
  size = NONE;
}

/**
 * 0 by 0 until the element was laid out: asking for its size before would have the page laid out twice. So nothing that
 * needs room is to be drawn for no size at all.
 * @param last of the same part when it was there before: what it begins with, and what it keeps while it is out of sight
 */
export function useSize(ref: RefObject<HTMLElement | null>, last?: LastSize): Size {
  const [size, setSize] = useState(last?.size ?? NONE);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      const { width, height } = element.getBoundingClientRect();
      if (last !== undefined) {
        if (width === 0) return;
        last.size = { width, height };
      }
      setSize((was) => (was.width === width && was.height === height ? was : { width, height }));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref, last]);
  return size;
}
