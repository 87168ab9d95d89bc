/** The table that the engine runs, in words, with the step lit that the cursor or the pointer stands at. */
import { useEffect, useMemo, useRef } from 'react';
import { policyTable } from '../../design/policies/registry.ts';
import { columnsOf, type StepRow } from '../../design/policies/words.ts';
import { standingAt } from '../../replay/story/steps.ts';
import type { LogLine } from '../../replay/story/log.ts';
import type { Tale } from '../../replay/story/tale.ts';
import type { Story } from '../../state/stories.ts';
import { useSize } from '../charts/useSize.ts';
import { cx } from '../kit/cx.ts';
import { Mark } from '../marks/Mark.tsx';
import { prettyWords } from '../pretty.ts';
import { useView } from '../session.tsx';
import { keepInSight } from './keepInSight.ts';
import type { Lit } from './SpaceTime.tsx';
import css from './PolicyTable.module.css';

const MARK_OF = { put: 'put', get: 'get', fill: 'get', invalidate: 'invalidation' } as const;

export function PolicyTable({
  story,
  tale,
  lines,
  lit,
}: {
  story: Story;
  tale: Tale;
  lines: readonly LogLine[];
  lit: Lit;
}) {
  const { design } = story;
  const table = policyTable(design.policy);
  const { subject } = story;
  const columns = useMemo(() => {
    const both = columnsOf(table, design);
    // The story of a read is one of the second column.
    return subject.kind === 'operation' && subject.account.kind === 'get' ? [...both].reverse() : both;
  }, [table, design, subject]);
  // Of the cursor only which steps are lit is drawn, not every step of it.
  const standing = useView(({ cursor }) => {
    const { lit: at, waiting } = standingAt(tale.history, tale.operations, table, cursor);
    return [at ?? '', ...waiting].join(' ');
  });
  const [at, ...waiting] = standing.split(' ');
  const pointed = lit.pointed ? lines[lit.line ?? -1]?.step : undefined;
  const litStep = pointed === undefined ? at : String(pointed);
  const section = useRef<HTMLElement>(null);
  // The picture above comes to its height later, and takes it from here.
  const { height } = useSize(section);
  useEffect(() => {
    const row = section.current?.querySelector('[aria-current]');
    if (row && section.current) keepInSight(row, section.current);
  }, [litStep, height]);
  return (
    <section ref={section} className={css.policy} aria-label="Policy" tabIndex={0}>
      <header className={css.head}>
        <h3>Policy</h3>
        <span className="id">{design.policy}</span>
        <span>the table the engine runs; the lit step is where the playhead stands</span>
      </header>
      <div className={css.columns}>
        {columns.map(({ title, rows }) => (
          <table key={title}>
            <thead>
              <tr>
                <th scope="col" colSpan={3}>
                  {title}
                </th>
                <th scope="col">then</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row
                  key={row.step}
                  row={row}
                  lit={String(row.step) === litStep}
                  waiting={waiting.includes(String(row.step))}
                  onPoint={(on) => lit.light(on ? nearestLine(lines, row.step, lit.reached) : undefined)}
                />
              ))}
            </tbody>
          </table>
        ))}
      </div>
    </section>
  );
}

function Row({
  row: { number, actor, does, then, message },
  lit,
  waiting,
  onPoint,
}: {
  row: StepRow;
  lit: boolean;
  waiting: boolean;
  onPoint: (on: boolean) => void;
}) {
  return (
    <tr
      className={cx(lit && css.lit, waiting && css.waiting)}
      aria-current={lit ? 'step' : undefined}
      onPointerEnter={() => onPoint(true)}
      onPointerLeave={() => onPoint(false)}
    >
      <td className={css.number}>{number}</td>
      <td className={css.actor}>{actor}</td>
      <td>
        {message !== undefined && <Mark name={MARK_OF[message]} size={12} />}
        {prettyWords(does)}
      </td>
      <td className={css.then}>{keptTogether(then)}</td>
    </tr>
  );
}

/** An outcome and the number of the step that follows from it stay on one line. */
function keptTogether(then: string): string {
  return then.replaceAll(/ (?=\d)/g, '\u00a0');
}

/** The line that a step did, nearest to where the cursor is; undefined: the story does not tell of it. */
function nearestLine(lines: readonly LogLine[], step: number, reached: number): number | undefined {
  let nearest: number | undefined;
  lines.forEach((line, i) => {
    if (line.step === step && (nearest === undefined || Math.abs(i - reached) < Math.abs(nearest - reached)))
      nearest = i;
  });
  return nearest;
}
