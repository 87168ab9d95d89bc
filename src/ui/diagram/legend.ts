/** What the marks mean, and how many of those that there are can be seen, in words. */
import { formatCount } from '../format.ts';
import type { MarkName } from '../marks/shapes.ts';
import type { PacketPainter } from './packetPainter.ts';

interface Entry {
  readonly mark: MarkName;
  readonly words: string;
  /** What is added where there is room for it. */
  readonly more?: string;
}

export const LEGEND: readonly Entry[] = [
  { mark: 'put', words: 'PUT' },
  { mark: 'get', words: 'GET' },
  { mark: 'replication', words: 'replication' },
  { mark: 'invalidation', words: 'invalidation' },
  { mark: 'getAnswer', words: 'answer' },
  { mark: 'givenUp', words: 'given up on', more: ', still alive' },
  { mark: 'timeout', words: 'timeout' },
];

/** Of the last frame. */
export function noteOf({ oneIn, inFlight }: Pick<PacketPainter, 'oneIn' | 'inFlight'>): string {
  if (oneIn === 0) return '';
  return oneIn === 1 ? `every hop drawn, ${formatCount(inFlight)}` : `1 in ${formatCount(oneIn)} drawn`;
}
