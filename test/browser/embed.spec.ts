/** The diagram alone, in pages of others: what it shows, where it leads, and what it leaves alone. */
import { AT_SUB_PATH } from '../support/addresses.ts';
import { test as alone, expect, expectNoAxeViolations, visit as test } from '../support/page.ts';

test.use({ contextOptions: { reducedMotion: 'no-preference' } });

const LINK = '#/look-aside?duration=2s&fault=cache-1:slow:20@500ms-1.5s&at=1.2s&speed=1/1000';

test('a page of another origin shows it, below any folder, at the moment of its link', async ({ page }) => {
  await page.setContent(
    `<iframe src="${AT_SUB_PATH.href}?embed${LINK}" title="A run" width="480" height="320"></iframe>`,
  );
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('img', { name: /^cache-1, slow ×20/ })).toBeVisible({ timeout: 60_000 });
  await frame.getByRole('button', { name: 'Pause' }).click();
  const playhead = frame.getByRole('slider', { name: 'Playhead' });
  const stopped = Number(await playhead.getAttribute('aria-valuenow'));
  expect(stopped).toBeGreaterThanOrEqual(1.2);
  expect(stopped).toBeLessThan(1.3);

  // What moves the cursor, and nothing that changes a design.
  await expect(frame.getByRole('button')).toHaveCount(1);
  await expect(frame.getByRole('combobox')).toHaveCount(1);
  await playhead.press('End');
  await expect(playhead).toHaveAttribute('aria-valuenow', '2.000');

  const whole = frame.getByRole('link', { name: 'Open in Throughline' });
  await whole.focus();
  const whence = `${AT_SUB_PATH.href}${LINK.replace('at=1.2s', 'at=2s')}`;
  await expect
    .poll(async () => (await whole.getAttribute('href'))?.replace(/&run=[0-9a-f]{12}$/, ''))
    .toBe(whence);
});

alone('what the reader has stored is neither read nor written', async ({ page }) => {
  await page.addInitScript(() => {
    const touched: string[] = [];
    Object.assign(window, { touched });
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'] as const)
      Object.defineProperty(window, name, { get: () => void touched.push(name) });
    Object.defineProperty(navigator, 'serviceWorker', { get: () => void touched.push('serviceWorker') });
  });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('./?embed#/db-only?duration=1s');
  const address = page.url();
  await expect(page.getByRole('img', { name: /^shard-1, replica-1 leads/ })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('slider', { name: 'Playhead' }).press('End');
  // Keys that elsewhere choose a policy, strike with a fault, change the theme, open a story.
  for (const key of ['2', 'f', 't', 'v', 'p', 'c', 'Control+k']) await page.keyboard.press(key);
  await page.waitForTimeout(500);
  expect(await page.evaluate('touched')).toEqual([]);
  expect(page.url()).toBe(address);
  await expect(page.locator('html')).not.toHaveAttribute('data-theme', /./);
  await expect(page.getByRole('img', { name: /^cache-1/ })).toHaveCount(0);
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

alone(
  'a marked window goes on in the link to the whole page, and its figures are not asked for',
  async ({ page }) => {
    await page.addInitScript(() => {
      const asked: unknown[] = [];
      Object.assign(window, { asked });
      window.Worker = class extends Worker {
        override postMessage(message: { type: string }): void {
          asked.push(message.type);
          super.postMessage(message);
        }
      };
    });
    await page.goto('./?embed#/db-only?duration=1s&window=200ms-700ms');
    await expect(page.getByRole('img', { name: /^shard-1, replica-1 leads/ })).toBeVisible({
      timeout: 60_000,
    });
    await page.getByRole('slider', { name: 'Playhead' }).press('End');
    const whole = page.getByRole('link', { name: 'Open in Throughline' });
    await whole.focus();
    await expect(whole).toHaveAttribute('href', /window=200ms-700ms/);
    const asked = await page.evaluate('asked');
    expect(asked).toContain('render');
    expect(asked).not.toContain('excerpt');
  },
);

test('a link that cannot be read whole says so', async ({ page }) => {
  await page.goto('./?embed#/write-through?duration=1s&cache.ttl=soon');
  await expect(page.getByRole('status')).toContainText('cache.ttl=soon');
});

for (const [width, height, colorScheme] of [
  [480, 320, 'light'],
  [390, 300, 'dark'],
  [320, 300, 'light'],
  [1440, 810, 'dark'],
  [1024, 576, 'light'],
] as const)
  test(`everything fits and axe finds nothing at ${width} by ${height}, ${colorScheme}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await page.goto(`./?embed${LINK}`);
    await expect(page.getByRole('img', { name: /^shard-2/ })).toBeInViewport({
      ratio: 0.99,
      timeout: 60_000,
    });
    await expect(page.getByRole('link', { name: 'Open in Throughline' })).toBeInViewport({ ratio: 0.99 });
    await expect(page.getByRole('combobox')).toBeInViewport({ ratio: 0.99 });
    await expectNoAxeViolations(page);
  });
