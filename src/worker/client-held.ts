/**
 * A line that holds back what is asked until the page has been painted. The engine, and the compilers that it keeps busy,
 * would take the processors from the page while it comes up, and the first picture needs both.
 */
import type { Line, OpenLine } from './client-line.ts';

/** A page that is not painted, in the background say, has its run nevertheless: so long after it was asked for, ms. */
const PATIENCE_MS = 1_000;

/** @param ready settles when what was asked may go out; the line itself is opened at once */
export function heldUntil(ready: Promise<void>, open: OpenLine): OpenLine {
  return (events) => {
    const line = open(events);
    let held: Parameters<Line['send']>[0][] | undefined = [];
    void ready.then(() => {
      for (const request of held ?? []) line.send(request);
      held = undefined;
    });
    return {
      send: (request) => {
        if (held === undefined) line.send(request);
        else held.push(request);
      },
      close: () => {
        held = [];
        line.close();
      },
    };
  };
}

/** Once something of the page has been seen; at once in browsers that do not say when. */
export function firstPaint(): Promise<void> {
  if (!PerformanceObserver.supportedEntryTypes.includes('paint')) return Promise.resolve();
  return new Promise((resolve) => {
    setTimeout(resolve, PATIENCE_MS);
    new PerformanceObserver((list, observer) => {
      if (list.getEntriesByName('first-contentful-paint').length === 0) return;
      observer.disconnect();
      resolve();
    }).observe({ type: 'paint', buffered: true });
  });
}
