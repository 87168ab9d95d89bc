/** What happened lately, in one sentence to be read out: the gravest first, never more than a breath of it. */
import { VIOLATION, VIOLATION_WIDTH } from '../../design/readings.ts';
import type { Happenings } from '../../replay/happenings.ts';
import { formatCount } from '../format.ts';
import { kindOf, QUIET } from '../timeline/violationMarks.ts';
import { clauseOf } from '../timeline/violationWords.ts';

/** Sentences that stay to be read again. */
export const KEPT = 6;
/** A sentence of the log. The same one may stand there twice, where the cursor went back. */
export interface Line {
  readonly id: number;
  readonly text: string;
}

/** The log with one sentence more, and no more than KEPT. */
export function withLine(lines: readonly Line[], text: string): readonly Line[] {
  const id = (lines.at(-1)?.id ?? 0) + 1;
  return [...lines, { id, text }].slice(-KEPT);
}

/** Clauses in one sentence, at the most; the rest is counted. */
const CLAUSES_LIMIT = 3;

/** `nameOf` names a node by its id; undefined when nothing happened. */
export function logWords(
  { violations: rows, elected, timeouts }: Happenings,
  violations: Int32Array,
  nameOf: (node: number) => string,
): string | undefined {
  const letDown = rows.map((row) => {
    const at = row * VIOLATION_WIDTH;
    const kind = kindOf(violations, row);
    const session = violations[at + VIOLATION.session] ?? -1;
    const whose = session < 0 ? '' : `session ${formatCount(session)}, `;
    const key = formatCount(violations[at + VIOLATION.key] ?? 0);
    return { quiet: QUIET.has(kind), words: `${whose}key ${key}: ${clauseOf(kind)}` };
  });
  const clauses = [
    ...letDown.filter(({ quiet }) => !quiet).map(({ words }) => words),
    ...elected.map((node) => `${nameOf(node)} leads`),
    ...letDown.filter(({ quiet }) => quiet).map(({ words }) => words),
    ...[...timeouts].map(
      ([node, count]) =>
        `${nameOf(node)} stopped waiting${count === 1 ? '' : `, ${formatCount(count)} times`}`,
    ),
  ];
  if (clauses.length === 0) return undefined;
  const rest = clauses.length - CLAUSES_LIMIT;
  const said = clauses.slice(0, CLAUSES_LIMIT).join('; ');
  return rest > 0 ? `${said}; and ${formatCount(rest)} more` : said;
}
