/** What of the notes is being written or looked at: whoever shows a flag or a menu says so here, and the notes follow. */
import { createStore } from 'zustand/vanilla';

export interface Writing {
  /** The notes themselves, a remark by its index, or a new one that is to be pinned on a node or an instant. */
  readonly open: 'notes' | number | { readonly on: string } | undefined;
  /** The remark that is pointed out, by its index. */
  readonly shown: number | undefined;
}

export const writing = createStore<Writing>()(() => ({ open: undefined, shown: undefined }));

export function write(open: NonNullable<Writing['open']>): void {
  writing.setState({ open, shown: typeof open === 'number' ? open : undefined });
}

export function stopWriting(): void {
  writing.setState({ open: undefined });
}

export function pointOut(shown: number | undefined): void {
  writing.setState({ shown });
}
