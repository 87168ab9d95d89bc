/** What is known of a value that a key of the document can hold, and what is said of a text that is none. */
import type { Result } from '../base/result.ts';

/** What is wrong with a text, and what was probably meant. */
export interface Trouble {
  readonly message: string;
  readonly nearest?: string;
}

export type LeafKind =
  | 'duration'
  | 'duration-or-off'
  | 'rate'
  | 'integer'
  | 'number'
  | 'share'
  | 'share-or-off'
  | 'bytes'
  | 'dist'
  | 'choice'
  | 'flag'
  | 'text'
  | 'fsync';

/** What is known of a leaf beside its type. `min` and `max` are in the unit of the design (microseconds, bytes, ...). */
export interface Leaf {
  readonly kind: LeafKind;
  /** What may stand there, in words. */
  readonly allowed: string;
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly string[];
  /** From the text that a document, a link or a field holds. */
  readonly read: (text: string) => Result<unknown, Trouble>;
}

/** A leaf whose values are of one type. */
export interface Rule<T> extends Leaf {
  readonly read: (text: string) => Result<T, Trouble>;
}
