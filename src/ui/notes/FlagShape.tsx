/** A pennant on its pole, the foot of which stands at what it is on. */
export function FlagShape() {
  return (
    <svg width="11" height="14" viewBox="0 0 11 14" aria-hidden="true">
      <path d="M1 0h1v14H1z" fill="currentColor" />
      <path d="M2 1h8L7.5 4 10 7H2z" fill="currentColor" />
    </svg>
  );
}
