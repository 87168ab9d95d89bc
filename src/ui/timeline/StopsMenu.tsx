/** Where play stops of itself, as a small list of choices; and, once it has, at what. */
import { useEffect, useRef } from 'react';
import { OctagonPause } from 'lucide-react';
import { STOPS } from '../../replay/stops.ts';
import { formatInstant } from '../format.ts';
import { Icon } from '../kit/Icon.tsx';
import { Popover } from '../kit/Popover.tsx';
import { useSession, useStops } from '../session.tsx';
import { STOP_WORDS } from './stopWords.ts';
import css from './StopsMenu.module.css';

export function StopsMenu() {
  const on = useStops((state) => state.on);
  return (
    <Popover
      label="Stop at the first"
      className={css.popover}
      button={{
        square: true,
        'aria-label':
          on.size === 0 ? 'Stop at the first' : `Stop at the first: ${on.size} of ${STOPS.length}`,
        'aria-pressed': on.size > 0,
        title: 'Pause play at the first timeout, stale read or failover that it comes to',
        children: <Icon of={OctagonPause} />,
      }}
    >
      {(close) => <Choices close={close} />}
    </Popover>
  );
}

/** Gone once play is held: what it stopped at is to be seen. */
function Choices({ close }: { close: () => void }) {
  const { stops } = useSession();
  const on = useStops((state) => state.on);
  const held = useStops((state) => state.held);
  const known = useRef(held);
  useEffect(() => {
    if (held !== undefined && held !== known.current) close();
    known.current = held;
  }, [held, close]);
  return (
    <fieldset>
      <legend>Pause play at the</legend>
      {STOPS.map((stop) => (
        <label key={stop} title={STOP_WORDS[stop].help}>
          <input type="checkbox" checked={on.has(stop)} onChange={() => stops.toggle(stop)} />
          {STOP_WORDS[stop].label}
        </label>
      ))}
      <p>From the playhead on; once each, until the playhead is put elsewhere.</p>
    </fieldset>
  );
}

/** Said while play stands where it was held. */
export function HeldNote() {
  const held = useStops((state) => state.held);
  if (held === undefined) return null;
  const { stop, time, place } = held;
  return (
    <span className={css.held} role="status">
      {STOP_WORDS[stop].label}, at {formatInstant(time)}
      {place !== undefined && `: ${place} leads`}
    </span>
  );
}
