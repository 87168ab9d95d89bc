/** A menu that stands where it was asked for, at a point or beside an element, and gives the focus back. */
import { useCallback, useLayoutEffect, useRef, type ReactNode } from 'react';
import { MenuItems, type MenuItem } from './Menu.tsx';
import css from './Menu.module.css';
import { placeAt } from './place.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a menu was asked for. */
export interface MenuPlace {
  readonly element: Element;
  /** CSS pixels of the window; beside the element where there is none. */
  readonly at: Point | undefined;
}

export interface FloatingMenuProps {
  readonly place: MenuPlace;
  readonly label: string;
  readonly title: ReactNode;
  readonly items: readonly MenuItem[];
  readonly onClose: () => void;
}

export function FloatingMenu({ place, label, title, items, onClose }: FloatingMenuProps) {
  const panel = useRef<HTMLDivElement>(null);
  const { element, at } = place;

  useLayoutEffect(() => {
    const menu = panel.current;
    if (menu === null) return;
    menu.showPopover();
    const box = element.getBoundingClientRect();
    const { x, y } = at ?? { x: box.left + 12, y: box.top + Math.min(box.height, 28) };
    placeAt(menu, x, y);
    menu.querySelector<HTMLElement>('[role^=menuitem]')?.focus();
  }, [element, at]);

  const close = useCallback(() => panel.current?.hidePopover(), []);
  return (
    <div
      ref={panel}
      popover="auto"
      role="menu"
      aria-label={label}
      className={css.popover}
      onToggle={(event) => {
        if (event.newState !== 'closed') return;
        onClose();
        // What was chosen may have taken the focus somewhere else already.
        if (element instanceof HTMLElement && document.activeElement === document.body) element.focus();
      }}
    >
      <p className={css.title} role="presentation">
        {title}
      </p>
      <MenuItems items={items} close={close} />
    </div>
  );
}
