/** Puts text on the clipboard. Where the browser gives the page none, it says so: the text is always shown as well. */
import type { Session } from '../../state/session.ts';
import { formatInstant } from '../format.ts';
import { say } from '../said.ts';

/** Whether it was copied. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Refused, or the page is not served securely.
    return false;
  }
}

/** Copies the link to what is shown, the moment included, and says so. */
export async function copyLink(session: Session): Promise<void> {
  const done = await copyText(session.link());
  const moment = formatInstant(session.view.getState().cursor);
  say(
    done
      ? `Link copied. It opens at ${moment}.`
      : 'The clipboard is not available here. Share shows the link.',
  );
}
