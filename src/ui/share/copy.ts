/** Puts text on the clipboard, by the modern way or, where that is refused, by the old one. */
import type { Session } from '../../state/session.ts';
import { formatInstant } from '../format.ts';
import { say } from '../said.ts';

async function written(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** The way of pages that are not served securely: select, and let the browser copy what is selected. */
function copiedFromField(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'unseen';
  document.body.append(field);
  field.select();
  // Deprecated, and the only way left where the clipboard is not given to the page.
  // eslint would rather not see it; there is no successor outside of secure contexts.
  const done = document.execCommand('copy');
  field.remove();
  return done;
}

export async function copyText(text: string): Promise<boolean> {
  return (await written(text)) || copiedFromField(text);
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
