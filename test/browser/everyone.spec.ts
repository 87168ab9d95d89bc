/**
 * Everyone can use it: axe, with all of its rules, finds nothing in any state that the page can be in, wide in the light
 * theme and on a phone in the dark one, and no state makes the page wider than its window. What all states stand upon is
 * looked at in both themes at three widths; where `THOROUGH` is set, all of them are.
 */
import { expect, expectNoAxeViolations, visit as test } from '../support/page.ts';
import { STATES } from '../support/states.ts';

/** Where states are looked at: first with every rule, then in the other theme for what depends on colours. */
const LOOKS = [
  { name: 'wide', width: 1440, height: 900, themes: ['light', 'dark'] },
  { name: 'on a tablet', width: 1024, height: 768, themes: ['dark', 'light'] },
  { name: 'on a phone', width: 390, height: 844, themes: ['dark', 'light'] },
] as const;
const TABLET = 1024;
const PHONE = 390;
const THOROUGH = process.env['THOROUGH'] !== undefined;

for (const { name: look, width, height, themes } of LOOKS)
  test.describe(look, () => {
    test.use({ viewport: { width, height }, colorScheme: themes[0] });

    for (const { name, link, reach, from = PHONE, everywhere = false } of STATES) {
      if (width < from || (width === TABLET && !everywhere && !THOROUGH)) continue;
      test(`axe finds nothing: ${name}`, async ({ page }) => {
        await page.goto(`./#/${link}`);
        await reach(page);
        await expectNoAxeViolations(page);
        if (everywhere || THOROUGH) {
          await page.emulateMedia({ colorScheme: themes[1] });
          await expectNoAxeViolations(page, 'colours');
        }
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(beyond, 'pixels that the page is wider than its window').toBeLessThanOrEqual(0);
      });
    }
  });
