/** A policy as a picture of app, cache and store: the way of a PUT solid, the way of a GET or refill dotted. */
import type { Policy } from '../../design/design.ts';

const OVER = 'M5 6.5C10 1 26 1 31 6.5';
const UNDER = 'M5 12c5 5 21 5 26 0';

const WAYS: Readonly<Record<Policy, { put: string; get?: string }>> = {
  'write-through': { put: 'M7 9h8M21 9h8' },
  'write-through-aside': { put: `${OVER}M7 9h8` },
  'look-aside': { put: OVER, get: `M7 9h8${UNDER}` },
  'write-around': { put: OVER, get: 'M7 9h8M21 9h8' },
  'write-behind': { put: 'M7 9h8M21 9h2M26 9h3' },
  'refresh-ahead': { put: 'M7 9h8M21 9h8', get: 'M30 12c-3 4-9 4-11 0' },
  'db-only': { put: OVER, get: UNDER },
};

export function PolicyGlyph({ policy }: { policy: Policy }) {
  const { put, get } = WAYS[policy];
  return (
    <svg width="36" height="18" viewBox="0 0 36 18" fill="none" strokeLinecap="round" aria-hidden="true">
      <path d={put} strokeWidth="1.75" style={{ stroke: 'var(--put)' }} />
      {get !== undefined && (
        <path d={get} strokeWidth="1.25" strokeDasharray="2 2" style={{ stroke: 'var(--get)' }} />
      )}
      <g strokeWidth="1.25" style={{ fill: 'var(--bg-1)', stroke: 'var(--ink-2)' }}>
        <circle cx="4" cy="9" r="2.6" />
        <circle cx="18" cy="9" r="2.6" />
        <circle cx="32" cy="9" r="2.6" />
      </g>
    </svg>
  );
}
