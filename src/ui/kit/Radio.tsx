/** One of several to choose from: a plain radio under its own words, for whoever draws the group that it belongs to. */
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import css from './Radio.module.css';

export function Radio(props: {
  /** The name that all of a group share. */
  group: string;
  value: string;
  label: string;
  checked: boolean;
  onChoose: () => void;
  title?: string | undefined;
  className?: string | undefined;
  /** Stands before the words. */
  picture?: ReactNode;
}) {
  const { group, value, label, checked, onChoose, title, className, picture } = props;
  return (
    <label className={cx(css.choice, className)} title={title}>
      <input
        type="radio"
        className={css.radio}
        name={group}
        value={value}
        checked={checked}
        onChange={onChoose}
      />
      {picture}
      <span className={css.words} data-words={label}>
        {label}
      </span>
    </label>
  );
}
