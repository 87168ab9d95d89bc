/**
 * Who is served and who waits: one cell for each server (a bar above eight of them), and a strip with a tick at the depth
 * where a call times out. Past the tick the strip is striped: lost to its caller, still alive.
 */
import { cx } from '../kit/cx.ts';
import { CELLS } from './queue.ts';
import frame from './Card.module.css';
import css from './Queue.module.css';

export function QueueInstrument({ servers }: { servers: number }) {
  return (
    <div className={css.queue}>
      <div className={cx(css.servers, frame.cells)}>
        {servers <= CELLS ? (
          Array.from({ length: servers }, (_, i) => <i key={i} data-slot={`server-${i}`} />)
        ) : (
          <div className={cx(frame.bar, css.many)} data-slot="servers" />
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
