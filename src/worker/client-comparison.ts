/**
 * The page's side of a comparison. Each pair of designs has a worker of its own, beside the one that renders the open
 * design: so neither waits for the other, and giving a comparison up ends its worker and frees what it held.
 */
import type { Design } from '../design/design.ts';
import { openLine, type Line, type LineEvents } from './client-line.ts';
import type { ComparisonReply, ComparisonRequest } from './protocol.ts';

export type ComparisonProgress = Extract<ComparisonReply, { type: 'comparison' }>;

export type OpenComparisonLine = (events: LineEvents<ComparisonReply>) => Line<ComparisonRequest>;

export interface ComparisonListener {
  progress(progress: ComparisonProgress): void;
  failed(message: string): void;
}

export interface ComparisonClient {
  /** Compares two designs; the comparison before is given up, and its listener hears nothing more. */
  compare(a: Design, b: Design, seeds: number, listener: ComparisonListener): void;
  /** Goes on to so many seeds in all. */
  more(seeds: number): void;
  /** Keeps what was found; `more` goes on from there. */
  stop(): void;
  /** Ends the worker. */
  dispose(): void;
}

/** Compares nothing yet; `open` is called for each comparison. */
export function createComparisonClient(open: OpenComparisonLine): ComparisonClient {
  let line: Line<ComparisonRequest> | undefined;

  function dispose(): void {
    line?.close();
    line = undefined;
  }

  return {
    compare(a, b, seeds, listener) {
      dispose();
      const opened: Line<ComparisonRequest> = open({
        reply(reply) {
          if (line !== opened) return;
          if (reply.type === 'comparison') listener.progress(reply);
          else listener.failed(reply.message);
        },
        died(reason) {
          if (line !== opened) return;
          dispose();
          listener.failed(`The comparison stopped (${reason}).`);
        },
      });
      line = opened;
      line.send({ type: 'compare', a, b, seeds });
    },
    more(seeds) {
      line?.send({ type: 'more', seeds });
    },
    stop() {
      line?.send({ type: 'stop' });
    },
    dispose,
  };
}

/** A worker for comparisons. */
export function openComparisonWorker(events: LineEvents<ComparisonReply>): Line<ComparisonRequest> {
  return openLine(() => new Worker(new URL('./comparer.ts', import.meta.url), { type: 'module' }), events);
}
