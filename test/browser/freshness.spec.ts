/** The curve of freshness, asked for and read on the built page, in both themes and on every width. */
import { boxOf, expect, visit as test } from '../support/page.ts';

const LINK = './#/look-aside?duration=2s&workload.keys=2000';

test('the curve is measured on demand, read by keys and pointer, and dimmed by a change', async ({
  page,
}) => {
  await page.goto(LINK);
  const freshness = page.getByRole('region', { name: 'Freshness' });
  await freshness.getByRole('button', { name: 'Measure' }).click();
  await expect(freshness.getByRole('button', { name: 'Measure again' })).toBeVisible({ timeout: 60_000 });
  const point = freshness.getByRole('slider');
  // Its axes are labelled in round numbers.
  await expect(point).toHaveText(/^100\u2009%\d+\u2009%$/);
  await expect(point.locator('~ div').getByText(/./)).toHaveText([
    'at once',
    '10\u2009ms',
    '100\u2009ms',
    '1\u2009s',
  ]);
  await point.focus();
  await page.keyboard.press('Home');
  await expect(point).toHaveAttribute('aria-valuetext', /^At once: [\d.]+\u2009% of 1\u20090+ reads$/);
  await page.keyboard.press('End');
  await expect(point).toHaveAttribute('aria-valuetext', /^After 1\.00\u2009s: /);
  const box = await boxOf(point);
  await page.mouse.move(box.x + 1, box.y + 10);
  await expect(point).toHaveAttribute('aria-valuetext', /^At once: /);
  await expect(freshness.getByRole('table').getByRole('row')).toHaveCount(16);
  await page.getByRole('radio', { name: 'write-around' }).check({ force: true });
  await expect(freshness.getByText('of the design before')).toBeVisible();
});

test('in a low window the curve is in sight once it is there', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.goto(LINK);
  const freshness = page.getByRole('region', { name: 'Freshness' });
  await freshness.getByRole('button', { name: 'Measure' }).click();
  await expect(freshness.getByRole('slider')).toBeInViewport({ ratio: 1, timeout: 60_000 });
  await expect(freshness.getByText(/^After|^At once/).first()).toBeInViewport({ ratio: 1 });
});

test('on a small screen it stands below the contract', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(LINK);
  const freshness = page.getByRole('region', { name: 'Freshness' });
  await freshness.getByRole('button', { name: 'Measure' }).click();
  await expect(freshness.getByRole('slider')).toBeVisible({ timeout: 60_000 });
  await expect(freshness.getByRole('button', { name: 'Measure again' })).toBeVisible({ timeout: 60_000 });
});

test('where there are fewer reads than asked for, that is said with the curve, and why', async ({ page }) => {
  const freshness = page.getByRole('region', { name: 'Freshness' });
  const measure = async (design: string) => {
    await page.goto(`./#/look-aside?${design}`);
    await freshness.getByRole('button', { name: 'Measure' }).click();
  };
  await measure('duration=500ms&workload.puts=0/s&workload.keys=2000');
  await expect(freshness.getByText('0 of 1\u2009000 trials: there are no PUTs.')).toBeVisible();
  const crashes = ['shard-1', 'shard-2'].flatMap((shard) =>
    ['leader', 'replica-2'].map((replica) => `fault=${shard}.${replica}:crash@100ms`),
  );
  await measure(`duration=1s&workload.puts=300/s&workload.keys=2000&${crashes.join('&')}`);
  await expect(
    freshness.getByText(/^\d\d of 1\u2009000 trials: fewer PUTs were acknowledged in /),
  ).toBeVisible({
    timeout: 60_000,
  });
  await expect(freshness.getByRole('slider')).toBeVisible();
});
