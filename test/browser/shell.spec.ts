/** The page around the picture: policies, contract, inspector, history, sharing, files, keys, and what goes wrong. */
import type { Page } from '@playwright/test';
import { expect, killEngine, visit as test } from '../support/page.ts';

/** A short run, so that waiting for all of it costs little. */
const SHORT = './#/write-through?duration=2s';

async function open(page: Page, address = SHORT): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole('radiogroup', { name: 'Policy' })).toBeVisible();
}

/** Opens a group of the inspector, unless the test before left it open. */
async function unfold(page: Page, name: string): Promise<void> {
  const group = page.locator('details', { has: page.locator('summary', { hasText: name }) });
  if ((await group.getAttribute('open')) === null) await group.locator('summary').click();
}

/** The fragment of the link that Share gives, without the moment. */
async function sharedLink(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share' }).click();
  const link = await page.getByLabel('Link to this moment', { exact: true }).inputValue();
  await page.keyboard.press('Escape');
  return link.replace(/^.*#/, '').replace(/&?(at|speed|run)=[^&]*/g, '');
}

const change = (page: Page) => page.getByRole('banner').getByRole('status');

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

test.describe('the contract board', () => {
  test('judges every line once the run is over', async ({ page }) => {
    await open(page);
    const board = page.getByRole('region', { name: 'Contract', exact: true });
    await expect(board.getByText(/\d of 6 hold/)).toBeVisible();
    for (const line of [
      'GET p99',
      'PUT p99',
      'Staleness',
      'Data loss (RPO)',
      'Availability',
      'Read your writes',
    ]) {
      const row = board.getByRole('row', { name: line });
      await expect(row.getByText(/holds|\d/).first()).toBeVisible();
    }
    await expect(board.getByText('/ month')).toBeVisible();
  });

  test('says so where nothing was measured', async ({ page }) => {
    await open(page, `${SHORT}&workload.puts=0/s&workload.gets=0/s`);
    const board = page.getByRole('region', { name: 'Contract', exact: true });
    await expect(board.getByText('nothing was measured')).toBeVisible();
    await expect(board.getByText('not measured', { exact: true })).toHaveCount(6);
    await expect(board.getByText('holds')).toHaveCount(0);
  });

  test('a promise is edited in place, and its line is judged anew', async ({ page }) => {
    await open(page);
    const board = page.getByRole('region', { name: 'Contract', exact: true });
    const row = board.getByRole('row', { name: 'PUT p99' });
    await expect(row.getByText('holds')).toBeAttached();
    const required = page.getByLabel('PUT p99, required');
    await required.fill('1 ms');
    await required.press('Enter');
    await expect(row.getByRole('img', { name: 'broken' })).toBeVisible();
    expect(await sharedLink(page)).toContain('contract.putP99=1ms');
  });
});

test.describe('the inspector', () => {
  test('edits a value with its unit, marks it, and resets it', async ({ page }) => {
    await open(page);
    await unfold(page, 'Cache');
    const timeout = page.getByLabel('cache timeout', { exact: true });
    await timeout.fill('12ms');
    await timeout.press('Enter');
    await expect(change(page)).toHaveText(/cache timeout\s*20\s*ms\s*12\s*ms/);
    await page.getByRole('button', { name: /Reset cache timeout/ }).click();
    expect(await sharedLink(page)).toBe('/write-through?duration=2s');
  });

  test('makes the fields of a group once it is opened', async ({ page }) => {
    await open(page);
    const group = page.locator('details', { has: page.locator('summary', { hasText: 'Network' }) });
    await expect(group).toBeVisible();
    // The first picture waits for all that is made.
    await expect(group.locator('input, select')).toHaveCount(0);
    await group.locator('summary').click();
    await expect(group.getByRole('textbox').first()).toBeVisible();
  });

  test('says what is wrong with a value, and offers the nearest', async ({ page }) => {
    await open(page);
    await unfold(page, 'Cache');
    const ttl = page.getByLabel('cache TTL', { exact: true });
    await ttl.fill('3sec');
    await ttl.press('Enter');
    await expect(ttl).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByRole('alert')).toContainText('unknown unit');
    await page.getByRole('alert').getByRole('button', { name: '3s' }).click();
    await expect(ttl).toHaveValue('3\u2009s');
    expect(await sharedLink(page)).toContain('cache.ttl=3s');
  });

  test('brings what is wrong with a value into sight, however low its field stands', async ({ page }) => {
    await page.setViewportSize({ width: 1024, height: 768 });
    await open(page);
    await unfold(page, 'Cache');
    const ttl = page.getByLabel('cache TTL', { exact: true });
    await ttl.fill('3sec');
    await ttl.press('Enter');
    await expect(page.getByRole('alert')).toBeInViewport({ ratio: 0.99 });
  });

  test('does not cover the next field with what is wrong in the one before', async ({ page }) => {
    await open(page);
    await unfold(page, 'Cache');
    const ttl = page.getByLabel('cache TTL', { exact: true });
    await ttl.fill('3sec');
    await ttl.press('Tab');
    const [told, next] = await Promise.all(
      [page.getByRole('alert'), page.locator(':focus')].map((part) => part.boundingBox()),
    );
    expect(next?.y).toBeGreaterThanOrEqual((told?.y ?? Infinity) + (told?.height ?? 0));
    await expect(page.getByRole('alert')).toBeInViewport({ ratio: 0.99 });
  });

  test('nor one of a fault, nor one of the contract', async ({ page }) => {
    await open(page, `${SHORT}&fault=cache-1:slow:20@0.5s-1s&fault=cache-2:slow:20@0.5s-1s`);
    const below = page.getByLabel('cache-2 slow, factor');
    await page.getByLabel('cache-1 slow, factor').fill('x');
    await below.focus();
    await expect(page.getByRole('alert').filter({ hasText: 'Not a number' })).toBeVisible();
    await below.click({ trial: true });
    await page.getByLabel('cache-1 slow, factor').fill('20');
    await page.getByLabel('GET p99, required').fill('much');
    const next = page.getByLabel('PUT p99, required');
    await next.focus();
    const wrong = page.getByRole('alert').filter({ hasText: 'Not a duration' });
    await expect(wrong).toBeVisible();
    await next.click({ trial: true });
    const [told, row] = await Promise.all([wrong, next].map((part) => part.boundingBox()));
    expect(row?.y).toBeGreaterThanOrEqual((told?.y ?? Infinity) + (told?.height ?? 0));
  });

  test('edits the faults of what is selected', async ({ page }) => {
    await open(page, `${SHORT}&fault=cache-1:slow:20@0.5s-1s`);
    // The card's own button: the inspector has one of that name too, and is there before the diagram.
    await page.locator('[data-card="cache-1"] > button').first().click();
    const inspector = page.getByRole('region', { name: 'Inspector' });
    await expect(inspector.getByRole('heading', { name: 'cache-1' })).toBeVisible();
    const factor = inspector.getByLabel('cache-1 slow, factor');
    await factor.fill('50');
    await factor.press('Enter');
    expect(await sharedLink(page)).toContain('fault=cache-1:slow:50@500ms-1s');
    await inspector.getByRole('button', { name: 'crash cache-1 at the playhead' }).click();
    expect(await sharedLink(page)).toContain('fault=cache-1:crash@');
    await inspector.getByRole('button', { name: 'Remove: cache-1 slow' }).click();
    expect(await sharedLink(page)).not.toContain('slow');
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
