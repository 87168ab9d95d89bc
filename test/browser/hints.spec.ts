/** The line that explains a word, and what it leaves alone. */
import { expect, visit as test } from '../support/page.ts';

test('leaves a field that says what is wrong with it to itself', async ({ page }) => {
  await page.goto('./#/write-through?duration=2s');
  await page
    .locator('summary')
    .filter({ hasText: /workload/i })
    .click();
  const field = page.getByRole('textbox', { name: /PUT rate/ });
  await field.focus();
  await field.fill('fast');
  await field.press('Enter');
  await expect(field).toHaveAccessibleDescription(/Not a rate/);
  await field.press('Tab');
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('tooltip')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('tooltip')).toBeHidden();
  await expect(field).toHaveAccessibleDescription(/Not a rate/);
});
