/** What the palette lists: words to find it by, and what it does. */
import type { Session } from '../../state/session.ts';

export interface Entry {
  readonly group: string;
  readonly words: string;
  /** Shown after the words and searched too: what it means, or what is so now. */
  readonly more?: string;
  /** The keys that do the same. */
  readonly keys?: string;
  /** Text that takes the place of what was typed, for an entry that is not whole yet. */
  readonly goesOn?: string;
  readonly act: (session: Session) => void;
}
