/** A phone in a hand: every control in sight can be hit by a finger, and nothing scrolls sideways that should not. */
import type { Page } from '@playwright/test';
import { boxOf, test as alone, expect, visit as test } from '../support/page.ts';
import { scrolledSideways, smallTargets } from '../support/targets.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

const LINK =
  './#/write-through?duration=2s&workload.puts=300/s&workload.gets=900/s&workload.keys=40&client.timeout=200ms&cache.ttl=300ms&cache.timeout=10ms&cache.concurrency=1&fault=cache-1:slow:200@300ms-900ms&contract.putP99=1ms&at=500ms&speed=1/1000';

async function expectToFit(page: Page, where: string): Promise<void> {
  expect(await smallTargets(page), `too small for a finger ${where}`).toEqual([]);
  expect(await scrolledSideways(page, page.getByRole('tabpanel')), `scrolled sideways ${where}`).toBe(0);
}

// On a page of its own: the sheet stays as large as it is made.
alone('on every tab of the sheet, over the diagram and in a story', async ({ page }) => {
  await page.goto(LINK);
  await expect(page.getByRole('img', { name: 'broken' }).first()).toBeVisible({ timeout: 60_000 });
  await expectToFit(page, 'at first');
  await page.getByRole('button', { name: /^Follows key/ }).tap();
  await expectToFit(page, 'where one chooses whom to follow');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Make the sheet larger' }).press('Enter');
  for (const tab of ['Design', 'Charts', 'Contract']) {
    await page.getByRole('tab', { name: tab }).tap();
    await expectToFit(page, `on ${tab}`);
  }
  await page.keyboard.press('v');
  const why = page.getByRole('region', { name: 'Why it happened' });
  await expect(why.getByRole('button', { name: /^Fix: / })).toBeVisible({ timeout: 60_000 });
  await expectToFit(page, 'in a story');
});

test('how far the run is rendered is said until it is through, and nothing moves when it goes', async ({
  page,
}) => {
  await page.goto('./#/write-through?duration=600s');
  const words = page.getByText(/^rendered to [\d.]+\u2009s$/);
  await expect(words).toBeInViewport({ ratio: 1 });
  const tabs = await page.getByRole('tablist').boundingBox();
  await page.goto('./#/write-through?duration=1s');
  await expect(page.getByText('holds').first()).toBeAttached({ timeout: 60_000 });
  await expect(words).toHaveCount(0);
  expect(await page.getByRole('tablist').boundingBox()).toEqual(tabs);
});

for (const width of [360, 320])
  test(`all of the clock, the top bar and a figure of a cache is there on a phone of ${width} pixels`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 740 });
    await page.goto('./#/write-through?duration=20s&at=12.345s&speed=1/1000');
    const clock = page.getByText(/^1[23]\.\d{3}\u2009s$/);
    await expect(clock).toBeVisible({ timeout: 60_000 });
    const [words, before, after] = await Promise.all([
      boxOf(clock),
      boxOf(page.getByRole('button', { name: 'One message forward' })),
      boxOf(page.getByRole('combobox', { name: 'Speed' })),
    ]);
    expect(words.x).toBeGreaterThanOrEqual(before.right);
    expect(words.right).toBeLessThanOrEqual(after.x);
    await expect(page.getByRole('button', { name: 'Share' })).toBeInViewport({ ratio: 1 });
    const card = page.locator('[data-card="cache-1"]');
    const [whole, hits] = await Promise.all([boxOf(card), boxOf(card.getByText(/\d\s*%\s*hits$/))]);
    expect(hits.right).toBeLessThan(whole.right);
  });

test('a cache says whole how many are queued, or leaves the word out', async ({ page }) => {
  await page.goto('./#/write-through?duration=4s&fault=cache-1:slow:20@500ms-3s&at=2s&speed=1/1000');
  const card = page.locator('[data-card="cache-1"]');
  const queued = card.getByText('queued', { exact: true });
  await expect(card).toContainText(/[1-9]\s\d{3}\s*queued/, { timeout: 60_000 });
  expect(await queued.evaluate((word) => word.scrollWidth - word.clientWidth)).toBe(0);
  await expect(queued).toBeInViewport({ ratio: 1 });
});

test('in a comparison nothing is cut off', async ({ page }) => {
  await page.goto('./#/write-through?duration=1s&cache.order=store-first&vs=write-through?duration=1s');
  await expect(page.getByText('5 pairs of runs')).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole('button', { name: 'Close the comparison' })).toBeInViewport({ ratio: 1 });
  const other = page.getByRole('region', { name: 'Design B' });
  const [sentence, acts] = await Promise.all([
    boxOf(other.getByText(/^The app writes/)),
    boxOf(other.getByRole('button', { name: 'Swap' })),
  ]);
  expect(sentence.bottom, 'under its name').toBeLessThanOrEqual(acts.y);
  expect(await smallTargets(page)).toEqual([]);
  expect(await scrolledSideways(page, page.getByRole('table').locator('..'))).toBe(0);
});
