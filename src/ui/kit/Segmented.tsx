/** A small choice, all of it in view: a radio group drawn as one bar. Arrow keys move it, as in any radio group. */
import { useId } from 'react';
import css from './Segmented.module.css';

export interface Choice<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly title?: string;
}

export function Segmented<V extends string>(props: {
  label: string;
  choices: readonly Choice<V>[];
  value: V;
  onChoose: (value: V) => void;
}) {
  const name = useId();
  return (
    <span role="radiogroup" aria-label={props.label} className={css.group}>
      {props.choices.map(({ value, label, title }) => (
        <label key={value} className={css.choice} title={title}>
          <input
            type="radio"
            className={css.radio}
            name={name}
            value={value}
            checked={value === props.value}
            onChange={() => props.onChoose(value)}
          />
          <span className={css.words} data-words={label}>
            {label}
          </span>
        </label>
      ))}
    </span>
  );
}
