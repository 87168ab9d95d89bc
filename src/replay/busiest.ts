/**
 * Which node limits a run, as far as its series tell: how busy its servers were, and when none of them was idle. It reads
 * and judges nothing: a node may be full and nobody the worse for it.
 */
import { share } from '../base/words.ts';
import { BUCKET_US, NODE, NODE_WIDTH } from '../design/readings.ts';
import type { Design } from '../design/design.ts';
import { nodesOf } from '../design/nodes.ts';
import type { SeriesReading } from '../engine/readings.ts';

export interface Busy {
  readonly name: string;
  /** Share of all server time that was busy, 0 to 1, over what was rendered of the run. */
  readonly utilisation: number;
  /** The longest stretch in which all its servers were busy throughout, microseconds; undefined where there is none to speak of. */
  readonly full: { readonly from: number; readonly to: number } | undefined;
}

/** From here on a bucket counts as one in which all servers were busy throughout: between two services a server rests. */
const FULL = 0.99;
/** Shorter stretches are chance, microseconds. */
const FULL_FOR_US = 500_000;

/**
 * The node that was busiest over the whole run, and behind it the one that was full for longest, if that is another. None
 * where nobody had anything to do.
 */
export function busiestOf(series: SeriesReading, design: Design): readonly Busy[] {
  const all = nodesOf(design).map(({ id, name }) => busyOf(series, design, id, name));
  const [busiest] = all.toSorted((a, b) => b.utilisation - a.utilisation);
  const [fullest] = all.toSorted((a, b) => lengthOf(b) - lengthOf(a));
  if (busiest === undefined || busiest.utilisation === 0) return [];
  return fullest === undefined || lengthOf(fullest) <= lengthOf(busiest) ? [busiest] : [busiest, fullest];
}

/** `cache-1, 18.2 % over the run, 100 % from 10 s to 18.4 s`. */
export function busyWords({ name, utilisation, full }: Busy): string {
  const seconds = (us: number): string => `${us / 1e6} s`;
  const stretch = full === undefined ? '' : `, 100 % from ${seconds(full.from)} to ${seconds(full.to)}`;
  return `${name}, ${share(utilisation)} over the run${stretch}`;
}

function busyOf(
  { buckets, nodeCount, nodes }: SeriesReading,
  { duration }: Design,
  id: number,
  name: string,
): Busy {
  let busy = 0;
  let longest = { from: 0, to: 0 };
  let from = 0;
  for (let bucket = 0; bucket < buckets; bucket++) {
    const share = nodes[(bucket * nodeCount + id) * NODE_WIDTH + NODE.utilisation] ?? 0;
    const [begins, ends] = [bucket * BUCKET_US, Math.min((bucket + 1) * BUCKET_US, duration)];
    busy += share * (ends - begins);
    if (share < FULL) from = ends;
    else if (ends - from > longest.to - longest.from) longest = { from, to: ends };
  }
  const whole = Math.min(buckets * BUCKET_US, duration);
  return {
    name,
    utilisation: whole === 0 ? 0 : busy / whole,
    full: longest.to - longest.from < FULL_FOR_US ? undefined : longest,
  };
}

function lengthOf({ full }: Busy): number {
  return full === undefined ? 0 : full.to - full.from;
}
