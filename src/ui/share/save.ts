/** Gives the person a file, and says under which name. */
import { say } from '../said.ts';

export function save(name: string, content: Blob): void {
  const anchor = document.createElement('a');
  anchor.href = URL.createObjectURL(content);
  anchor.download = name;
  anchor.click();
  URL.revokeObjectURL(anchor.href);
  say(`Saved as ${name}`);
}

export function saveText(name: string, text: string, type: string): void {
  save(name, new Blob([text], { type }));
}
