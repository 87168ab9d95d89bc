/** A part of the panel that says in one line what it is, and beneath it whatever there is to see. */
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import css from './PanelSection.module.css';

export function PanelSection(props: {
  title: string;
  /** What it is for, or how far it is; read out as it changes. Given up first where the line is short. */
  note: string;
  /** Stand at the end of the line. */
  acts: ReactNode;
  className?: string | undefined;
  children: ReactNode;
}) {
  const { title, note, acts, className, children } = props;
  return (
    <section className={cx(css.section, className)} aria-label={title}>
      <div className={css.head}>
        <h2>{title}</h2>
        <span className={css.note} role="status">
          {note}
        </span>
        <span className={css.acts}>{acts}</span>
      </div>
      {children}
    </section>
  );
}
