/**
 * What outlives a reload, as texts in the browser's storage: a design, as its link, and the theme. Storage may be absent,
 * full or hold what nobody can read: each is said in a sentence and survived.
 */
import { err, ok, type Result } from '../base/result.ts';
import { messageOf } from '../base/thrown.ts';
import type { Theme } from './view.ts';

/** What is used of `localStorage`: any of it may throw. */
export type KeyValue = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export interface Work {
  /** The fragment of the design's link. */
  readonly fragment: string;
  readonly name: string | undefined;
  /** What was open before it, oldest first, each with the words of the change that left it; `own`: of this document, too. */
  readonly past: readonly { readonly fragment: string; readonly label: string; readonly own: boolean }[];
}

/** Steps of undo that outlive a reload, of each document: opening a link loses nobody's work, however the page was closed. */
export const KEPT_STEPS = 20;

/** Where there was one document for all tabs, it stood here. */
export const WORK_KEY = 'throughline.work.1';
/** Where what could not be read is moved, so that it is not lost to the next write. */
export const SET_ASIDE_KEY = 'throughline.work.unreadable';
const THEME_KEY = 'throughline.theme';

const THEMES: readonly Theme[] = ['dark', 'light', 'system'];

/** The one document of earlier times; undefined when there is none. */
export function loadWork(storage: KeyValue | undefined): Result<Work | undefined> {
  let text: string | null;
  try {
    text = storage?.getItem(WORK_KEY) ?? null;
  } catch (error) {
    return err(`This browser does not give back the work of the last visit (${reasonOf(error)}).`);
  }
  if (text === null) return ok(undefined);
  const work = parseWork(text);
  if (work !== undefined) return ok(work);
  const moved = attempt(() => storage?.setItem(SET_ASIDE_KEY, text), storage, 'It could not be set aside');
  return err(
    `The work of the last visit could not be read. ${moved.ok ? `It was set aside as ${SET_ASIDE_KEY}.` : moved.error}`,
  );
}

/** Where it cannot be written, the next visit begins with the system's. */
export function saveTheme(storage: KeyValue | undefined, theme: Theme): void {
  attempt(() => storage?.setItem(THEME_KEY, theme), storage, '');
}

/** The theme that was chosen last; the system's where none was, or none can be read. */
export function loadTheme(storage: KeyValue | undefined): Theme {
  try {
    const text = storage?.getItem(THEME_KEY);
    return THEMES.find((theme) => theme === text) ?? 'system';
  } catch {
    return 'system';
  }
}

/** What was kept as this text; undefined where it cannot be read. Steps that cannot are left out. */
export function parseWork(text: string): Work | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const fragment = textIn(value, 'fragment');
    if (fragment === undefined) return undefined;
    const steps: unknown = isObject(value) && 'past' in value ? value.past : [];
    const past = (Array.isArray(steps) ? steps : []).flatMap((step: unknown) => {
      const before = textIn(step, 'fragment');
      return before === undefined
        ? []
        : [{ fragment: before, label: textIn(step, 'label') ?? '', own: isOwn(step) }];
    });
    return { fragment, name: textIn(value, 'name'), past };
  } catch {
    return undefined;
  }
}

function isOwn(step: unknown): boolean {
  return isObject(step) && 'own' in step && step.own === true;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function textIn(value: unknown, key: string): string | undefined {
  const found: unknown = isObject(value) && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
  return typeof found === 'string' ? found : undefined;
}

/** Writes, and says why where that fails. */
export function attempt(write: () => void, storage: KeyValue | undefined, failure: string): Result<void> {
  if (storage === undefined) return err(`${failure} (it has no storage for this page).`);
  try {
    write();
    return ok(undefined);
  } catch (error) {
    return err(`${failure} (${reasonOf(error)}).`);
  }
}

function reasonOf(error: unknown): string {
  const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
  return isFull ? 'its storage for this page is full' : messageOf(error);
}
