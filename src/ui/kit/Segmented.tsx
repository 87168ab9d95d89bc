/** A small choice, all of it in view: a radio group drawn as one bar. Arrow keys move it, as in any radio group. */
import { useId } from 'react';
import { Radio } from './Radio.tsx';
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
        <Radio
          key={value}
          group={name}
          value={value}
          label={label}
          title={title}
          className={css.choice}
          checked={value === props.value}
          onChoose={() => props.onChoose(value)}
        />
      ))}
    </span>
  );
}
