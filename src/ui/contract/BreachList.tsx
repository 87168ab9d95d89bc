/** The violations that broke a line of the contract, in order of time, each a press away from its story. */
import { useMemo } from 'react';
import type { ViolationKind } from '../../design/readings.ts';
import { formatCount, formatDuration } from '../format.ts';
import { useDocument, useRun } from '../session.tsx';
import { clausesOf } from '../timeline/violationWords.ts';
import { breachesOf } from './lines.ts';
import { ViolationRows } from './ViolationRows.tsx';
import css from './BreachList.module.css';

export function BreachList({ kind, close }: { kind: ViolationKind; close: () => void }) {
  const violations = useRun((run) => run.violations);
  const { staleness } = useDocument((state) => state.design.contract);
  const rows = useMemo(() => breachesOf(kind, staleness, violations), [kind, staleness, violations]);
  return (
    <>
      <h2 className={css.head}>
        {clausesOf(new Map([[kind, rows.length]]), formatCount)}
        {kind === 'staleRead' && ` for longer than ${formatDuration(staleness)}`}
      </h2>
      <ViolationRows kind={kind} rows={rows} close={close} />
    </>
  );
}
