/** Whom the picture follows: one key, whose version every node shows, and a session, whose messages are all drawn and named. */
import { Eye } from 'lucide-react';
import type { Problem } from '../../design/problem.ts';
import { goToNextFollowed } from '../actions.ts';
import { keyFrom, sessionFrom } from '../following.ts';
import { formatCount } from '../format.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { Popover } from '../kit/Popover.tsx';
import { ValueField } from '../kit/ValueField.tsx';
import { useSession, useView } from '../session.tsx';
import css from './Follow.module.css';

const NOBODY = 'nobody';

export function Follow() {
  const key = useView((state) => state.watchedKey);
  const session = useView((state) => state.followedSession);
  const named = `key ${formatCount(key)}`;
  return (
    <Popover
      label="Whom the picture follows"
      className={css.popover}
      button={{
        small: true,
        'aria-label': `Follows ${named}${session === undefined ? '' : ` and session ${formatCount(session)}`}`,
        className: css.button,
        children: (
          <>
            <Icon of={Eye} size={14} />
            <span className={css.whom}>
              {named}
              {session !== undefined && `, s-${session}`}
            </span>
          </>
        ),
      }}
    >
      {() => <Fields />}
    </Popover>
  );
}

function Fields() {
  const here = useSession();
  const { view, documents } = here;
  const key = useView((state) => state.watchedKey);
  const session = useView((state) => state.followedSession);
  const { workload } = documents.getState().design;
  const watch = (text: string): Problem | undefined => {
    const read = keyFrom(documents.getState().design, text);
    if (!read.ok) return read.error;
    view.watch(read.value);
    return undefined;
  };
  const follow = (text: string): Problem | undefined => {
    if (text === '' || text === NOBODY) {
      view.follow(undefined);
      return undefined;
    }
    const read = sessionFrom(documents.getState().design, text);
    if (!read.ok) return read.error;
    view.follow(read.value);
    return undefined;
  };
  return (
    <div className={css.fields}>
      <span>key</span>
      <ValueField label="key that is followed" text={String(key)} onCommit={watch} className={css.field} />
      <small>
        By popularity, from 0, up to {formatCount(workload.keys - 1)}. Every node shows its version.
      </small>
      <span>session</span>
      <ValueField
        label="session that is followed"
        text={session === undefined ? NOBODY : String(session)}
        onCommit={follow}
        className={css.field}
      />
      <small>
        From 0 up to {formatCount(workload.sessions - 1)}, or {NOBODY}. Its messages are all drawn, and named.
      </small>
      <Button
        small
        kind="line"
        className={css.next}
        title="Where it begins (N)"
        onClick={() => void goToNextFollowed(here)}
      >
        Next operation
      </Button>
    </div>
  );
}
