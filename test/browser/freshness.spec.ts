/** The curve of freshness, asked for and read on the built page, in both themes and on every width. */
import { expect, visit as test } from '../support/page.ts';

const LINK = './#/look-aside?duration=2s&workload.keys=2000';

test('the curve is measured on demand, read by keys and pointer, and dimmed by a change', async ({
  page,
}) => {
  await page.goto(LINK);
  const freshness = page.getByRole('region', { name: 'Freshness' });
  await freshness.getByRole('button', { name: 'Measure' }).click();
  await expect(freshness.getByRole('button', { name: 'Measure again' })).toBeVisible({ timeout: 60_000 });
  const point = freshness.getByRole('slider');
  await point.focus();
  await page.keyboard.press('Home');
  await expect(point).toHaveAttribute('aria-valuetext', /^At once: [\d.]+\u2009% of 1\u20090+ reads$/);
  await page.keyboard.press('End');
  await expect(point).toHaveAttribute('aria-valuetext', /^After 1\.00\u2009s: /);
  const box = await point.boundingBox();
  if (box === null) throw new Error('no curve');
  await page.mouse.move(box.x + 1, box.y + 10);
  await expect(point).toHaveAttribute('aria-valuetext', /^At once: /);
  await expect(freshness.getByRole('table').getByRole('row')).toHaveCount(16);
  await page.getByRole('radio', { name: 'write-around' }).check({ force: true });
  await expect(freshness.getByText('of the design before')).toBeVisible();
});

test('on a small screen it stands below the contract', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(LINK);
  const freshness = page.getByRole('region', { name: 'Freshness' });
  await freshness.getByRole('button', { name: 'Measure' }).click();
  await expect(freshness.getByRole('slider')).toBeVisible({ timeout: 60_000 });
  await expect(freshness.getByRole('button', { name: 'Measure again' })).toBeVisible({ timeout: 60_000 });
});
