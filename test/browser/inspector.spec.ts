/** The panel beside the picture: the contract, and every value of the design with what is wrong with it. */
import { expect, visit as test } from '../support/page.ts';
import { change, open, sharedLink, SHORT, unfold } from '../support/shell.ts';

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
      const broken = row
        .getByRole('img', { name: 'broken' })
        .or(row.getByRole('button', { name: /^broken/ }));
      await expect(row.getByText('holds').or(broken)).toBeAttached();
    }
    await expect(board.getByText('/ month')).toBeVisible();
    await expect(board).toContainText(/store \$[\d\u2009]+, transfer \$/);
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

  test('lists what broke a line, and tells the one that is pressed', async ({ page }) => {
    await open(page, `${SHORT}&fault=cache-1:slow:100@200ms-800ms&contract.staleness=100ms`);
    const list = page.getByRole('button', { name: 'broken: list what broke Staleness' });
    await list.press('Enter');
    const listed = page.getByRole('dialog', { name: 'What broke it: Staleness' });
    await expect(listed.getByRole('heading')).toHaveText(/reads were stale for longer than 100\sms$/);
    await expect(listed.getByText(/^The first 40 of \d+, in order of time/)).toBeVisible();
    await expect(listed.getByRole('listitem')).toHaveCount(40);
    const third = listed.getByRole('listitem').nth(2).getByRole('button');
    const said = (await third.textContent()) ?? '';
    await third.press('Enter');
    await expect(listed).toBeHidden();
    const title = page.getByRole('region', { name: 'Why it happened' }).getByRole('heading', { level: 2 });
    await expect(title).toHaveText(/out of date/);
    expect(said).toContain((await title.textContent()) ?? 'no title');
  });

  test('leaves what breaks no line of it to the count of all violations, which lists them by kind', async ({
    page,
  }) => {
    await open(page, `${SHORT}&fault=cache-1:slow:100@200ms-800ms`);
    const button = page.getByRole('button', { name: /list them by kind$/ });
    // The least that a finger is granted (WCAG 2.2, 2.5.8).
    const { width, height } = (await button.boundingBox()) ?? { width: 0, height: 0 };
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
    await button.press('Enter');
    const listed = page.getByRole('dialog', { name: 'Violations, by kind' });
    const kind = listed.getByRole('button', { name: /not committed yet$/ });
    await expect(listed.getByRole('listitem')).toHaveCount(0);
    await kind.press('Enter');
    await expect(kind).toHaveAttribute('aria-expanded', 'true');
    const count = Number(/\d+/.exec(((await kind.textContent()) ?? '').replace(/\s/g, ''))?.[0]);
    await expect(listed.getByRole('listitem')).toHaveCount(Math.min(40, count));
    await listed.getByRole('listitem').first().getByRole('button').press('Enter');
    await expect(listed).toBeHidden();
    const title = page.getByRole('region', { name: 'Why it happened' }).getByRole('heading', { level: 2 });
    await expect(title).toHaveText(/when it was not committed yet$/);
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

  test('says of a fault that begins after the run has ended that it does', async ({ page }) => {
    await open(page, `${SHORT}&fault=cache-1:slow:20@2s&fault=cache-1:crash@1.9s`);
    await page.locator('[data-card="cache-1"] > button').first().click();
    const note = 'begins after the run has ended';
    await expect(page.getByRole('group', { name: 'cache-1 slow' })).toContainText(note);
    await expect(page.getByRole('group', { name: 'cache-1 crash' })).not.toContainText(note);
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
