/** The operations that are under way at the playhead, each with its story, and whom to follow, one press away: the list for those who point at no packet. */
import { List } from 'lucide-react';
import { underWayAt } from '../../replay/underWay.ts';
import { FollowKey, FollowSession } from '../follow/FollowChip.tsx';
import { formatCount, formatDuration, formatInstant } from '../format.ts';
import { Icon } from '../kit/Icon.tsx';
import { Popover } from '../kit/Popover.tsx';
import { Mark } from '../marks/Mark.tsx';
import { useComparison, useSession, useView } from '../session.tsx';
import css from './UnderWay.module.css';

/** Rows of the list, at the most. */
const ROWS_LIMIT = 40;

export function UnderWay() {
  const { view } = useSession();
  // A comparison shows no operations.
  const comparing = useComparison((state) => state.versus !== undefined);
  if (comparing) return null;
  return (
    <Popover
      label="Operations under way"
      className={css.popover}
      onOpen={() => view.pause()}
      button={{
        square: true,
        'aria-label': 'Operations under way',
        title: 'Operations under way at the playhead (O: the story of the next one)',
        children: <Icon of={List} />,
      }}
    >
      {(close) => <Operations close={close} />}
    </Popover>
  );
}

function Operations({ close }: { close: () => void }) {
  const { view } = useSession();
  const detail = useView((state) => state.detail);
  const pending = useView((state) => state.detailPending);
  const cursor = useView((state) => state.cursor);
  const operations = detail === undefined ? [] : underWayAt(detail, cursor);
  const shown = operations.slice(0, ROWS_LIMIT);
  return (
    <>
      <h2>Under way at {formatInstant(cursor)}</h2>
      <p>
        {pending
          ? 'This moment is being looked up.'
          : [
              operations.length === 0 ? 'None that is known here.' : '',
              detail !== undefined && detail.oneIn > 1
                ? `One in ${formatCount(detail.oneIn)} operations is known at this speed; slower shows all.`
                : '',
              operations.length > ROWS_LIMIT
                ? `The oldest ${ROWS_LIMIT} of ${formatCount(operations.length)}, and how long each has been.`
                : operations.length > 0
                  ? 'The oldest first, and how long each has been.'
                  : '',
            ].join(' ')}
      </p>
      <ul>
        {shown.map((operation) => (
          <li key={operation.operation}>
            <button
              type="button"
              className={css.story}
              onClick={() => {
                close();
                view.focusOperation({ operation: operation.operation, key: operation.key, at: cursor });
              }}
            >
              <Mark name={operation.over ? 'givenUp' : operation.kind} />
              <span>{operation.kind === 'put' ? 'PUT' : 'GET'}</span>
              <small>
                {operation.over ? 'over, still alive' : formatDuration(Math.max(0, cursor - operation.since))}
              </small>
            </button>
            <FollowKey of={operation.key} />
            {operation.session !== undefined && <FollowSession of={operation.session} />}
          </li>
        ))}
      </ul>
    </>
  );
}
