/**
 * The story of the violation or the operation that is looked at: how it is looked for, and then the story itself. One
 * component for every place it stands in: alone on a wide screen, beside the diagram, in the sheet of a small one; its
 * own width decides how it is laid out. It asks for nothing and derives nothing: the story is told by replay.
 */
import { useLayoutEffect, useRef } from 'react';
import { formatDuration } from '../format.ts';
import { cx } from '../kit/cx.ts';
import { useStory, useView } from '../session.tsx';
import { StoryHead } from './StoryHead.tsx';
import { Told } from './Told.tsx';
import css from './Story.module.css';

/** @param alone it has the place of diagram and panel */
export function Story({ alone = false }: { alone?: boolean }) {
  const state = useStory();
  const section = useRef<HTMLElement>(null);
  const violation = useView((view) => view.focusedViolation);
  const operation = useView((view) => view.focusedOperation);
  // Whoever opened it is in it: its ways and its remedies are the next stops of the Tab key.
  useLayoutEffect(() => {
    section.current?.focus({ preventScroll: true });
  }, []);
  // What it stands at the top of may have been scrolled down.
  useLayoutEffect(() => {
    section.current?.parentElement?.scrollTo({ top: 0 });
  }, [violation, operation]);
  if (state.phase === 'none') return null;
  return (
    <section
      ref={section}
      tabIndex={-1}
      className={cx(css.story, alone && css.alone)}
      aria-label={state.sought.kind === 'violation' ? 'Why it happened' : 'What it did'}
    >
      <StoryHead state={state} beside={!alone} />
      {state.phase === 'looking' && (
        <p className={css.sentence} role="status">
          Looking {formatDuration(state.back)} back…
        </p>
      )}
      {state.phase === 'failed' && (
        <p className={css.sentence}>The story cannot be told: {state.why}. Choose it once more.</p>
      )}
      {state.phase === 'told' && <Told story={state.story} />}
    </section>
  );
}
