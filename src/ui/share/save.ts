/** Gives the person a file, and says under which name. */
import { say } from '../said.ts';

/** A browser may read what it saves well after it was asked to, milliseconds. */
const READ_WITHIN_MS = 60_000;

export function save(name: string, content: Blob): void {
  const anchor = document.createElement('a');
  const address = URL.createObjectURL(content);
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), READ_WITHIN_MS);
  say(`Saved as ${name}`);
}

export function saveText(name: string, text: string, type: string): void {
  save(name, new Blob([text], { type }));
}
