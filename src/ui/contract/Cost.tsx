/** What the design costs: a line with where the money goes, and every item of the bill on demand. */
import { Fragment, useMemo } from 'react';
import { standingItems, type BillItem } from '../../design/bill.ts';
import { HOURS_A_MONTH } from '../../design/prices.ts';
import type { CostSummary } from '../../engine/summary.ts';
import { formatCount, formatDollars, NOTHING, THIN } from '../format.ts';
import { cx } from '../kit/cx.ts';
import { Popover } from '../kit/Popover.tsx';
import { useDocument, useRun } from '../session.tsx';
import css from './Contract.module.css';

/** Monthly dollars per tier, by the first word of each item's name; the most expensive first, what rounds to nothing left out. */
function costParts(items: readonly BillItem[]): { readonly part: string; readonly monthly: number }[] {
  const parts = new Map<string, number>();
  for (const { item, hourly } of items) {
    const part = partOf(item);
    parts.set(part, (parts.get(part) ?? 0) + hourly * HOURS_A_MONTH);
  }
  return [...parts].map(([part, monthly]) => ({ part, monthly })).filter(({ monthly }) => monthly >= 0.5);
}

function partOf(item: string): string {
  const [word = item] = item.split('.');
  return word === 'db' || word === 'disk' ? 'store' : word;
}

/** Before a first run has told what is moved between zones, what stands there is all that is known to cost anything. */
export function CostLine() {
  const cost = useRun((run) => (run.summary ?? run.previous?.summary)?.cost);
  const ofBefore = useRun((run) => run.summary === undefined && cost !== undefined);
  const design = useDocument((state) => state.design);
  const items = useMemo(() => cost?.items ?? standingItems(design), [cost, design]);
  return (
    <div className={cx(css.cost, ofBefore && css.ofBefore)}>
      Cost
      {ofBefore && <span className="unseen">of the run before: </span>}
      <span className={css.parts}>
        {costParts(items).map(({ part, monthly }, i) => (
          <Fragment key={part}>
            {i > 0 && ', '}
            <span>
              {part} {formatDollars(monthly)}
            </span>
          </Fragment>
        ))}
      </span>
      {cost === undefined ? (
        <span className={css.total} title="Known once the run has told what is moved between zones">
          {NOTHING}
        </span>
      ) : (
        <Popover
          label="What the design costs"
          className={css.bill}
          button={{ className: css.total, children: `${formatDollars(cost.monthly)} / month` }}
        >
          {() => <Bill cost={cost} />}
        </Popover>
      )}
    </div>
  );
}

function Bill({ cost }: { cost: CostSummary }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">item</th>
          <th scope="col">count</th>
          <th scope="col">a month</th>
        </tr>
      </thead>
      <tbody>
        {cost.items.map(({ item, count, hourly }) => (
          <tr key={item}>
            <td className="id">{item}</td>
            <td>
              {formatCount(count)}
              {item === 'transfer' && `${THIN}GB/h`}
            </td>
            <td>{formatDollars(hourly * HOURS_A_MONTH)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
