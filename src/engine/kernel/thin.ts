/**
 * Thins checkpoints out. Past a limit the one goes whose neighbours are nearest to each other, the oldest of such first: so
 * every second one goes from the oldest on, their spacing doubles, and every instant of the run stays about as near to a
 * checkpoint as any other. Few runs are so long that it is needed.
 */
import { layerOf, sectionOf, stacked, type Checkpoint } from './archive.ts';
import { room, type Changes } from './changes.ts';

/** Checkpoints of one run, in order, without as many as are one too many by what is allowed. */
export function thinned(
  checkpoints: readonly Checkpoint[],
  areTooMany: (kept: readonly Checkpoint[]) => boolean,
): Checkpoint[] {
  let kept = [...checkpoints];
  while (areTooMany(kept)) kept = without(kept, leastMissed(kept));
  return kept;
}

/** Checkpoints that follow each other without the one at `index`, which is not the last: its layer becomes part of the next one's. */
export function without(checkpoints: readonly Checkpoint[], index: number): Checkpoint[] {
  const [mine, next] = [checkpoints[index]!.layers[index]!, checkpoints[index + 1]!.layers[index + 1]!];
  const both = layerOf(
    next.sections.map((section, i) => sectionOf(section, merged(mine.sections[i]!, section))),
  );
  return checkpoints
    .toSpliced(index, 1)
    .map((checkpoint, i) =>
      i < index ? checkpoint : stacked(checkpoint.time, checkpoint.layers.toSpliced(index, 2, both)),
    );
}

/** Never the first one, which every edit can go back to, nor the last, nor the one whose room the last would take in. */
function leastMissed(kept: readonly Checkpoint[]): number {
  const gapWithout = (i: number): number => (kept[i + 1]?.time ?? 0) - (kept[i - 1]?.time ?? 0);
  let index = 1;
  for (let i = 2; i < kept.length - 2; i++) if (gapWithout(i) < gapWithout(index)) index = i;
  return index;
}

/** Changes that come to the same as two that follow each other. */
function merged(older: Changes, newer: Changes): Changes {
  const { pages, masks, ints } = room(
    older.pages.length + newer.pages.length,
    older.ints.length + newer.ints.length,
  );
  let rows = 0;
  let length = 0;
  for (let a = 0, b = 0, nextOfA = 0, nextOfB = 0; a < older.pages.length || b < newer.pages.length; rows++) {
    const page = Math.min(older.pages[a] ?? Infinity, newer.pages[b] ?? Infinity);
    const old = older.pages[a] === page ? older.masks[a++]! : 0;
    const young = newer.pages[b] === page ? newer.masks[b++]! : 0;
    pages[rows] = page;
    masks[rows] = old | young;
    for (let rest = old | young; rest !== 0; rest &= rest - 1) {
      const bit = rest & -rest;
      if ((old & bit) !== 0) ints[length] = older.ints[nextOfA++]!;
      if ((young & bit) !== 0) ints[length] = newer.ints[nextOfB++]!;
      length++;
    }
  }
  return { pages: pages.slice(0, rows), masks: masks.slice(0, rows), ints: ints.slice(0, length) };
}
