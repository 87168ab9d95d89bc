/**
 * What the address was to say when this tab's page was left: a reload asks for what it said before, however fast the page
 * still replaces it. It is noted for the next page of the tab, and opens nothing itself.
 */
import { attempt, type KeyValue } from './work.ts';

const LEFT_KEY = 'throughline.left';
/** A reload comes at once; who opens the same link in this tab later means what it says. Milliseconds. */
const RELOADS_WITHIN_MS = 10_000;

/** Notes that the address said `said` as the page was left, and `meant` a moment later; `now`: milliseconds since 1970. */
export function noteLeft(tab: KeyValue | undefined, said: string, meant: string, now: number): void {
  attempt(() => tab?.setItem(LEFT_KEY, JSON.stringify([said, meant, now])), tab, '');
}

/** What an address that says `said` is to say; asked once, since every later address means what it says. */
export function meantBy(tab: KeyValue | undefined, said: string, now: number): string {
  try {
    const left: unknown = JSON.parse(tab?.getItem(LEFT_KEY) ?? '[]');
    tab?.removeItem(LEFT_KEY);
    const [was, meant, at] = Array.isArray(left) ? left.map(String) : [];
    const isReload = was === said && now - Number(at) <= RELOADS_WITHIN_MS;
    return isReload && meant !== undefined ? meant : said;
  } catch {
    return said;
  }
}
