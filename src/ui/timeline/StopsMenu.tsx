/** Where play stops of itself, as a small list of choices; and, once it has, at what. */
import { OctagonPause } from 'lucide-react';
import { STOPS, type Stop } from '../../replay/stops.ts';
import { formatInstant } from '../format.ts';
import { Icon } from '../kit/Icon.tsx';
import { Popover } from '../kit/Popover.tsx';
import { useSession, useStops } from '../session.tsx';
import css from './StopsMenu.module.css';

const WORDS: Readonly<Record<Stop, { readonly label: string; readonly help: string }>> = {
  timeout: { label: 'first timeout', help: 'Somebody stops waiting: an app for a cache node, or a client.' },
  staleRead: {
    label: 'first stale read',
    help: 'A read returns what a committed write had replaced before it began.',
  },
  failover: { label: 'first failover', help: 'A shard elects another leader.' },
};

export function StopsMenu() {
  const { stops } = useSession();
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
      {() => (
        <fieldset>
          <legend>Pause play at the</legend>
          {STOPS.map((stop) => (
            <label key={stop} title={WORDS[stop].help}>
              <input type="checkbox" checked={on.has(stop)} onChange={() => stops.toggle(stop)} />
              {WORDS[stop].label}
            </label>
          ))}
          <p>From the cursor on; once each, until the cursor is put elsewhere.</p>
        </fieldset>
      )}
    </Popover>
  );
}

/** Said while play stands where it was held. */
export function HeldNote() {
  const held = useStops((state) => state.held);
  if (held === undefined) return null;
  const { stop, time, place } = held;
  return (
    <span className={css.held} role="status">
      {WORDS[stop].label}, at {formatInstant(time)}
      {place !== undefined && `: ${place} leads`}
    </span>
  );
}
