/** A dialog over everything else, open for as long as it is drawn. A press beside it closes it, and so does Escape. */
import { useEffect, useId, type ReactNode } from 'react';
import { cx } from './cx.ts';
import css from './Modal.module.css';

export function Modal(props: {
  label: string;
  className?: string | undefined;
  onClose: () => void;
  children: (close: () => void) => ReactNode;
}) {
  const id = useId();
  useEffect(() => {
    dialogOf(id)?.showModal();
  }, [id]);
  return (
    <dialog
      id={id}
      className={cx(css.modal, props.className)}
      aria-label={props.label}
      onClose={props.onClose}
      onClick={(event) => {
        // What is in it covers it: only a press beside it is its own.
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      {props.children(() => dialogOf(id)?.close())}
    </dialog>
  );
}

function dialogOf(id: string): HTMLDialogElement | undefined {
  const element = document.getElementById(id);
  return element instanceof HTMLDialogElement ? element : undefined;
}
