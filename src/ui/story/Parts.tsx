/** Where an operation's time went: one bar in shares, and the same as words and numbers. */
import type { Account } from '../../replay/story/account.ts';
import { PART_WORDS, partsInOrder } from '../../replay/story/accountWords.ts';
import { formatDuration } from '../format.ts';
import css from './Parts.module.css';

export function Parts({ account }: { account: Account }) {
  const parts = partsInOrder(account);
  return (
    <div className={css.parts}>
      <div className={css.bar} aria-hidden="true">
        {parts.map((part) => (
          <i key={part} className={css[part]} style={{ flexGrow: account.parts[part] }} />
        ))}
      </div>
      <dl>
        {parts.map((part) => (
          <div key={part} title={PART_WORDS[part].help}>
            <dt>
              <i className={css[part]} aria-hidden="true" /> {PART_WORDS[part].label}
            </dt>
            <dd>{formatDuration(account.parts[part])}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
