/** The mark of the house: a line that goes through a box, and does not break in it. */
export function Logo() {
  return (
    <svg width="22" height="22" viewBox="0 0 22 22" fill="none" strokeWidth="2" aria-hidden="true">
      <path d="M1 11h5.2M15.8 11H21" stroke="currentColor" strokeLinecap="round" />
      <rect x="6.2" y="6.2" width="9.6" height="9.6" rx="2" stroke="currentColor" />
      <path d="M6.2 11h9.6" strokeWidth="2.5" style={{ stroke: 'var(--put)' }} />
    </svg>
  );
}
