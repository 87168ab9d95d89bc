/**
 * Steps from one message to the next: instants at which a message leaves, arrives or is given up on. Cursors are real
 * numbers of microseconds; a step always ends on a whole one, and always moves.
 */
import type { DetailReading } from '../engine/readings.ts';
import { indexOf } from './detail.ts';
import { lowerBound, upperBound } from './spans.ts';

/** The first instant after `cursor`, microseconds; undefined when the detail knows of none. */
export function nextInstant(detail: DetailReading, cursor: number): number | undefined {
  const { instants } = indexOf(detail);
  return instants[upperBound(instants, instants.length, cursor)];
}

/** The last instant before `cursor`, microseconds; undefined when the detail knows of none. */
export function previousInstant(detail: DetailReading, cursor: number): number | undefined {
  const { instants } = indexOf(detail);
  return instants[lowerBound(instants, instants.length, cursor) - 1];
}
