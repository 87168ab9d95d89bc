/**
 * A button that opens something floating beneath it, on the browser's own popover: it closes on Escape and on a click
 * elsewhere, and gives the focus back. It places the floating part under the button, inside the window.
 */
import { useId, useLayoutEffect, useRef, useState, type ReactNode, type ToggleEvent } from 'react';
import { Button, type ButtonProps } from './Button.tsx';
import { cx } from './cx.ts';
import css from './Menu.module.css';
import { placeUnder } from './place.ts';

export interface PopoverProps {
  /** What the button looks like. */
  button: Omit<ButtonProps, 'popoverTarget' | 'children'> & { children: ReactNode };
  /** What floats; drawn only while it is open. */
  children: (close: () => void) => ReactNode;
  role?: 'menu' | 'dialog';
  label: string;
  className?: string | undefined;
  onOpen?: () => void;
}

export function Popover({ button, children, role = 'dialog', label, className, onOpen }: PopoverProps) {
  const id = useId();
  const anchor = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  const onToggle = (event: ToggleEvent<HTMLDivElement>) => {
    setOpen(event.newState === 'open');
    if (event.newState === 'open') onOpen?.();
  };
  // What floats is drawn after the toggle; it is placed once its size is known, and anew where that changes.
  useLayoutEffect(() => {
    const [floating, under] = [panel.current, anchor.current];
    if (!open || floating === null || under === null) return;
    const sized = new ResizeObserver(() => placeUnder(floating, under.getBoundingClientRect()));
    sized.observe(floating);
    if (role === 'menu') floating.querySelector<HTMLElement>('[role^=menuitem]')?.focus();
    return () => sized.disconnect();
  }, [open, role]);

  return (
    <>
      <Button ref={anchor} popoverTarget={id} aria-haspopup={role} aria-expanded={open} {...button} />
      <div
        id={id}
        ref={panel}
        popover="auto"
        role={role}
        aria-label={label}
        className={cx(css.popover, className)}
        onToggle={onToggle}
      >
        {open && children(() => document.getElementById(id)?.hidePopover())}
      </div>
    </>
  );
}
