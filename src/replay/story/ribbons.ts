/**
 * What each place holds of the key as time goes by, as stretches: the newest committed version, an older one, or one that
 * is not committed. Played forward from what was held as the window opened.
 */
import { LEAVES } from './facts.ts';
import type { Happening, KeyHistory } from './history.ts';

export interface Ribbon {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly version: number;
  readonly freshness: 'newest' | 'older' | 'early';
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
  const truth = new Truth(history);
  const ribbons: Ribbon[] = [];
  const close = (node: number, time: number): void => {
    const was = kept.get(node);
    if (was === undefined) return;
    kept.set(node, { ...was, since: time });
    if (time <= from || time <= was.since) return;
    const { version, since } = was;
    ribbons.push({ node, from: Math.max(since, from), to: time, version, freshness: truth.of(version) });
  };
  for (const happening of history.happenings) {
    const { type, node, version, time } = happening;
    if (time > to) break;
    if (type === 'commit' && truth.changesBy(happening)) {
      for (const each of holding) close(each, time);
      truth.commit(version);
    } else if (!holding.includes(node)) continue;
    else if (type === 'apply' || type === 'expose') {
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

/** Which versions are committed, and which of them is the newest: in the order of their first commits. */
class Truth {
  private newest: number;
  private readonly committed = new Set<number>();

  constructor(private readonly history: KeyHistory) {
    const { nodes, held } = history;
    for (const { id, tier } of nodes) if (tier === 'store') this.committed.add(Math.max(held[id] ?? 0, 0));
    this.newest = Math.max(0, ...this.committed);
  }

  /** A version that comes back was committed before, here or before the window. */
  changesBy({ version }: Happening): boolean {
    if (this.committed.has(version)) return false;
    return version > this.newest || this.isWrittenHere(version);
  }

  commit(version: number): void {
    this.committed.add(version);
    this.newest = version;
  }

  of(version: number): Ribbon['freshness'] {
    if (version === this.newest) return 'newest';
    return this.committed.has(version) || !this.isWrittenHere(version) ? 'older' : 'early';
  }

  private isWrittenHere(version: number): boolean {
    return this.history.happenings.some(
      (each) => each.type === 'startOperation' && each.version === version && version > 0,
    );
  }
}
