/** A number of things on the diagram with a hand on each side: one fewer, one more. At a limit it says so and stays. */
import { useDocument, useSession } from '../session.tsx';
import { canStep, numberOf, COUNTED, stepCount, type CountKey } from '../counts.ts';
import css from './CountHandle.module.css';

interface CountHandleProps {
  readonly count: CountKey;
  /** Whether the number stands between the two, or is to be seen beside them anyway. */
  readonly bare?: boolean;
}

export function CountHandle({ count: key, bare = false }: CountHandleProps) {
  const count = useDocument(({ design }) => numberOf(design, key));
  const { one, most } = COUNTED[key];
  return (
    <span className={css.handle} role="group" aria-label={`${one}s, ${count} of at most ${most}`}>
      <Hand count={key} at={count} by={-1} />
      {!bare && <b>{count === most ? `${count}, the most` : count}</b>}
      <Hand count={key} at={count} by={1} />
    </span>
  );
}

function Hand({ count: key, at, by }: { count: CountKey; at: number; by: 1 | -1 }) {
  const session = useSession();
  const words = `One ${by === 1 ? 'more' : 'fewer'} ${COUNTED[key].one}`;
  return (
    <button
      type="button"
      className="nopan nodrag"
      aria-label={words}
      title={words}
      aria-disabled={!canStep(at, key, by)}
      onClick={() => stepCount(session, key, by)}
    >
      {by === 1 ? '+' : '−'}
    </button>
  );
}
