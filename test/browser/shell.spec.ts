/** The page around the picture: policies, history, sharing, files, keys, themes, and what goes wrong. */
import type { Page } from '@playwright/test';
import { expect, killEngine, visit as test } from '../support/page.ts';
import { change, open, sharedLink, SHORT } from '../support/shell.ts';

test.describe('the policy bar', () => {
  test('moves by arrow keys and by number keys, and undo takes it back', async ({ page }) => {
    await open(page);
    const policy = page.getByRole('radiogroup', { name: 'Policy' });
    await policy.getByRole('radio', { name: 'write-through', exact: true }).focus();
    await page.keyboard.press('ArrowRight');
    await expect(policy.getByRole('radio', { name: 'write-through-aside' })).toBeChecked();
    await expect(change(page)).toHaveText(/policy\s*write-through\s*write-through-aside/);
    await page.keyboard.press('7');
    await expect(policy.getByRole('radio', { name: 'db-only' })).toBeChecked();
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await expect(policy.getByRole('radio', { name: 'write-through', exact: true })).toBeChecked();
    await page.keyboard.press('Control+Shift+z');
    await expect(policy.getByRole('radio', { name: 'write-through-aside' })).toBeChecked();
  });
});

test('the title is edited in place; Escape takes back what was typed', async ({ page }) => {
  await open(page);
  const title = page.getByLabel('Title of the design');
  await title.fill('A cache that lies');
  await title.press('Enter');
  await expect(page).toHaveTitle('A cache that lies · Throughline');
  await title.fill('Never mind');
  await title.press('Escape');
  await expect(title).toHaveValue('A cache that lies');
  await expect(title).not.toBeFocused();
  expect(await sharedLink(page)).toContain('title=');
});

test('in a narrow top bar a long title gives way to what has changed', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page, `${SHORT}&title=${'A%20cache%20that%20lies%20'.repeat(5)}`);
  const words = change(page).getByText('opened a link');
  await expect(words).toBeVisible();
  expect(await words.evaluate((each) => each.scrollWidth - each.clientWidth)).toBe(0);
});

test('a narrow top bar has room for the words of the title and of the last change', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page, `${SHORT}&title=Slow%20cache`);
  await page.keyboard.press('2');
  await expect(change(page)).toContainText('write-through-aside');
  const cut = await page
    .getByRole('banner')
    .evaluate((bar) =>
      [...bar.querySelectorAll<HTMLElement>('input, b, s')]
        .filter(
          ({ scrollWidth, clientWidth, offsetWidth }) => scrollWidth > Math.max(clientWidth, offsetWidth),
        )
        .map((each) => each.textContent || 'the title'),
    );
  expect(cut).toEqual([]);
});

test.describe('links, files and history', () => {
  test('a broken link says what is wrong, keeps the rest, and mends itself on request', async ({ page }) => {
    await open(page, './#/look-aside?duration=2s&cache.ttl=3sec');
    const problems = page.getByRole('alert', { name: 'Problems of what was opened' });
    await expect(problems).toContainText('cache.ttl=3sec');
    await expect(page.getByRole('radio', { name: 'look-aside' })).toBeChecked();
    await problems.getByRole('button', { name: '3s' }).click();
    await expect(problems).toBeHidden();
    expect(await sharedLink(page)).toBe('/look-aside?duration=2s&cache.ttl=3s');
  });

  test('a pasted document opens, and what was open is one undo away', async ({ page }) => {
    await open(page);
    const json = JSON.stringify({ duration: '2s', title: 'Pasted', cache: { ttl: '2s' } });
    await page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      window.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, json);
    await expect(page.getByLabel('Title of the design')).toHaveValue('Pasted');
    await expect(page).toHaveTitle(/^Pasted/);
    await page.keyboard.press('Control+z');
    await expect(page.getByLabel('Title of the design')).toHaveValue('');
  });

  test('a link is pasted where a policy has the focus, too', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await open(page);
    await page.getByRole('radio', { name: 'write-through', exact: true }).focus();
    await page.evaluate(() => navigator.clipboard.writeText('#/write-around?duration=2s'));
    await page.keyboard.press('Control+v');
    await expect(page.getByRole('radio', { name: 'write-around' })).toBeChecked();
  });

  test('a file that is no design leaves open what was open', async ({ page }) => {
    await open(page);
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"cache":') });
    await expect(page.getByRole('alert', { name: 'Problems of what was opened' })).toContainText('Not JSON');
    expect(await sharedLink(page)).toBe('/write-through?duration=2s');
  });

  test('saves a file that opens as the same design', async ({ page }) => {
    await open(page, `${SHORT}&cache.ttl=2s&fault=cache-1:crash@0.5s-1s`);
    const before = await sharedLink(page);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: /The design/ }).click();
    await page.getByRole('menuitem', { name: 'Save as a file' }).click();
    const path = await (await saved).path();
    await open(page, './#/db-only?duration=2s');
    await page.locator('input[type=file]').setInputFiles(path);
    await expect(page.getByRole('radio', { name: 'write-through', exact: true })).toBeChecked();
    expect(await sharedLink(page)).toBe(before);
  });

  test('shows the command that reproduces the run', async ({ page }) => {
    await open(page);
    await page.getByRole('button', { name: 'Share' }).click();
    await expect(page.getByLabel('Command', { exact: true })).toHaveValue(
      /^npm run -s throughline -- run .*duration=2s/,
    );
  });
});

test.describe('an engine that dies', () => {
  test('is started again, and that is said', async ({ page }) => {
    await open(page);
    await killEngine(page, 1);
    await page.keyboard.press('2');
    const notice = page.getByText('The engine stopped (out of memory) and was started again.');
    await expect(notice).toBeVisible();
    await expect(page.getByText(/rendered in/)).toBeVisible();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect(notice).toBeHidden();
  });

  test('twice over a design leaves the design; it is tried again on request, or the change undone', async ({
    page,
  }) => {
    await open(page);
    const failed = page.getByRole('alert', { name: 'The run failed' });
    await killEngine(page, 2);
    await page.keyboard.press('2');
    await expect(failed).toContainText('stopped twice over this design (out of memory). The design is kept.');
    await expect(page.getByText('could not be rendered')).toBeVisible();
    await expect(failed.getByRole('button', { name: 'Undo the last change' })).toBeVisible();
    await failed.getByRole('button', { name: 'Try again' }).click();
    await expect(failed).toBeHidden();
    await expect(page.getByText(/rendered in/)).toBeVisible();
    await expect(page.getByText('started again')).toBeHidden();
  });
});

test('every mark and key is on the sheet, and Escape closes it', async ({ page }) => {
  await open(page);
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Marks and keys' });
  await expect(sheet).toContainText('its caller gave up on it, and it is still alive');
  await expect(sheet).toContainText('next violation');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});

test.describe('whoever works by keys keeps the focus', () => {
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();
  for (const [what, address, name] of [
    ['a fault is removed', '&fault=cache-1:slow:20@0.5s-1s', 'Remove: cache-1 slow'],
    ['a remark is removed', '&remark=500ms:look', 'Remove the remark on 0.500'],
    ['there is nothing more to undo', '&seed=2', /^Undo/],
    ['a notice is dismissed', '&cache.ttl=3sec', 'Dismiss'],
    ['no window is marked any more', '&window=500ms-1s', 'Mark no window'],
  ] as const)
    test(`when ${what}`, async ({ page }) => {
      await open(page, SHORT + address);
      await expect(button(page, name)).toBeVisible();
      await button(page, 'Share').focus();
      // As often as it takes until it is gone, or can no longer be pressed.
      while ((await button(page, name).count()) > 0 && (await button(page, name).isEnabled())) {
        await button(page, name).focus();
        await page.keyboard.press('Enter');
      }
      await expect(page.locator(':focus')).toBeVisible();
    });

  test('when a story is closed, and when a field is left on purpose it is left', async ({ page }) => {
    // At the very beginning no operation is under way.
    await open(page, `${SHORT}&at=1s`);
    await expect(page.getByText(/rendered in/)).toBeVisible();
    await button(page, 'Share').focus();
    await page.keyboard.press('o');
    await button(page, 'Close the story').focus();
    await page.keyboard.press('Enter');
    await expect(button(page, 'Share')).toBeFocused();
    await page.getByLabel('Title of the design').press('Escape');
    await expect(page.locator(':focus')).toHaveCount(0);
  });
});

test('a theme that changes in the moment when the layout does reaches what is drawn on canvases', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await open(page, `${SHORT}&at=1s`);
  await expect(page.getByText(/rendered in/)).toBeVisible();
  const charts = page.getByRole('region', { name: 'Timeline' }).locator('canvas');
  /** Which colours the charts are drawn in, from the most frequent on. */
  const colours = () =>
    charts.evaluateAll((canvases: HTMLCanvasElement[]) => {
      const counts = new Map<string, number>();
      for (const canvas of canvases) {
        const { width, height } = canvas;
        // Read from a copy: a canvas that is read often is drawn in another way, and the browser warns of it.
        const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
        copy?.drawImage(canvas, 0, 0);
        const { data = [] } = copy?.getImageData(0, 0, width, height) ?? {};
        for (let at = 0; at < data.length; at += 4) {
          if (data[at + 3] !== 255) continue;
          const colour = data.slice(at, at + 3).join();
          counts.set(colour, (counts.get(colour) ?? 0) + 1);
        }
      }
      return [...counts]
        .sort(([, a], [, b]) => b - a)
        .slice(0, 3)
        .map(([colour]) => colour);
    });
  await expect.poll(async () => (await colours()).length).toBe(3);
  const light = await colours();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(colours).not.toEqual(light);
  const wide = page.viewportSize() ?? { width: 1280, height: 720 };
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByRole('tablist', { name: 'Sheet' })).toBeVisible();
  // While the page is busy both are put off to the same frame.
  const busy = page.evaluate(() => {
    for (const until = performance.now() + 300; performance.now() < until;);
  });
  await Promise.all([busy, page.emulateMedia({ colorScheme: 'light' }), page.setViewportSize(wide)]);
  await expect.poll(colours).toEqual(light);
});

test('the theme is switched, and stays across a reload', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await open(page);
  await page.keyboard.press('t');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
