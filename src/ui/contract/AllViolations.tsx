/** All violations of a run by kind, the most serious first: how many of each, and under the kind that is opened, which. */
import { useMemo, useState } from 'react';
import { ChevronRight } from 'lucide-react';
import type { ViolationKind } from '../../design/readings.ts';
import { BY_GRAVITY } from '../../replay/violationKinds.ts';
import { formatCount } from '../format.ts';
import { Icon } from '../kit/Icon.tsx';
import { useRun } from '../session.tsx';
import { indexViolations } from '../timeline/violationMarks.ts';
import { clausesOf } from '../timeline/violationWords.ts';
import { rowsOfKind } from './lines.ts';
import { ViolationRows } from './ViolationRows.tsx';
import css from './BreachList.module.css';

export function AllViolations({ close }: { close: () => void }) {
  const { counts } = indexViolations(useRun((run) => run.violations));
  const [chosen, choose] = useState<ViolationKind>();
  return (
    <>
      <h2 className={css.head}>Violations, by kind</h2>
      {BY_GRAVITY.filter((kind) => counts.has(kind)).map((kind) => (
        <section key={kind}>
          <h3>
            <button
              type="button"
              className={css.kind}
              aria-expanded={kind === chosen}
              onClick={() => choose(kind === chosen ? undefined : kind)}
            >
              <Icon of={ChevronRight} size={14} />
              {clausesOf(counts, formatCount, [kind])}
            </button>
          </h3>
          {kind === chosen && <RowsOfKind kind={kind} close={close} />}
        </section>
      ))}
    </>
  );
}

function RowsOfKind({ kind, close }: { kind: ViolationKind; close: () => void }) {
  const violations = useRun((run) => run.violations);
  const rows = useMemo(() => rowsOfKind(kind, violations), [kind, violations]);
  return <ViolationRows kind={kind} rows={rows} close={close} />;
}
