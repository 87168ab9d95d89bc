/** The gallery of presets in the built page: how one gets there and back, and that what was chosen is what opens. */
import type { Page } from '@playwright/test';
import { expect, visit as test } from '../support/page.ts';

const gallery = (page: Page) => page.getByRole('main', { name: 'Presets' });
const entry = (page: Page, title: string) =>
  gallery(page).getByRole('button', { name: new RegExp(`^${title}`) });
const button = (page: Page) => page.getByRole('button', { name: 'Presets', exact: true });

async function open(page: Page): Promise<void> {
  await page.goto('#/write-through?duration=1s');
  await button(page).click();
  await expect(gallery(page)).toBeVisible();
}

test('the keyboard alone opens the gallery, walks it, opens an entry and undoes that', async ({ page }) => {
  await page.goto('#/write-through?duration=1s');
  await expect(button(page)).toBeVisible();
  await page.keyboard.press('p');
  await expect(entry(page, 'Write-through The app')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(entry(page, 'Look-aside The app')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(gallery(page)).toBeHidden();
  await expect(button(page)).toBeFocused();
  await expect(page).toHaveURL(/#\/look-aside/);
  await page.keyboard.press('Control+z');
  await expect(page).toHaveURL(/#\/write-through\?duration=1s/);
});

test('Escape leaves it as it was, and the focus is back at its button', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Escape');
  await expect(gallery(page)).toBeHidden();
  await expect(button(page)).toBeFocused();
  await expect(page).toHaveURL(/#\/write-through\?duration=1s/);
});

test('what breaks comes with its remedy', async ({ page }) => {
  await open(page);
  await entry(page, 'Phantom read, remedied').click();
  await expect(page.getByLabel('Title of the design')).toHaveValue('Phantom read, remedied');
  await expect(page).toHaveURL(/cache\.order=store-first/);
  await button(page).click();
  await entry(page, 'Phantom read The').click();
  await expect(page.getByLabel('Title of the design')).toHaveValue('Phantom read');
  await expect(page).not.toHaveURL(/store-first/);
});

test('what was measured in production says where', async ({ page }) => {
  await open(page);
  const production = page.getByRole('region', { name: 'Measured in production' });
  await expect(production.getByRole('listitem')).toHaveCount(12);
  await expect(production.getByText(/OSDI 2020/)).toBeVisible();
});

test('Compare closes the gallery and shows the comparison', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByRole('main', { name: 'Comparison' })).toBeVisible();
});

test('on a phone it opens from the menu of the design, and fits', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('#/write-through?duration=1s');
  const menu = page.getByRole('button', { name: 'The design: open, save, reset' });
  await menu.click();
  await page.getByRole('menuitem', { name: 'Presets' }).click();
  await expect(gallery(page)).toBeVisible();
  expect(await gallery(page).evaluate((main) => main.scrollWidth - main.clientWidth)).toBe(0);
  await page.keyboard.press('Escape');
  await expect(menu).toBeFocused();
});
