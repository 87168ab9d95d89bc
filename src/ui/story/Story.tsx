/**
 * Why: the violation that is looked at, its cause in one sentence, what would take it away, and what happened in
 * numbered lines that lead the cursor. It asks for nothing and derives nothing: the story is told by replay.
 */
import { useLayoutEffect, useRef } from 'react';
import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { applicable, type Remedy } from '../../design/remedies.ts';
import { cast, logOf, type LogLine } from '../../replay/story/log.ts';
import { explain, titleOf, wordingOf } from '../../replay/story/words.ts';
import type { Story as ToldStory } from '../../state/stories.ts';
import { focusNextViolation } from '../actions.ts';
import { applyField } from '../fieldEdits.ts';
import { formatCount, formatDuration, formatMs } from '../format.ts';
import { Button } from '../kit/Button.tsx';
import { cx } from '../kit/cx.ts';
import { Icon } from '../kit/Icon.tsx';
import { Mark } from '../marks/Mark.tsx';
import { useDocument, useRun, useSession, useStory, useView } from '../session.tsx';
import { loudRows } from '../timeline/violationMarks.ts';
import { clauseOf } from '../timeline/violationWords.ts';
import { SpaceTime } from './SpaceTime.tsx';
import css from './Story.module.css';

/** Nothing while no violation is looked at. */
export function Story() {
  const state = useStory();
  const section = useRef<HTMLElement>(null);
  const violation = useView((view) => view.focusedViolation);
  // What it stands at the top of may have been scrolled down.
  useLayoutEffect(() => {
    const panel = section.current?.parentElement;
    if (panel) panel.scrollTop = 0;
  }, [violation]);
  if (state.phase === 'none') return null;
  return (
    <section ref={section} className={css.story} aria-label="Why it happened">
      <Head />
      {state.phase !== 'told' && <p className={css.title}>{clauseOf(state.violation.kind)}</p>}
      {state.phase === 'looking' && (
        <p className={css.sentence} role="status">
          Looking {formatDuration(state.back)} back…
        </p>
      )}
      {state.phase === 'failed' && (
        <p className={css.sentence}>The story cannot be told: {state.why}. Choose the violation once more.</p>
      )}
      {state.phase === 'told' && <Told story={state.story} />}
    </section>
  );
}

function Head() {
  const session = useSession();
  const violations = useRun((run) => run.violations);
  const focused = useView((view) => view.focusedViolation);
  const rows = loudRows(violations);
  const place = focused === undefined ? -1 : rows.indexOf(focused);
  return (
    <div className={css.head}>
      <Mark name="violation" />
      <h2>Why</h2>
      <span className={css.place}>
        {place >= 0 && `${formatCount(place + 1)} of ${formatCount(rows.length)}`}
      </span>
      <Button
        small
        square
        aria-label="Violation before"
        title="Violation before (Shift V)"
        onClick={() => focusNextViolation(session, -1)}
      >
        <Icon of={ChevronLeft} size={14} />
      </Button>
      <Button
        small
        square
        aria-label="Next violation"
        title="Next violation (V)"
        onClick={() => focusNextViolation(session, 1)}
      >
        <Icon of={ChevronRight} size={14} />
      </Button>
      <Button
        small
        square
        aria-label="Close the story"
        title="Close the story (Esc)"
        onClick={() => session.view.focusViolation(undefined)}
      >
        <Icon of={X} size={14} />
      </Button>
    </div>
  );
}

function Told({ story }: { story: ToldStory }) {
  const { violation, cause, history } = story;
  const wording = wordingOf(history, formatDuration);
  const { headline, sentence, remedies } = explain(cause, violation, wording);
  const operations = cast(history, violation, cause);
  const log = logOf(history, violation, operations, wording);
  return (
    <>
      <p className={css.title}>{titleOf(violation, wording)}</p>
      <h3 className={css.headline}>{headline}</h3>
      <p className={css.sentence}>{sentence}</p>
      <Remedies remedies={applicable(story.design, remedies)} />
      <SpaceTime story={story} operations={operations} />
      <Log lines={log} />
    </>
  );
}

/** Each one an edit like any other: rendered at once, and undone with one step. */
function Remedies({ remedies }: { remedies: readonly Remedy[] }) {
  const session = useSession();
  const design = useDocument((state) => state.design);
  if (remedies.length === 0) return null;
  return (
    <ul className={css.remedies} aria-label="What would take it away">
      {remedies.map((remedy) => (
        <li key={remedy.label}>
          <Button kind="line" small onClick={() => applyField(session, remedy.key, remedy.text(design))}>
            {remedy.label}
          </Button>
          <span>{remedy.changes}</span>
        </li>
      ))}
    </ul>
  );
}

function Log({ lines }: { lines: readonly LogLine[] }) {
  const { view } = useSession();
  const first = lines[0]?.time ?? 0;
  // Only which line the cursor has come to is drawn, not every step of the cursor.
  const reached = useView(({ cursor }) => lines.findLastIndex(({ time }) => time <= cursor));
  return (
    <>
      <h3 className={css.what}>
        What happened <span>ms</span>
      </h3>
      <ol className={css.log}>
        {lines.map(({ time, words, harm, node, operation }, i) => (
          <li key={`${time} ${operation} ${node} ${words}`}>
            <button
              type="button"
              className={cx(harm && css.harm)}
              aria-current={i === reached ? 'step' : undefined}
              onClick={() => {
                view.pause();
                view.seek(time);
              }}
            >
              <span className={css.number}>{i + 1}</span>
              <span>{words}</span>
              <span className={css.time}>{formatMs((time - first) / 1000)}</span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
