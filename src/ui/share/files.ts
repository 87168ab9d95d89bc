/**
 * Designs from outside: a file that was chosen or dropped, a text that was pasted, a link. And the other way: the open
 * design as a file. What cannot be read is said where notices stand, and leaves open what was open.
 */
import { messageOf } from '../../base/thrown.ts';
import type { Design } from '../../design/design.ts';
import { parseJsonDocument, writeDocument } from '../../design/document.ts';
import { LIMITS } from '../../design/limits.ts';
import { linkMeantBy } from '../../design/linkAddress.ts';
import { isUnreadable, readLink } from '../../design/links.ts';
import { wordsOfMissing } from '../../state/missing.ts';
import type { Session } from '../../state/session.ts';
import { formatCount } from '../format.ts';
import { say } from '../said.ts';
import { saveText } from './save.ts';

const LINK = /#\/[^\s]+$/;

/** The link that a text is, or ends in: one without a # is none, and is told so where it is read. */
function linkIn(text: string): string | undefined {
  const line = text.trim();
  return LINK.exec(line)?.[0] ?? (linkMeantBy(line) === undefined ? undefined : line);
}

/** Whether a pasted text can be meant as a design at all; anything else is none of the page's business. */
export function looksLikeDesign(text: string): boolean {
  const start = text.trimStart();
  return start.startsWith('{') || linkIn(text) !== undefined;
}

/** Opens a design from JSON or from a link. `from` says where it came from. */
export function openText(session: Session, text: string, from: string): void {
  const { documents, run } = session;
  const link = text.trimStart().startsWith('{') ? undefined : linkIn(text);
  const { design, problems } = link === undefined ? parseJsonDocument(text) : readLink(link);
  const unreadable =
    link === undefined ? problems.some(({ key }) => key === 'document') : isUnreadable({ design, problems });
  if (unreadable) documents.refuse(problems);
  else {
    documents.open(design, problems, from);
    const missing = wordsOfMissing(design);
    if (missing !== undefined) run.notify(missing);
  }
}

export async function openFile(session: Session, file: File): Promise<void> {
  if (file.size > LIMITS.documentText) {
    say(`${file.name} is larger than any design: ${formatCount(LIMITS.documentText)} bytes at most.`);
    return;
  }
  try {
    openText(session, await file.text(), file.name);
  } catch (error) {
    // A folder that was dropped, or a file that is gone by now.
    say(`${file.name} cannot be read: ${messageOf(error)}`);
  }
}

/** Saves the open design as JSON, under its title. */
export function saveFile({ documents }: Session): void {
  const { design } = documents.getState();
  const json = JSON.stringify(writeDocument(design), undefined, 2);
  saveText(`${nameOf(design)}.json`, `${json}\n`, 'application/json');
}

/** What files of this design are called, without their endings. */
export function nameOf({ title, policy }: Design): string {
  return fileName(title === '' ? policy : title);
}

/** A title as a file's name: letters, digits and hyphens, in every language. */
export function fileName(title: string): string {
  const words =
    title
      .toLowerCase()
      .normalize('NFC')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join('-').slice(0, 80) || 'design';
}
