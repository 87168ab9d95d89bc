/** A button under which all violations of the run are listed by kind, fetched when it is first opened. */
import type { ReactNode } from 'react';
import { fetched } from '../kit/fetched.tsx';
import { Popover } from '../kit/Popover.tsx';
import css from './Contract.module.css';

const List = fetched('The list', async () => (await import('./AllViolations.tsx')).AllViolations);

export function ByKind({ className, children }: { className?: string | undefined; children: ReactNode }) {
  return (
    <Popover
      label="Violations, by kind"
      className={css.breaches}
      button={{ small: true, className, title: 'All violations, by kind', children }}
    >
      {(close) => <List close={close} />}
    </Popover>
  );
}
