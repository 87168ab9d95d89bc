/** A menu under a button: items one can walk with the arrow keys. */
import { Fragment, type KeyboardEvent, type ReactNode } from 'react';
import type { LucideIcon } from 'lucide-react';
import { Icon } from './Icon.tsx';
import { Popover, type PopoverProps } from './Popover.tsx';
import css from './Menu.module.css';

export interface MenuItem {
  readonly key: string;
  readonly label: ReactNode;
  readonly detail?: string;
  readonly icon?: LucideIcon;
  readonly keys?: string;
  /** A hairline above it. */
  readonly apart?: boolean;
  /** Of items that say which of several is in force. */
  readonly checked?: boolean;
  readonly onChoose: () => void;
}

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => (at + 1) % count,
  // From nowhere, which is -1, to the last.
  ArrowUp: (at, count) => (at <= 0 ? count : at) - 1,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key];
  if (step === undefined) return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role^=menuitem]')];
  const at = items.findIndex((item) => item === document.activeElement);
  items[step(at, items.length)]?.focus();
  event.preventDefault();
}

export function MenuItems({ items, close }: { items: readonly MenuItem[]; close: () => void }) {
  return (
    <div onKeyDown={walk} role="presentation">
      {items.map(({ key, label, detail, icon, keys, apart, checked, onChoose }) => (
        <Fragment key={key}>
          {apart && <div className={css.gap} role="separator" />}
          <button
            type="button"
            className={css.item}
            tabIndex={-1}
            {...(checked === undefined
              ? { role: 'menuitem' }
              : { role: 'menuitemradio', 'aria-checked': checked })}
            onClick={() => {
              close();
              onChoose();
            }}
          >
            {icon && <Icon of={icon} />}
            <span className={css.words}>
              {label}
              {detail !== undefined && <small>{detail}</small>}
            </span>
            {keys !== undefined && <span className={css.keys}>{keys}</span>}
          </button>
        </Fragment>
      ))}
    </div>
  );
}

export function Menu(props: Omit<PopoverProps, 'children' | 'role'> & { items: readonly MenuItem[] }) {
  const { items, ...rest } = props;
  return (
    <Popover {...rest} role="menu">
      {(close) => <MenuItems items={items} close={close} />}
    </Popover>
  );
}
