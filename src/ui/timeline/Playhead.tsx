/** The playhead over the tracks: a line through all of them under a flag that says where it stands. */
import { memo, useRef } from 'react';
import type { Axis } from '../charts/axis.ts';
import { useReadCursor } from '../charts/useCursor.ts';
import { writeText } from '../writeText.ts';
import { usePlayhead } from './usePlayhead.ts';
import css from './Playhead.module.css';

export const Playhead = memo(function Playhead({ axis, height }: { axis: Axis; height: number }) {
  const { mover, knob, slider } = usePlayhead(axis);
  const words = useRef<HTMLSpanElement>(null);
  useReadCursor((cursor) => {
    if (words.current) writeText(words.current, (cursor / 1e6).toFixed(3));
  });
  return (
    <div ref={mover} className={css.playhead} style={{ height }}>
      <div ref={knob} className={css.flag} {...slider}>
        <span ref={words} />
      </div>
    </div>
  );
});
