/** A version of the watched key as someone holds it: newest, stale (striped), dirty (half filled) or a tombstone (round). */
import css from './VersionChip.module.css';

export type Freshness = 'newest' | 'stale' | 'dirty' | 'tombstone';

const MEANING: Readonly<Record<Freshness, string>> = {
  newest: 'newest committed',
  stale: 'older than committed',
  dirty: 'not committed',
  tombstone: 'deleted, refuses older versions',
};

/** `spelled` writes the freshness out beside the number, where there is room for a word. */
export function VersionChip(props: { version: number; freshness: Freshness; spelled?: boolean }) {
  const { version, freshness, spelled = false } = props;
  return (
    <span className={`${css.chip} ${css[freshness]}`} title={MEANING[freshness]}>
      v{version}
      {freshness === 'tombstone' && ' ∅'}
      {spelled && freshness !== 'newest' && freshness !== 'tombstone' ? ` ${freshness}` : null}
      <span className="unseen"> {MEANING[freshness]}</span>
    </span>
  );
}
