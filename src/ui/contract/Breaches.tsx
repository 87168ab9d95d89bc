/** The mark of a line that single reads or writes broke: under it the list of them, fetched when it is first opened. */
import type { ViolationKind } from '../../design/readings.ts';
import { fetched } from '../kit/fetched.tsx';
import { Popover } from '../kit/Popover.tsx';
import { Mark } from '../marks/Mark.tsx';
import css from './Contract.module.css';

const List = fetched('The list', async () => (await import('./BreachList.tsx')).BreachList);

export function Breaches({ label, kind }: { label: string; kind: ViolationKind }) {
  return (
    <Popover
      label={`What broke it: ${label}`}
      className={css.breaches}
      button={{
        small: true,
        square: true,
        'aria-label': `broken: list what broke ${label}`,
        title: 'What broke it, one by one',
        children: <Mark name="violation" />,
      }}
    >
      {(close) => <List kind={kind} close={close} />}
    </Popover>
  );
}
