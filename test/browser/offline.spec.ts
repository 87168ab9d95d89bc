/** After one visit the page needs no network, and it can be installed. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, expectNoAxeViolations, test } from '../support/page.ts';
import { AT_SUB_PATH } from '../support/addresses.ts';

test.use({ contextOptions: { reducedMotion: 'no-preference' } });

const OFFLINE = 'dist/offline.js';

for (const [where, address] of [
  ['the root of a host', './'],
  ['a folder of a host', AT_SUB_PATH.href],
] as const) {
  test(`opens a link and renders it without a network, after a visit to ${where}`, async ({
    page,
    context,
    watch,
  }) => {
    await page.goto(`${address}#/write-through?duration=2s`);
    await page.evaluate(async () => {
      const { active } = await navigator.serviceWorker.ready;
      if (active?.state === 'activating')
        await new Promise((done) => active.addEventListener('statechange', done, { once: true }));
    });
    await context.setOffline(true);
    await page.goto('about:blank');
    await page.goto(`${address}#/look-aside?duration=1s&seed=7`);
    await expect(page.getByRole('radio', { name: 'look-aside', exact: true })).toBeChecked();
    await expect(page.getByText(/of 6 hold/).first()).toBeVisible({ timeout: 60_000 });
    await expect(page.locator('.react-flow__node').first()).toBeVisible();
    // Chromium asks for a tab's icon past every service worker.
    const others = watch.troubles.filter(
      (trouble) => !/icon[.]svg$|ERR_INTERNET_DISCONNECTED$/.test(trouble),
    );
    watch.troubles.splice(0, Infinity, ...others);
  });
}

for (const { when, code } of [
  { when: 'when asked', code: '// another build' },
  { when: 'even where the older one is not let go', code: 'self.skipWaiting = () => new Promise(() => {});' },
])
  test(`says that a newer build is ready, and goes over to it ${when}`, async ({ page }) => {
    await page.goto(`${AT_SUB_PATH.href}#/db-only?duration=1s`);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
    const built = readFileSync(OFFLINE);
    try {
      appendFileSync(OFFLINE, code);
      await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
      const notice = page.getByRole('status', { name: 'A newer version' });
      await expect(notice).toBeVisible();
      await expectNoAxeViolations(page);
      const loaded = page.waitForEvent('load');
      await notice.getByRole('button', { name: 'Reload' }).click();
      await loaded;
      await expect(notice).toBeHidden();
    } finally {
      writeFileSync(OFFLINE, built);
    }
  });

test('nothing goes wrong where the browser has nobody who could keep the page, as without https', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => undefined });
  });
  await page.goto('./#/db-only?duration=1s');
  // Keeping it begins with the end of the first run, and whatever goes wrong on the page fails this test.
  await expect(page.getByText(/of 6 hold/).first()).toBeVisible({ timeout: 60_000 });
});

test.describe('a part of the page that cannot be had', () => {
  // It would have all of them by then.
  test.use({ contextOptions: { serviceWorkers: 'block' } });

  test('is said to be missing, and takes nothing else along', async ({ page, watch }) => {
    await page.route(/\/(Palette|NotesBody|Gallery)-[^/]*\.js$/, (route) => route.abort());
    await page.goto('./#/write-through?duration=2s&at=1s&speed=1/1000');
    await expect(page.getByText(/every hop drawn/)).toBeVisible();
    for (const { key, said } of [
      { key: 'Control+k', said: 'The palette could not be loaded: is there a network?' },
      { key: 'm', said: /^The notes could not be loaded: is there a network\?/ },
      { key: 'p', said: 'The presets could not be loaded: is there a network?' },
    ]) {
      await page.keyboard.press(key);
      await expect(page.getByText(said).first()).toBeVisible();
      await expect(page.locator('.react-flow__node').first()).toBeVisible();
      await page.keyboard.press('Escape');
    }
    watch.troubles.splice(
      0,
      Infinity,
      ...watch.troubles.filter((each) => !/ERR_FAILED|request failed|registration blocked/.test(each)),
    );
  });
});

const ICONS = [
  { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
  { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
  { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
  { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png' },
];

test('can be installed: a manifest with icons of the sizes that it says', async ({ page }) => {
  await page.goto('./#/write-through?duration=2s');
  const address = await page.locator('link[rel=manifest]').evaluate((link: HTMLLinkElement) => link.href);
  const manifest: unknown = await (await page.request.get(address)).json();
  expect(manifest).toMatchObject({ display: 'standalone', icons: ICONS });
  for (const { src, sizes, type } of ICONS) {
    const response = await page.request.get(new URL(src, address).href);
    expect(response.headers()['content-type']).toContain(type);
    if (sizes === 'any') continue;
    const png = await response.body();
    expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(sizes);
  }
});
