/**
 * The events of a trace, and where they stand: "Trace Event Format",
 * docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU.
 */

/** One event of the format. `ph`: M name, X slice, b and e asynchronous, s and f ends of an arrow, i instant, C counter. */
export interface TraceEvent {
  readonly ph: 'M' | 'X' | 'b' | 'e' | 's' | 'f' | 'i' | 'C';
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  readonly cat?: string;
  readonly id?: string;
  readonly bp?: 'e';
  readonly s?: 't';
  readonly args?: Readonly<Record<string, string | number>>;
}

/** The thread of a node on which messages leave and arrive; its servers are the threads after it. */
export const MESSAGES_TID = 0;
/** Process numbers begin at 1: 0 is the idle process to some readers. */
export function pidOf(node: number): number {
  return node + 1;
}
