/** A tablet held upright, and a phone: nothing is cut in the middle. */
import type { Locator } from '@playwright/test';
import { expect, visit as test } from '../support/page.ts';

const MOMENT =
  'write-through?duration=2s&fault=app-cache:delay:50ms@500ms-1500ms&fault=cache-1:slow:20@500ms-1500ms&at=1s&speed=1/1000';

/** Pixels by which its content is wider or higher than its box. */
const cutOf = (part: Locator) =>
  part.evaluate((each) =>
    Math.max(each.scrollWidth - each.clientWidth, each.scrollHeight - each.clientHeight),
  );

test.describe('on a tablet', () => {
  test.use({ viewport: { width: 768, height: 1024 } });

  test('what was changed last and what was rendered can be read, or are not there', async ({ page }) => {
    await page.goto(`./#/${MOMENT}`);
    const report = page.getByText(/rendered in/);
    await expect(report).toBeVisible({ timeout: 60_000 });
    expect(await cutOf(report)).toBeLessThanOrEqual(0);
    await page.keyboard.press('3');
    const change = page.getByRole('banner').getByRole('status');
    await expect(change).toContainText('look-aside');
    const box = await change.boundingBox();
    const clip = await change.evaluate((each) => getComputedStyle(each).clipPath);
    expect(clip !== 'none' || (box?.width ?? 0) >= 64, `${box?.width} px of it`).toBe(true);
  });

  test('a card has the version of the watched key, and its life as a whole or not at all', async ({
    page,
  }) => {
    await page.goto('./#/write-through?duration=2s&workload.skew=2&at=1s&speed=1/1000');
    const chip = page.locator('[data-card="cache-2"] [data-slot="chip"]');
    await expect(chip).toHaveText(/^v\d{4} (dirty|stale)$/, { timeout: 30_000 });
    const { row, life, version } = await chip.evaluate((each) => {
      const boxOf = (part: Element | null | undefined) => part?.getBoundingClientRect().toJSON() as DOMRect;
      const line = each.parentElement;
      return {
        row: boxOf(line),
        life: boxOf(line?.querySelector('[data-slot="life"]')),
        version: boxOf(each),
      };
    });
    expect(version.left).toBeGreaterThanOrEqual(row.left);
    expect(version.right).toBeLessThanOrEqual(row.right);
    expect(version.bottom).toBeLessThanOrEqual(row.bottom);
    expect(life.left >= row.left || life.top >= row.bottom, 'all of it is seen, or nothing').toBe(true);
  });

  test('the figures of a marked window stand beside all of the whole run’s', async ({ page }) => {
    await page.goto('./#/write-through?duration=4s&workload.gets=200000/s&window=1s-3s');
    const lines = page.getByRole('region', { name: 'Marked window' }).getByRole('table');
    await expect(lines.getByRole('row', { name: /^GETs ended/ })).toHaveText(/\d{3}\D\d{3}.*\d{3}\D\d{3}$/, {
      timeout: 60_000,
    });
    const right = await lines.evaluate((each) => each.getBoundingClientRect().right);
    expect(right).toBeLessThanOrEqual(768);
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('a card says the version of the watched key from its beginning, whatever room there is', async ({
    page,
  }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto('./#/write-through?duration=2s&workload.skew=2&at=1s&speed=1/1000');
    const chip = page.locator('[data-card="cache-2"] [data-slot="chip"]');
    // The row is there once the sheet is as small as it can be made.
    const sheet = page.getByRole('button', { name: /^Make the sheet/ });
    for (let pressed = 0; pressed < 2; pressed++) await sheet.press('Enter');
    await expect(chip).toHaveText(/^v\d{4} (dirty|stale)$/, { timeout: 30_000 });
    const [left, rowLeft] = await chip.evaluate((each) =>
      [each, each.parentElement ?? each].map((part) => part.getBoundingClientRect().left),
    );
    expect(left).toBeGreaterThanOrEqual(rowLeft ?? NaN);
    await sheet.press('Enter');
  });

  test('the clock stands clear of the speeds, however late it is', async ({ page }) => {
    await page.goto('./#/write-through?duration=600s&at=588.888s&speed=1/1000');
    const speed = page.getByRole('combobox', { name: 'Speed' });
    await expect(speed).toBeVisible();
    const gap = await speed.evaluate((each) => {
      const words = document.createRange();
      words.selectNodeContents(each.previousElementSibling ?? each);
      return each.getBoundingClientRect().left - words.getBoundingClientRect().right;
    });
    expect(gap).toBeGreaterThanOrEqual(8);
  });

  test('a shard of one replica is said to have one', async ({ page }) => {
    await page.goto('./#/write-through?duration=2s&store.rf=1&store.w=1&at=1s&speed=1/1000');
    await expect(page.locator('[data-card="shard-1"]').getByText('1 replica', { exact: true })).toBeVisible();
  });
});
