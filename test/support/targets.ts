/** What a finger can hit on the page, and push aside: measured by asking the browser. */
import type { Locator, Page } from '@playwright/test';

/** The least that a target may be either way, CSS pixels: WCAG 2.2, success criterion 2.5.8. */
const LEAST = 24;

const CONTROLS =
  'button, a[href], input, select, textarea, summary, [role=slider], [role=tab], [role=option], [tabindex="0"]';

/**
 * The controls in sight of which less can be hit, with what can be, CSS pixels. Larger targets than what is drawn count,
 * and links in a sentence do not, as the criterion says; nor does what is covered or scrolled away.
 */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(
    ([controls, least]) => {
      const found: string[] = [];
      for (const control of document.querySelectorAll<HTMLElement>(controls)) {
        const { left, top, width, height } = control.getBoundingClientRect();
        const [x, y] = [left + width / 2, top + height / 2];
        const isHit = (atX: number, atY: number): boolean => {
          const there = document.elementFromPoint(atX, atY);
          return (
            there !== null && (control.contains(there) || control.closest('label')?.contains(there) === true)
          );
        };
        if (control.matches('p a, li a, td a') || !isHit(x, y)) continue;
        const reach = (dx: number, dy: number): number => {
          let step = 0;
          while (step < least && isHit(x + dx * (step + 1), y + dy * (step + 1))) step++;
          return step;
        };
        const wide = Math.max(width, reach(1, 0) + reach(-1, 0) + 1);
        const high = Math.max(height, reach(0, 1) + reach(0, -1) + 1);
        const name = control.getAttribute('aria-label') ?? control.innerText;
        if (wide < least || high < least) found.push(`${name}: ${Math.round(wide)} x ${Math.round(high)}`);
      }
      return found;
    },
    [CONTROLS, LEAST] as const,
  );
}

/** How far a wheel that is turned sideways over a box moves what is in it, CSS pixels. */
export async function scrolledSideways(page: Page, box: Locator): Promise<number> {
  await box.hover({ position: { x: 8, y: 8 }, force: true });
  await page.mouse.wheel(200, 0);
  // Scrolling comes with the next frames.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return box.evaluate(({ scrollLeft }) => scrollLeft);
}
