/**
 * What of the notes is being written or looked at: whoever shows a flag or a menu says so here, and the notes follow. Their
 * field is fetched when it is first needed; whoever opens it by a key types on at once, so that what is typed before it is
 * there is kept for it.
 */
import { createStore } from 'zustand/vanilla';
import { typedOn } from '../typedOn.ts';

export interface Writing {
  /** The notes themselves, a remark by its index, or a new one that is to be pinned on a node or an instant. */
  readonly open: 'notes' | number | { readonly on: string } | undefined;
  /** The remark that is pointed out, by its index. */
  readonly shown: number | undefined;
  /** What was typed for a field that is yet to be there, Enter as a line's end; undefined once it is. */
  readonly ahead: string | undefined;
}

export const writing = createStore<Writing>()(() => ({
  open: undefined,
  shown: undefined,
  ahead: undefined,
}));

export function write(open: NonNullable<Writing['open']>): void {
  writing.setState({ open, shown: typeof open === 'number' ? open : undefined, ahead: '' });
}

export function stopWriting(): void {
  writing.setState({ open: undefined, ahead: undefined });
}

/** Whether keys are for a field that is yet to be there. */
export function awaitsField(): boolean {
  return writing.getState().ahead !== undefined;
}

/** Takes a key that was pressed before the field is there. False: the key is none of its own. */
export function writeAhead(press: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>): boolean {
  const { ahead } = writing.getState();
  if (ahead === undefined) return false;
  const more = press.key === 'Enter' ? `${ahead}\n` : typedOn(ahead, press);
  if (more !== undefined) writing.setState({ ahead: more });
  else if (press.key === 'Escape') stopWriting();
  else return false;
  return true;
}

/** What was typed ahead, handed over: from now on the field hears its own keys. */
export function takeAhead(): string {
  const { ahead = '' } = writing.getState();
  writing.setState({ ahead: undefined });
  return ahead;
}

export function pointOut(shown: number | undefined): void {
  writing.setState({ shown });
}
