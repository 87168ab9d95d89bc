/**
 * What happens at the cursor, for those who do not see it: a log that is read out as the cursor steps, or plays slowly
 * enough to be followed. A sentence every few seconds at the most, so that nothing is ever a flood; at full speed, and
 * where the cursor was put elsewhere, it is silent.
 */
import { useEffect, useRef, useState } from 'react';
import { nodesOf } from '../../design/nodes.ts';
import { happeningsBetween } from '../../replay/happenings.ts';
import { formatInstant } from '../format.ts';
import { useSession } from '../session.tsx';
import { logWords, withLine, type Line } from './logWords.ts';

/** Between two sentences, milliseconds of wall time. */
const EVERY_MS = 2_500;
/** A cursor that moves further than this at once was put there, microseconds. */
const JUMP_US = 150_000;

export function LiveLog() {
  const { view, run } = useSession();
  const [lines, setLines] = useState<readonly Line[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    /** Everything up to here has been told, or passed over. */
    let toldTo = view.getState().cursor;
    const tell = (): void => {
      timer.current = undefined;
      const { cursor, detail } = view.getState();
      const { violations, design } = run.getState();
      const after = toldTo;
      toldTo = cursor;
      if (detail === undefined || design === undefined || cursor <= after) return;
      const nodes = nodesOf(design);
      const words = logWords(
        happeningsBetween(detail, violations, after, cursor),
        violations,
        (node) => nodes[node]?.name ?? 'a client',
      );
      if (words !== undefined) setLines((before) => withLine(before, `${formatInstant(cursor)}: ${words}.`));
    };
    const stop = view.subscribe((state, before) => {
      if (state.cursor === before.cursor) return;
      const isPut = Math.abs(state.cursor - before.cursor) > JUMP_US || state.cursor < before.cursor;
      if (isPut || (state.playing && state.speed === '1')) toldTo = state.cursor;
      else timer.current ??= setTimeout(tell, EVERY_MS);
    });
    return () => {
      stop();
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, [view, run]);
  return (
    <div className="unseen" role="log" aria-live="polite" aria-label="What happens at the playhead">
      {lines.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  );
}
