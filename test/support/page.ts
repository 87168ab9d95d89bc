/**
 * The browser tests' `test`: a page on which an error in the console, an exception that nobody caught, a request that
 * fails or one that leaves the page's origin fails the test, whatever the test is about.
 */
import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';

export { expect };

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
  // One frame, so that nothing has to be gathered on a page of its own; and only what is wrong is told in full.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await (rules === 'all' ? axe : axe.withRules(OF_COLOURS)).analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    at: nodes.map((node) => node.target.join(' ')),
  }));
  expect(found).toEqual([]);
}
