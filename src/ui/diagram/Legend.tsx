/** The row under the drawing: what the marks mean, and how many of those that there are can be seen. */
import { useLayoutEffect, useRef } from 'react';
import { Button } from '../kit/Button.tsx';
import { cx } from '../kit/cx.ts';
import { hintIn } from '../kit/hint.ts';
import { Mark } from '../marks/Mark.tsx';
import { openKeySheet } from '../shell/keySheet.ts';
import { writeText } from '../writeText.ts';
import type { Beat } from './beat.ts';
import { Follow } from './Follow.tsx';
import { LEGEND, noteOf } from './legend.ts';
import type { PacketPainter } from './packetPainter.ts';
import css from './Diagram.module.css';

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
        if (note.current !== null) writeText(note.current, words);
      }),
    [beat, painter],
  );
  return (
    <div className={css.legend}>
      <ul className={css.entries}>
        {LEGEND.map(({ mark, words, more }) => (
          <li key={mark} {...hintIn(words)}>
            <Mark name={mark} />
            <span>
              {words}
              {more !== undefined && <span className={css.more}>{more}</span>}
            </span>
          </li>
        ))}
      </ul>
      {choosing && (
        <Button
          small
          className={cx(css.marks, 'touched')}
          title="What the marks mean (?)"
          onClick={openKeySheet}
        >
          Marks
        </Button>
      )}
      <em ref={note} className={css.note} />
      {choosing && <Follow />}
    </div>
  );
}
