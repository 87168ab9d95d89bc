/**
 * A story that is told: picture, policy, the reason in one sentence, remedies and log. It draws what replay made of the
 * facts, and links the three views: what the pointer is on, or else what the cursor has come to, is lit in all of them.
 */
import { useMemo, useState } from 'react';
import { explainAccount } from '../../replay/story/accountWords.ts';
import { logOf } from '../../replay/story/log.ts';
import { taleOf, type Subject, type Tale } from '../../replay/story/tale.ts';
import { explain } from '../../replay/story/causeWords.ts';
import { wordingOf } from '../../replay/story/words.ts';
import type { Story } from '../../state/stories.ts';
import { formatDuration, unbroken } from '../format.ts';
import { useSession, useView } from '../session.tsx';
import { Log } from './Log.tsx';
import { Parts } from './Parts.tsx';
import { PolicyTable } from './PolicyTable.tsx';
import { Remedies } from './Remedies.tsx';
import { SpaceTime, type Lit } from './SpaceTime.tsx';
import { STRIPES } from '../marks/Mark.tsx';
import css from './Story.module.css';

export function Told({ story }: { story: Story }) {
  const { subject, history } = story;
  const { tale, lines, explanation } = useMemo(() => {
    const made = taleOf(history, subject);
    const wording = wordingOf(history, (us) => unbroken(formatDuration(us)));
    return {
      tale: made,
      lines: logOf(made, wording),
      explanation:
        subject.kind === 'violation'
          ? explain(subject.cause, subject.violation, wording)
          : explainAccount(subject.account, wording),
    };
  }, [history, subject]);
  const [pointed, light] = useState<number>();
  // Only which line the cursor has come to is drawn, not every step of the cursor.
  const reached = useView(({ cursor }) => lines.findLastIndex(({ time }) => time <= cursor));
  const lit: Lit = {
    line: pointed ?? (reached < 0 ? undefined : reached),
    reached,
    pointed: pointed !== undefined,
    light,
  };
  const { headline, sentence, remedies } = explanation;
  return (
    <div className={css.told}>
      {/* First to keys and screen readers, wherever it stands: the reason, and what would take it away. */}
      <div className={css.side}>
        <div className={css.reason}>
          <h3 className={css.headline}>{headline}</h3>
          <p className={css.sentence}>{sentence}</p>
          {subject.kind === 'operation' && <Parts account={subject.account} />}
          <Remedies key={keyOf(subject)} story={story} named={remedies} />
          <Cast tale={tale} story={story} />
        </div>
        <div className={css.lines}>
          <Log lines={lines} lit={lit} />
        </div>
      </div>
      <div className={css.picture}>
        <SpaceTime story={story} tale={tale} lines={lines} lit={lit} />
        <Legend tale={tale} />
      </div>
      <div className={css.policy}>
        <PolicyTable story={story} tale={tale} lines={lines} lit={lit} />
      </div>
    </div>
  );
}

function keyOf(subject: Subject): string {
  return subject.kind === 'violation'
    ? `${subject.violation.time} ${subject.violation.operation}`
    : String(subject.account.operation);
}

/** What the ribbons mean, and what is left out. */
function Legend({ tale: { others } }: { tale: Tale }) {
  return (
    <p className={css.legend}>
      {others > 0 && (
        <span>
          {others} more {others === 1 ? 'operation' : 'operations'} on this key meanwhile, not drawn
        </span>
      )}
      <span>
        <i className={css.newest} /> holds the newest committed version
      </span>
      <span>
        <svg width="20" height="6" aria-hidden="true">
          <rect width="20" height="6" fill={`url(#${STRIPES.inv})`} />
        </svg>{' '}
        an older one
      </span>
      <span>
        <i className={css.dirty} /> one that is not committed
      </span>
    </p>
  );
}

/** The other operations of the story, each with a story of its own. */
function Cast({ tale, story }: { tale: Tale; story: Story }) {
  const { view } = useSession();
  const key = story.subject.kind === 'violation' ? story.subject.violation.key : story.subject.account.key;
  const others = tale.operations.flatMap((operation) => {
    const start = story.history.happenings.find(
      (each) => each.type === 'startOperation' && each.operation === operation,
    );
    if (start === undefined || (operation === tale.operation && story.subject.kind === 'operation'))
      return [];
    const name = start.version > 0 ? `PUT v${start.version} of s-${start.extra}` : `GET of s-${start.extra}`;
    return [{ operation, name, at: start.time }];
  });
  if (others.length === 0) return null;
  return (
    <p className={css.cast}>
      On the same key:{' '}
      {others.map(({ operation, name, at }) => (
        <button
          key={operation}
          type="button"
          className="touched"
          onClick={() => view.focusOperation({ operation, key, at })}
        >
          {name}
        </button>
      ))}
    </p>
  );
}
