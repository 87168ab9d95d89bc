/** What every mark of the page means, in words: on the sheet of keys, which is where small screens find it, too. */
import type { ReactNode } from 'react';
import { Mark, MarkShape, STRIPES } from '../marks/Mark.tsx';
import { MARKS, type MarkName } from '../marks/shapes.ts';
import css from './KeySheet.module.css';

const WORDS: readonly { readonly mark: MarkName; readonly words: string }[] = [
  { mark: 'put', words: 'PUT: a write on its way' },
  { mark: 'get', words: 'GET: a read on its way' },
  { mark: 'replication', words: 'a copy on its way to another replica' },
  { mark: 'invalidation', words: 'an invalidation, which points along its way' },
  { mark: 'getAnswer', words: 'hollow: the answer to one of these' },
  { mark: 'givenUp', words: 'dashed: its caller gave up on it, and it is still alive' },
  { mark: 'timeout', words: 'a timeout, where somebody stopped waiting' },
  { mark: 'violation', words: 'a violation: somebody was let down' },
];

export function Marks() {
  return (
    <ul className={css.marks}>
      {WORDS.map(({ mark, words }) => (
        <li key={mark}>
          <Mark name={mark} />
          {words}
        </li>
      ))}
      <Drawn words="striped: a value that is out of date">
        <circle r="5" fill={`url(#${STRIPES.inv})`} className={css.stale} />
      </Drawn>
      <Drawn words="half filled: a value that is not committed yet">
        <MarkShape mark={MARKS.putAnswer} />
        <path d="M-4.5 4.5H4.5V-4.5Z" className={css.dirty} />
      </Drawn>
      <Drawn words="striped in red: a fault, on its node and in time">
        <rect x="-7" y="-4" width="14" height="8" fill={`url(#${STRIPES.bad})`} />
      </Drawn>
    </ul>
  );
}

function Drawn({ words, children }: { words: string; children: ReactNode }) {
  return (
    <li>
      <svg width={14} height={14} viewBox="-8 -8 16 16" aria-hidden="true">
        {children}
      </svg>
      {words}
    </li>
  );
}
