/** The palette: everything that the page can do, by typing a few letters, with keys alone. */
import { expect, visit as test } from '../support/page.ts';

const MOMENT = './#/write-through?duration=4s&at=2s&speed=1/1000';

test('it opens by key, and lists what fits', async ({ page }) => {
  await page.goto(MOMENT);
  await expect(page.getByText(/every hop drawn/)).toBeVisible();
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'What to do, or where to go' });
  await expect(field).toBeFocused();
  await field.fill('cache.ttl');
  await expect(page.getByRole('dialog', { name: 'Find anything' }).getByRole('option').first()).toHaveText(
    /cache\.ttl/,
  );
  await field.fill('no such thing');
  await expect(page.getByText('Nothing is called “no such thing”')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(field).toBeHidden();
});

test('arrows choose, Enter does it, and the palette is gone', async ({ page }) => {
  await page.goto(MOMENT);
  await expect(page.getByText(/every hop drawn/)).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'What to do, or where to go' })).toBeFocused();
  await page.keyboard.type('crash cache');
  const options = page.getByRole('dialog', { name: 'Find anything' }).getByRole('option');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect(options.nth(1)).toContainText('crash cache-2');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Find anything' })).toBeHidden();
  await expect(page.locator('[data-card="cache-2"]')).toContainText('down, back in');
});

test('a setting is found by its key and given a value on the same line', async ({ page }) => {
  await page.goto(MOMENT);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'What to do, or where to go' })).toBeFocused();
  await page.keyboard.type('cache.nodes');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'What to do, or where to go' })).toHaveValue(
    'cache.nodes=',
  );
  await page.keyboard.type('3');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-card="cache-3"]')).toBeVisible();
});
