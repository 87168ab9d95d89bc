/**
 * Listens to the keys of the page, on the window: what is pressed acts by the table of shortcuts. Keys typed into a field
 * or pressed in a menu are left to it.
 */
import type { Session } from '../../state/session.ts';
import { gallerySheet } from '../gallery/sheet.ts';
import { awaitsField, writeAhead } from '../notes/writing.ts';
import { typeAhead } from '../palette/palette.ts';
import { SHORTCUTS, type Shortcut } from './shortcuts.ts';

/** What was pressed, as far as shortcuts care. */
export type Press = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** Whether a key may act while something covers the design. */
export function keepsDesign({ edits }: Shortcut): boolean {
  return edits !== true;
}

export function shortcutFor(press: Press, shortcuts = SHORTCUTS): Shortcut | undefined {
  if (press.altKey) return undefined;
  const key = press.key.toLowerCase();
  return shortcuts.find(
    ({ on, shift = false, ctrl = false }) =>
      on.includes(key) &&
      (shift === 'either' || shift === press.shiftKey) &&
      ctrl === (press.ctrlKey || press.metaKey),
  );
}

/** What takes the text that is typed or pasted there. */
export const TYPES_INTO =
  'input:not([type=radio], [type=checkbox], [type=range]), textarea, select, [contenteditable]';
/** A field that nothing was typed into leaves undo and redo to the page. */
const UNTYPED = 'input[data-typed=false]';
const OWNS_KEYS = 'dialog, [popover], [role=menu]';

/** Chords that mean nothing to a field: from there too they are the page's. */
function isPages(target: Element, { key, ctrlKey, metaKey }: Omit<Press, 'altKey'>): boolean {
  if (!ctrlKey && !metaKey) return false;
  return key.toLowerCase() === 'z'
    ? target.matches(UNTYPED)
    : key.toLowerCase() === 'k' && target.closest(OWNS_KEYS) === null;
}

/** Whether the key belongs to what has the focus or floats: text to a field, Space to a button, Escape and more to a menu. */
function belongsTo(target: Element, press: Omit<Press, 'altKey'>): boolean {
  if (isPages(target, press)) return false;
  const { key } = press;
  if (target.matches(TYPES_INTO) || target.closest(OWNS_KEYS) !== null) return true;
  if (key === 'Escape' && document.querySelector(':popover-open, dialog[open]') !== null) return true;
  if (key === ' ' && !awaitsField())
    return target.matches('button, a, summary, [role=button], input, [role=slider]');
  return false;
}

/** Listens until the returned function is called. */
export function listenForKeys(session: Session, shortcuts: readonly Shortcut[]): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || (event.target instanceof Element && belongsTo(event.target, event))) return;
    if (typeAhead(event) || writeAhead(event)) {
      event.preventDefault();
      return;
    }
    const shortcut = shortcutFor(
      event,
      gallerySheet.getState().open ? shortcuts.filter(keepsDesign) : shortcuts,
    );
    if (shortcut === undefined) return;
    event.preventDefault();
    shortcut.act(session, event.key);
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}
