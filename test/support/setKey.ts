/** A key of the open design, set by its text as the fields of the page do it, for tests that know no page. */
import { setByKey } from '../../src/design/keys.ts';
import type { Session } from '../../src/state/session.ts';

/** One step of undo. Throws where the text is none that the key may hold. */
export function setKey({ documents }: Session, key: string, text: string): void {
  const changed = setByKey(documents.getState().design, key, text);
  if (!changed.ok) throw new Error(changed.error.message);
  documents.edit(changed.value, { label: key, after: text });
}
