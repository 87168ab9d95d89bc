/**
 * What the address was to say when this tab's page was left: a reload asks for what it said before, however fast the page
 * still replaces it. It is noted for the next page of the tab, and opens nothing itself.
 */
import { attempt, type KeyValue } from './work.ts';

const LEFT_KEY = 'throughline.left';

/** Notes that the address said `said` as the page was left, and `meant` a moment later. */
export function noteLeft(tab: KeyValue | undefined, said: string, meant: string): void {
  attempt(() => tab?.setItem(LEFT_KEY, JSON.stringify([said, meant])), tab, '');
}

/** What an address that says `said` is to say; asked once, since every later address means what it says. */
export function meantBy(tab: KeyValue | undefined, said: string): string {
  try {
    const left: unknown = JSON.parse(tab?.getItem(LEFT_KEY) ?? '[]');
    tab?.removeItem(LEFT_KEY);
    const [was, meant] = Array.isArray(left) ? left.map(String) : [];
    return was === said && meant !== undefined ? meant : said;
  } catch {
    return said;
  }
}
