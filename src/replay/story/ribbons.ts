/**
 * What each place holds of the key as time goes by, as stretches: the newest committed version, an older one, or one that
 * is not committed. Played forward from what was held as the window opened.
 */
import { LEAVES } from './facts.ts';
import { Commits, type Freshness } from '../commits.ts';
import type { KeyHistory } from './history.ts';

export interface Ribbon {
  readonly node: number;
  /** Microseconds. */
  readonly from: number;
  readonly to: number;
  readonly version: number;
  readonly freshness: Freshness;
}

/** The ribbons of these nodes in [from, to], in order of time. */
export function ribbonsOf(
  history: KeyHistory,
  lanes: readonly number[],
  from: number,
  to: number,
): readonly Ribbon[] {
  const { nodes, held } = history;
  const kept = new Map<number, { version: number; since: number }>();
  const holding = lanes.filter((node) => nodes[node]?.tier === 'cache' || nodes[node]?.tier === 'store');
  for (const node of holding) {
    // A replica that was never told of the key answers with its initial value.
    const version = held[node] ?? -1;
    if (version >= 0 || nodes[node]?.tier === 'store')
      kept.set(node, { version: Math.max(version, 0), since: history.from });
  }
  const commits = new Commits(history.committed);
  const ribbons: Ribbon[] = [];
  const close = (node: number, time: number): void => {
    const was = kept.get(node);
    if (was === undefined) return;
    kept.set(node, { ...was, since: time });
    if (time <= from || time <= was.since) return;
    const { version, since } = was;
    ribbons.push({
      node,
      from: Math.max(since, from),
      to: time,
      version,
      freshness: commits.of(version, since),
    });
  };
  for (const happening of history.happenings) {
    const { type, node, version, time } = happening;
    if (time > to) break;
    if (commits.isNews(type, version, time)) for (const each of holding) close(each, time);
    commits.take(type, version, time);
    if (!holding.includes(node)) continue;
    if (type === 'apply' || type === 'expose') {
      close(node, time);
      kept.set(node, { version, since: time });
    } else if (LEAVES.includes(type)) {
      close(node, time);
      kept.delete(node);
    }
  }
  for (const node of holding) close(node, to);
  return ribbons;
}
