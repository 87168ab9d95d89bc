/** What is wrong with a value, what may stand there, and the nearest valid one as a button that applies it. */
import { capital } from '../../base/words.ts';
import type { Problem } from '../../design/problem.ts';
import { cx } from './cx.ts';
import css from './ProblemText.module.css';

export interface ProblemTextProps {
  readonly problem: Problem;
  readonly id?: string;
  readonly onNearest?: (nearest: string) => void;
}

export function ProblemText({ problem, id, onNearest }: ProblemTextProps) {
  const { message, allowed, nearest } = problem;
  return (
    <span id={id} className={css.problem}>
      <span className={css.what}>{sentence(message)}</span>
      {nearest !== undefined && (
        <>
          {' '}
          Write{' '}
          {onNearest === undefined ? (
            <span className="id">{nearest}</span>
          ) : (
            // The pointer would take the focus from the field, and with it this very text.
            <button
              type="button"
              className={cx(css.nearest, 'id', 'touched')}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onNearest(nearest)}
            >
              {nearest}
            </button>
          )}
          .
        </>
      )}
      {allowed !== '' && <span className={css.allowed}>Allowed: {allowed}.</span>}
    </span>
  );
}

/** Messages are written to follow the value (`is not a duration`); alone they begin with a capital. */
function sentence(message: string): string {
  const bare = message.replace(/^is /, '');
  return `${capital(bare)}.`;
}
