/**
 * The command `excerpt`: what a window of a run comes to, beside the whole run. What it prints is the engine's; nothing is
 * computed here.
 */
import { count, milliseconds, share } from '../base/words.ts';
import type { ExcerptReading, Summary } from '../engine/summary.ts';
import { EXCERPT_LINES, type ExcerptLine } from '../replay/excerpt.ts';
import { columns } from './columns.ts';
import { ending } from './table.ts';

/** The table for a person at a terminal, ended by a line feed. */
export function excerptTable(design: string, excerpt: ExcerptReading, whole: Summary): string {
  const rows = EXCERPT_LINES.map(({ label, unit, read }) => [
    label,
    print(unit, read(excerpt)),
    print(unit, read(whole)),
  ]);
  const window = `${seconds(excerpt.from)} s to ${seconds(excerpt.to)} s`;
  return `${[design, ...ending(whole), '', ...columns([['', window, 'whole run'], ...rows], 'right')].join('\n')}\n`;
}

/** What `--json` prints. */
export function excerptJson(design: string, { from, to, ...readings }: ExcerptReading): object {
  return { design, fromSeconds: from / 1e6, toSeconds: to / 1e6, ...readings };
}

function seconds(us: number): string {
  return String(us / 1e6);
}

function print(unit: ExcerptLine['unit'], value: number): string {
  switch (unit) {
    case 'count':
      return count(value);
    case 'ms':
      return milliseconds(value);
    case 'share':
      return share(value);
  }
}
