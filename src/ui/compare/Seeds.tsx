/** With how many seeds, how far that is, and the way to stop it, to go on, or to take more of them. */
import { DEFAULT_SEEDS } from '../../design/comparing.ts';
import { LIMITS } from '../../design/limits.ts';
import { formatPercent } from '../format.ts';
import { Button } from '../kit/Button.tsx';
import { useComparison, useSession } from '../session.tsx';
import css from './Differences.module.css';

export function Seeds() {
  const { comparison } = useSession();
  const share = useComparison((state) => state.share);
  const asked = useComparison((state) => state.seeds);
  const done = useComparison((state) => state.reading?.seeds.length ?? 0);
  const error = useComparison((state) => state.error);
  const complete = done >= asked;
  const words =
    done === 1
      ? '1 pair of runs, too few for an interval'
      : `${done} pairs of runs, 95 % intervals of the difference`;
  if (share !== undefined)
    return (
      <>
        <span className={css.note}>
          {done} of {asked} paired seeds
        </span>
        <progress className={css.progress} value={share} aria-label="Seeds compared">
          {formatPercent(share)}
        </progress>
        <Button small kind="line" onClick={() => comparison.stop()}>
          Stop
        </Button>
      </>
    );
  return (
    <>
      <span
        className={css.note}
        title="Each seed is run with both designs; an interval misses the truth once in 20 times."
      >
        {error ?? words}
      </span>
      {complete && asked >= LIMITS.seeds ? (
        <span className={css.note}>
          {asked} of {LIMITS.seeds} seeds
        </span>
      ) : (
        <Button small kind="line" onClick={() => comparison.more()}>
          {error !== undefined ? 'Try again' : complete ? `${DEFAULT_SEEDS} more seeds` : 'Go on'}
        </Button>
      )}
    </>
  );
}
