/** Violations one by one, each a press away from its story; of more than fit a list, the first. */
import { useMemo } from 'react';
import { VIOLATION_WIDTH, type ViolationKind } from '../../design/readings.ts';
import { violationAt } from '../../replay/story/history.ts';
import { titleOf } from '../../replay/story/words.ts';
import { formatCount, formatDuration, formatInstant } from '../format.ts';
import { useRun, useSession } from '../session.tsx';
import { unkeptOf } from './lines.ts';
import css from './BreachList.module.css';

/** Rows of the list, at the most. */
const ROWS_LIMIT = 40;

interface ViolationRowsProps {
  readonly kind: ViolationKind;
  /** Their numbers among the violations of the run, in order of time. */
  readonly rows: readonly number[];
  readonly close: () => void;
}

export function ViolationRows({ kind, rows, close }: ViolationRowsProps) {
  const { view } = useSession();
  const violations = useRun((run) => run.violations);
  const summary = useRun((run) => run.summary);
  const unkept = useMemo(
    () => (summary === undefined ? 0 : unkeptOf(kind, summary, violations)),
    [kind, summary, violations],
  );
  const shown = rows.slice(0, ROWS_LIMIT).flatMap((row) => {
    const violation = violationAt(violations, row);
    return violation === undefined ? [] : [{ row, violation }];
  });
  return (
    <>
      {rows.length > ROWS_LIMIT && (
        <p className={css.note}>
          The first {ROWS_LIMIT} of {formatCount(rows.length)}, in order of time.
        </p>
      )}
      {unkept > 0 && (
        <p className={css.note}>
          {formatCount(unkept)} of this kind came after the {formatCount(violations.length / VIOLATION_WIDTH)}{' '}
          violations that a run keeps one by one.
        </p>
      )}
      <ul className={css.list}>
        {shown.map(({ row, violation }) => (
          <li key={row}>
            <button
              type="button"
              className={css.row}
              onClick={() => {
                close();
                view.focusViolation(row);
              }}
            >
              <span className={css.time}>{formatInstant(violation.time)}</span>
              <span>{titleOf(violation, { span: formatDuration })}</span>
              <small>key {violation.key}</small>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
