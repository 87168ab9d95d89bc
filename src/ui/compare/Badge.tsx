/** The letter of a design: A filled, B outlined, as its lines are solid and dashed. */
import type { Side } from '../../explore/comparison.ts';
import { cx } from '../kit/cx.ts';
import css from './Badge.module.css';

export function Badge({ letter }: { letter: Side }) {
  return <span className={cx(css.badge, letter === 'b' && css.outlined)}>{letter.toUpperCase()}</span>;
}
