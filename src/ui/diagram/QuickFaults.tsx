/** The two faults of a card that need no more than a press, and the way to all others. */
import { cx } from '../kit/cx.ts';
import type { DiagramActs } from './acts.ts';
import type { Form } from './cards.ts';
import css from './QuickFaults.module.css';

interface QuickFaultsProps {
  readonly target: string;
  /** What the menu is of. */
  readonly aim: string;
  readonly form: Form;
  readonly acts: DiagramActs;
  readonly openMenu: (element: Element) => void;
}

export function QuickFaults({ target, aim, form, acts, openMenu }: QuickFaultsProps) {
  return (
    <div className={cx(css.quick, form === 'line' && css.low)} data-quick="">
      <button
        type="button"
        aria-label={`Slow ${target} here and now`}
        onClick={() => acts.strike(target, 'slow')}
      >
        slow
      </button>
      <button
        type="button"
        aria-label={`Crash ${target} here and now`}
        onClick={() => acts.strike(target, 'crash')}
      >
        crash
      </button>
      <button
        type="button"
        className={css.more}
        aria-label={`Everything that can be done to ${aim}`}
        aria-haspopup="menu"
        onClick={(event) => openMenu(event.currentTarget)}
      >
        …
      </button>
    </div>
  );
}
