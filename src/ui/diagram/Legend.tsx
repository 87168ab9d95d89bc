/** The row under the drawing: what the marks mean, and how many of those that there are can be seen. */
import { useLayoutEffect, useRef } from 'react';
import { formatCount } from '../format.ts';
import { hintIn } from '../kit/hint.ts';
import { Mark } from '../marks/Mark.tsx';
import type { MarkName } from '../marks/shapes.ts';
import type { Beat } from './beat.ts';
import { Follow } from './Follow.tsx';
import type { PacketPainter } from './packetPainter.ts';
import css from './Diagram.module.css';

const ENTRIES: readonly { readonly mark: MarkName; readonly words: string }[] = [
  { mark: 'put', words: 'PUT' },
  { mark: 'get', words: 'GET' },
  { mark: 'replication', words: 'replication' },
  { mark: 'invalidation', words: 'invalidation' },
  { mark: 'getAnswer', words: 'answer' },
  { mark: 'givenUp', words: 'given up on, still alive' },
  { mark: 'timeout', words: 'timeout' },
];

interface LegendProps {
  readonly beat: Beat;
  readonly painter: PacketPainter;
  /** Whether it can be chosen whom the picture follows. */
  readonly choosing: boolean;
}

export function Legend({ beat, painter, choosing }: LegendProps) {
  const note = useRef<HTMLElement>(null);
  useLayoutEffect(
    () =>
      beat.addFollower(() => {
        const words = noteOf(painter);
        if (note.current !== null && note.current.textContent !== words) note.current.textContent = words;
      }),
    [beat, painter],
  );
  return (
    <div className={css.legend}>
      <ul className={css.entries}>
        {ENTRIES.map(({ mark, words }) => (
          <li key={mark} {...hintIn(words)}>
            <Mark name={mark} />
            {words}
          </li>
        ))}
      </ul>
      <em ref={note} className={css.note} />
      {choosing && <Follow />}
    </div>
  );
}

function noteOf({ oneIn, inFlight }: PacketPainter): string {
  if (oneIn === 0) return '';
  return oneIn === 1
    ? `every hop drawn, ${formatCount(inFlight)} in flight`
    : `1 in ${formatCount(oneIn)} drawn`;
}
