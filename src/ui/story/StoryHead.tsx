/** The head of a story: what it is of, which one of how many, and the ways to others, to the diagram and out. */
import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { titleOfAccount } from '../../replay/story/accountWords.ts';
import { titleOf, wordingOf } from '../../replay/story/words.ts';
import type { StoryState } from '../../state/stories.ts';
import { closeStory, focusNextOperation, turnToDiagram } from '../actions.ts';
import { FollowKey, FollowSession } from '../follow/FollowChip.tsx';
import { formatCount, formatDuration } from '../format.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { Mark } from '../marks/Mark.tsx';
import { focusNextViolation } from '../nextViolation.ts';
import { useRun, useSession, useView } from '../session.tsx';
import { useWidth } from '../shell/useWidth.ts';
import { loudRows } from '../timeline/violationMarks.ts';
import { clauseOf } from '../timeline/violationWords.ts';
import css from './Story.module.css';

type Shown = Exclude<StoryState, { phase: 'none' }>;

export function StoryHead({ state, beside }: { state: Shown; beside: boolean }) {
  const session = useSession();
  const small = useWidth() === 'small';
  const violation = state.sought.kind === 'violation' ? state.sought.violation : undefined;
  const key = state.sought.kind === 'violation' ? state.sought.violation.key : state.sought.focus.key;
  const whose = sessionOf(state);
  const step = violation === undefined ? focusNextOperation : focusNextViolation;
  const [what, letter] = violation === undefined ? ['operation', 'O'] : ['violation', 'V'];
  return (
    <header className={css.head}>
      <Button
        small
        square
        aria-label="Close the story"
        title="Close the story (Esc)"
        onClick={() => closeStory(session)}
      >
        <Icon of={X} size={14} />
      </Button>
      {violation === undefined ? <Mark name={markOf(state)} /> : <Mark name="violation" />}
      <h2>{titleIn(state)}</h2>
      <FollowKey of={key} />
      {whose !== undefined && <FollowSession of={whose} />}
      {violation !== undefined && <span className={css.chip}>{clauseOf(violation.kind)}</span>}
      <div className={css.ways}>
        {violation !== undefined && <Place />}
        <Button
          small
          square
          aria-label={violation === undefined ? 'Operation before' : 'Violation before'}
          title={`The ${what} before (Shift ${letter})`}
          onClick={() => step(session, -1)}
        >
          <Icon of={ChevronLeft} size={14} />
        </Button>
        <Button
          small
          square
          aria-label={violation === undefined ? 'Next operation' : 'Next violation'}
          title={`Next ${what} (${letter})`}
          onClick={() => step(session, 1)}
        >
          <Icon of={ChevronRight} size={14} />
        </Button>
        {!small && (
          <Button
            small
            kind="line"
            title="The diagram beside it, or the story alone (D)"
            onClick={() => turnToDiagram(session)}
          >
            {beside ? 'Show it wide' : 'Show on the diagram'}
          </Button>
        )}
      </div>
    </header>
  );
}

/** Whose operation it is, once that is known. */
function sessionOf(state: Shown): number | undefined {
  if (state.sought.kind === 'violation') {
    const { session } = state.sought.violation;
    return session < 0 ? undefined : session;
  }
  return state.phase === 'told' && state.story.subject.kind === 'operation'
    ? state.story.subject.account.session
    : undefined;
}

function titleIn(state: Shown): string {
  if (state.phase !== 'told')
    return state.sought.kind === 'violation' ? clauseOf(state.sought.violation.kind) : 'An operation';
  const { subject, history } = state.story;
  return subject.kind === 'violation'
    ? titleOf(subject.violation, wordingOf(history, formatDuration))
    : titleOfAccount(subject.account);
}

function markOf(state: Shown): 'put' | 'get' {
  return state.phase === 'told' && state.story.subject.kind === 'operation'
    ? state.story.subject.account.kind
    : 'get';
}

function Place() {
  const violations = useRun((run) => run.violations);
  const focused = useView((view) => view.focusedViolation);
  const rows = loudRows(violations);
  const place = focused === undefined ? -1 : rows.indexOf(focused);
  return (
    <span className={css.place}>
      {place >= 0 && `${formatCount(place + 1)} of ${formatCount(rows.length)}`}
    </span>
  );
}
