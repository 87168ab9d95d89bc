/** The drawing's values as a table, for screen readers: one row a node, kept up to date about once a second. */
import { useLayoutEffect, useRef } from 'react';
import type { Design } from '../../design/design.ts';
import { nodesOf } from '../../design/nodes.ts';
import { formatCount, formatPercent } from '../format.ts';
import type { Beat } from './beat.ts';
import type { Moment } from './moment.ts';
import { Slots } from './slots.ts';

export function TableView({ beat, design }: { beat: Beat; design: Design }) {
  const table = useRef<HTMLTableElement>(null);
  const nodes = nodesOf(design).slice(1);
  useLayoutEffect(() => {
    if (table.current === null) return;
    const slots = new Slots(table.current);
    return beat.addSpeaker((now) => {
      for (const { name } of nodesOf(design)) fill(slots, now, name);
    });
  }, [beat, design]);
  return (
    <div className="unseen">
      <table ref={table}>
        <caption>Nodes at the playhead</caption>
        <thead>
          <tr>
            <th scope="col">node</th>
            <th scope="col">state</th>
            <th scope="col">waiting</th>
            <th scope="col">utilisation</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map(({ name }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td data-slot={`${name} state`} />
              <td data-slot={`${name} waiting`} />
              <td data-slot={`${name} utilisation`} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function fill(slots: Slots, now: Moment, name: string): void {
  const reading = now.node(name);
  const { words, down } = now.condition(name);
  const leads = reading?.leads === 1 ? 'leads' : '';
  slots.text(`${name} state`, [words, leads].filter((part) => part !== '').join(', ') || 'up');
  slots.text(`${name} waiting`, formatCount(down ? Number.NaN : now.queue(name)));
  slots.text(
    `${name} utilisation`,
    formatPercent(down || reading === undefined ? Number.NaN : reading.utilisation),
  );
}
