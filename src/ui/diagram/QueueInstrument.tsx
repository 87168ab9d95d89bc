/**
 * Who is served and who waits: one cell for each server (a bar above eight of them), and a strip with a tick at the depth
 * where a call times out. Past the tick the strip is striped: lost to its caller, still alive.
 */
import { lostDepth, queueFill } from './queue.ts';
import type { Moment } from './moment.ts';
import type { Slots } from './slots.ts';
import css from './Card.module.css';

const CELLS = 8;

export function QueueInstrument({ servers }: { servers: number }) {
  return (
    <div className={css.queue}>
      <div className={css.servers}>
        {servers <= CELLS ? (
          Array.from({ length: servers }, (_, i) => <i key={i} data-slot={`server-${i}`} />)
        ) : (
          <div className={css.bar} data-slot="servers" />
        )}
      </div>
      <div className={css.strip} data-slot="strip">
        <i className={css.waits} data-slot="waits" />
        <i className={css.lost} data-slot="late" />
        <i className={css.tick} />
      </div>
    </div>
  );
}

/** @param timeout what a call to this node is given, microseconds */
export function paintQueue(slots: Slots, now: Moment, name: string, servers: number, timeout: number): void {
  const busy = now.busy(name);
  if (servers <= CELLS)
    for (let i = 0; i < servers; i++) slots.mark(`server-${i}`, 'on', i < busy ? '' : undefined);
  else slots.share('servers', busy / servers);
  const reading = now.node(name);
  const depth = reading === undefined ? Number.NaN : lostDepth(reading, servers, timeout);
  const { inTime, late } = queueFill(now.queue(name), depth);
  slots.share('waits', inTime);
  slots.share('late', late);
  slots.mark('strip', 'over', late > 0 ? '' : undefined);
}
