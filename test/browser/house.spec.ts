/**
 * The built page stands by itself: it comes up without an error, from the root of a host and from a folder of one, and
 * asks nobody else for anything.
 */
import { AT_ROOT, AT_SUB_PATH } from '../support/addresses.ts';
import { expect, test } from '../support/page.ts';

for (const [where, address] of [
  ['the root of a host', AT_ROOT],
  ['a folder of a host', AT_SUB_PATH],
] as const) {
  test(`the page comes up from ${where}, with its icon and its fonts`, async ({ page }) => {
    await page.goto(address.href);
    await expect(page.locator('#root')).not.toBeEmpty();
    await expect(page).toHaveTitle(/Throughline/);
    const icon = await page.locator('link[rel=icon]').evaluate((link: HTMLLinkElement) => link.href);
    expect(icon).toBe(new URL('icon.svg', address).href);
    expect((await page.request.get(icon)).ok()).toBe(true);
    await page.evaluate(() => document.fonts.ready);
  });
}

test('where the worker that should draw the marks fails, the page draws them itself', async ({ page }) => {
  const asked = page.waitForRequest('**/packetWorker*');
  await page.route('**/packetWorker*', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'throw new Error()' }),
  );
  await page.goto('./#/write-through?duration=2s&at=1s&speed=1/1000');
  await asked;
  await expect.poll(() => page.workers().filter((each) => each.url().includes('packetWorker'))).toEqual([]);
  const canvas = page.locator('.react-flow + div > canvas');
  await expect(canvas).toHaveCount(1);
  // One that a worker draws on would give the page no context.
  await expect
    .poll(() =>
      canvas.evaluate((each: HTMLCanvasElement) =>
        each
          .getContext('2d')
          ?.getImageData(0, 0, each.width, each.height)
          .data.some((byte) => byte > 0),
      ),
    )
    .toBe(true);
});
