/**
 * The browser tests' `test`: a page on which an error in the console, an exception that nobody caught, a request that
 * fails or one that leaves the page's origin fails the test, whatever the test is about.
 */
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import axe from 'axe-core';

export { expect };

declare global {
  interface Window {
    /** There once `expectNoAxeViolations` has been asked. */
    axe: typeof axe;
  }
}

export interface Watch {
  /** What went wrong on the page so far, in words. A test that provokes an error of its own removes it from here. */
  readonly troubles: string[];
}

export const test = base.extend<{ watch: Watch }>({
  watch: [
    async ({ page }, use) => {
      const troubles = watchPage(page);
      await use({ troubles });
      expect(troubles, 'troubles on the page').toEqual([]);
    },
    { auto: true },
  ],
});

let visited: { readonly file: string; readonly page: Page } | undefined;

/**
 * `test` for files whose every test begins by opening a link: one page for all of the file's tests, on which the next link
 * is opened as a reader would, in the address bar. To load the page anew takes longer than most of what is tested on it.
 * What a test left open is closed and its window and theme are put back; the history of its edits stays.
 */
export const visit = test.extend({
  page: async ({ browser, viewport, colorScheme, contextOptions }, use, { file }) => {
    if (visited?.file !== file || visited.page.isClosed()) {
      await visited?.page.context().close();
      visited = { file, page: await browser.newPage() };
    }
    const { page } = visited;
    if (viewport !== null) await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: contextOptions.reducedMotion ?? null });
    await leave(page);
    await use(page);
  },
});

/** Where something is on the page, CSS pixels of its window; what is not on the page fails the test. */
export async function boxOf(part: Locator) {
  const box = await part.boundingBox();
  if (box === null) throw new Error(`not on the page: ${part.toString()}`);
  return { ...box, right: box.x + box.width, bottom: box.y + box.height };
}

/** Holds time, unless it is held already. */
export async function pause(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Pause', exact: true });
  const held = page.getByRole('button', { name: 'Play', exact: true });
  await expect(button.or(held)).toBeVisible();
  if (await button.isVisible()) await button.click();
}

/**
 * Out of whatever is open on the page: all of it gives way to Escape. And out of what had the focus, which would hear keys
 * first. And out of the address: a change of a moment ago may not stand there yet, and to open the link that still does
 * would open nothing.
 */
async function leave(page: Page): Promise<void> {
  for (let open = 0; open < 3; open++) await page.keyboard.press('Escape');
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    if (location.hash !== '') history.replaceState(history.state, '', '#left');
  });
}

/** Collects what goes wrong on `page` (of a context of its own, say) from now on. */
export function watchPage(page: Page): string[] {
  const troubles: string[] = [];
  const origins = new Set<string>();
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      troubles.push(`console ${message.type()}: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => troubles.push(`not caught: ${error.message}`));
  page.on('requestfailed', (request) => {
    // What was still on its way when the page was left is no failure.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED')
      troubles.push(`request failed: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) troubles.push(`status ${response.status()}: ${response.url()}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (!url.protocol.startsWith('http')) return;
    origins.add(url.origin);
    if (origins.size > 1) troubles.push(`request to another origin: ${request.url()}`);
  });
  return troubles;
}

/** Lets the page's engine die over the next run that it is asked for, so many times. */
export async function killEngine(page: Page, times: number): Promise<void> {
  await page.evaluate((deaths) => {
    const send = Object.getOwnPropertyDescriptor(Worker.prototype, 'postMessage')
      ?.value as Worker['postMessage'];
    let left = deaths;
    Worker.prototype.postMessage = function (this: Worker, message: { type: string }) {
      send.call(this, message);
      if (message.type !== 'render' || left === 0) return;
      left--;
      this.terminate();
      setTimeout(() => this.dispatchEvent(new ErrorEvent('error', { message: 'Uncaught out of memory' })));
    };
  }, times);
}

/** The rules whose answer another theme can change: it changes colours, and nothing else. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/**
 * No violation of axe's rules on the page as it comes to rest: of any of them, the best practices included, or only of
 * those of colours, where the same page in another theme has passed all.
 */
export async function expectNoAxeViolations(page: Page, rules: 'all' | 'colours' = 'all'): Promise<void> {
  // Half way from one colour to another there is any contrast.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((each) => each instanceof CSSTransition)
        .map(({ finished }) => finished),
    ),
  );
  // Reading axe takes a page longer than answering: it stays where it is.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const found = await page.evaluate(
    async (only) => {
      const { violations } = await window.axe.run(document, {
        resultTypes: ['violations'],
        iframes: false,
        ...(only === undefined ? {} : { runOnly: { type: 'rule', values: only } }),
      });
      return violations.map(({ id, help, nodes }) => ({
        id,
        help,
        at: nodes.map(({ target }) => target.join(' ')),
      }));
    },
    rules === 'all' ? undefined : OF_COLOURS,
  );
  expect(found).toEqual([]);
}
