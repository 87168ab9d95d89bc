/** The page's button: quiet by default, outlined, or the one primary. A square one must be named by `aria-label`. */
import type { ButtonHTMLAttributes, Ref } from 'react';
import { cx } from './cx.ts';
import css from './Button.module.css';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: 'plain' | 'line' | 'primary';
  square?: boolean;
  small?: boolean;
  round?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ kind = 'plain', square, small, round, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={cx(
        css.button,
        kind !== 'plain' && css[kind],
        square && css.square,
        small && css.small,
        round && css.round,
        className,
      )}
    />
  );
}
