/** The table of differences: a line a measure, with its interval in numbers and as a picture, and which design is better. */
import type { Difference, Verdict } from '../../explore/comparison.ts';
import { NOTHING } from '../format.ts';
import { cx } from '../kit/cx.ts';
import { useComparison } from '../session.tsx';
import { Badge } from './Badge.tsx';
import { IntervalPlot, REACH } from './IntervalPlot.tsx';
import { Seeds } from './Seeds.tsx';
import {
  printDifference,
  printInterval,
  printValue,
  UNIT_WORDS,
  VERDICT_HELP,
  VERDICT_WORDS,
} from './values.ts';
import css from './Differences.module.css';

/** Once all is measured, what differs stands first; while it is not, no line moves under the eye. */
const ORDER: Readonly<Record<Verdict, number>> = { b: 0, a: 1, open: 2, equal: 3 };

export function Differences() {
  const reading = useComparison((state) => state.reading);
  const settled = useComparison((state) => state.share === undefined);
  const rows = reading?.differences ?? [];
  const shown = settled ? rows.toSorted((one, other) => ORDER[one.verdict] - ORDER[other.verdict]) : rows;
  return (
    <section className={css.differences} aria-label="Differences">
      <div className={css.tableHead}>
        <h2>Difference</h2>
        <Seeds />
      </div>
      {shown.length > 0 && (
        <div className={css.scroll} tabIndex={0} role="region" aria-label="Table of differences">
          <table>
            <caption className="unseen">
              Means of both designs, and their difference with a 95 % interval
            </caption>
            <thead>
              <tr>
                <th scope="col">
                  <span className="unseen">Measure</span>
                </th>
                <th scope="col">
                  <Badge letter="a" />
                </th>
                <th scope="col">
                  <Badge letter="b" />
                </th>
                <th scope="col">B − A</th>
                <th
                  scope="col"
                  className={css.interval}
                  title="Where the true difference lies, 19 times of 20."
                >
                  95 % interval
                </th>
                <th scope="col" className={css.picture} title={`As a share of A, up to ±${REACH * 100} %.`}>
                  <span>lower</span>
                  <span>higher</span>
                </th>
                <th scope="col">better</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((row, i) => (
                <Row
                  key={row.key}
                  row={row}
                  apart={settled && shown[i - 1]?.verdict !== row.verdict && i > 0}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Row({ row, apart }: { row: Difference; apart: boolean }) {
  const { label, help, unit, verdict } = row;
  const told = verdict === 'a' || verdict === 'b';
  const interval = printInterval(row);
  return (
    <tr className={cx(!told && css.untold, apart && css.apart)}>
      <th scope="row" title={help}>
        {label} <small>{UNIT_WORDS[unit]}</small>
      </th>
      <td>{printValue(row.a, unit)}</td>
      <td>{printValue(row.b, unit)}</td>
      <td className={css.difference}>
        {printDifference(row.difference, unit)}
        <small>{interval}</small>
      </td>
      <td className={css.interval}>{interval === '' ? NOTHING : interval}</td>
      <td className={css.picture}>
        <IntervalPlot row={row} />
      </td>
      <td title={VERDICT_HELP[verdict]}>
        {told ? <Badge letter={verdict} /> : <span className={css.quiet}>{VERDICT_WORDS[verdict]}</span>}
      </td>
    </tr>
  );
}
