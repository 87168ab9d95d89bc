/**
 * A visit from a link to a link: what a person who has never been here does, in that order. The page comes up moving;
 * a cache node is slowed and a leader killed, and both can be seen; time is scrubbed and comes back the same; the link
 * that is sent shows a colleague, and the command line, the same run; what goes wrong loses nothing.
 */
import { execFileSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import { card } from '../support/diagram.ts';
import { expect, visit as test, watchPage } from '../support/page.ts';

test.use({ contextOptions: { reducedMotion: 'no-preference' } });

const digest = (page: Page) => page.evaluate(() => window.__throughline?.digest());
const playhead = (page: Page) => page.getByRole('slider', { name: 'Playhead' });

/** The run is rendered to its end, and the messages of the moment are there. */
async function settled(page: Page): Promise<void> {
  await expect(page.getByText(/rendered in/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/every hop drawn|1 in \d+ drawn/)).toBeVisible({ timeout: 60_000 });
}

/** Opens a link and stands still at its moment, whatever the time that opening took. */
async function openAt(page: Page, fragment: string, seconds: number): Promise<void> {
  await page.goto(`./#/${fragment}`);
  await settled(page);
  await goTo(page, seconds);
}

/** Moves the playhead to a whole tenth of a second, as keys do, which stop play. */
async function goTo(page: Page, seconds: number): Promise<void> {
  await playhead(page).focus();
  await page.keyboard.press('Home');
  for (let i = 0; i < Math.floor(seconds); i++) await page.keyboard.press('Shift+ArrowRight');
  for (let i = 0; i < Math.round((seconds % 1) * 10); i++) await page.keyboard.press('Shift+.');
  await expect(playhead(page)).toHaveAttribute(
    'aria-valuetext',
    new RegExp(`^${seconds.toFixed(3)} seconds`),
  );
  await settled(page);
}

/** A value of the legend at the playhead, in its unit's smallest: milliseconds, or operations per second. */
async function legend(page: Page, name: string): Promise<number> {
  const entry = page
    .getByRole('region', { name: 'Timeline' })
    .getByRole('option')
    .filter({ has: page.locator('span', { hasText: new RegExp(`^${name}$`) }) });
  const text = ((await entry.locator('b').textContent()) ?? '').replace(/[\s\u2009]/g, '');
  const [, digits = 'NaN', unit = ''] = /^([\d.]+)(\D.*)$/.exec(text) ?? [];
  const inMs = { s: 1000, ms: 1, µs: 0.001, '/s': 1 }[unit];
  return Number(digits) * (inMs ?? Number.NaN);
}

interface Shared {
  readonly link: string;
  readonly digest: string;
}

/** What Share says, once the run is rendered. */
async function share(page: Page): Promise<Shared> {
  await settled(page);
  await page.getByRole('button', { name: 'Share' }).click();
  const link = await page.getByLabel('Link to this moment', { exact: true }).inputValue();
  const of = page.locator('output', { hasText: /^[0-9a-f]{16}$/ });
  const shared = { link, digest: (await of.textContent()) ?? '' };
  await page.keyboard.press('Escape');
  return shared;
}

// The first one of the file, whose page nothing was opened on before.
test('a link, opened cold, is a picture that moves, with nothing pressed', async ({ page }) => {
  await page.goto('./#/write-through?at=12.34s&speed=1/100');
  await expect(page.getByText(/every hop drawn, [1-9]/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('button', { name: /^Pause/ })).toBeVisible();
  const first = await digest(page);
  await expect.poll(() => digest(page)).not.toBe(first);
  const at = await playhead(page).getAttribute('aria-valuenow');
  expect(Number(at)).toBeGreaterThanOrEqual(12.34);
});

test('slowing cache-1 at the playhead raises the p99 of PUTs, and its callers fall back on the store', async ({
  page,
}) => {
  await openAt(page, 'write-through?duration=8s', 2);
  const before = { p99: await legend(page, 'PUT p99'), late: await legend(page, 'cache calls timed out') };
  expect(before.late).toBe(0);
  await card(page, 'cache-1').hover();
  await page.getByRole('button', { name: 'Slow cache-1 here and now' }).click();
  await expect(page.getByRole('banner').getByRole('status')).toContainText('cache-1 slow');
  await expect(card(page, 'cache-1')).toContainText('slow ×20');
  await settled(page);
  await goTo(page, 5);
  expect(await legend(page, 'PUT p99')).toBeGreaterThan(before.p99 * 2);
  expect(await legend(page, 'cache calls timed out')).toBeGreaterThan(0);
  // The app's own way to the store, which only a fallback takes under this policy.
  const straight = async () =>
    (await page.getByText('straight to the store').locator('..').textContent()) ?? '';
  await expect.poll(straight).toMatch(/[1-9]/);
  // What was before is one key away, and shows again.
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('group', { name: 'Faults' }).getByRole('button')).toHaveCount(0);
  await settled(page);
  await goTo(page, 2);
  expect(await legend(page, 'PUT p99')).toBe(before.p99);
});

test('killing the leader of shard-1 leaves it without one until another is elected; shard-2 notices nothing', async ({
  page,
}) => {
  await openAt(page, 'write-through?duration=6s&store.failover=2s', 1);
  const shard = page.getByRole('button', { name: /^shard-1,/ });
  await expect(shard).toHaveAttribute('aria-label', /replica-1 leads/);
  await card(page, 'shard-1').hover();
  await page.getByRole('button', { name: 'Crash shard-1.leader here and now' }).click();
  await settled(page);
  await goTo(page, 2);
  await expect(shard).toHaveAttribute('aria-label', /no leader.*replica-1 down/);
  await goTo(page, 4);
  await expect(shard).toHaveAttribute('aria-label', /replica-[23] leads.*replica-1 down/);
  await expect(page.getByRole('button', { name: /^shard-2,/ })).toHaveAttribute(
    'aria-label',
    /^shard-2, replica-1 leads$/,
  );
});

test('scrubbing away and back finds the same picture', async ({ page }) => {
  await openAt(page, 'write-through?duration=8s&speed=1/1000&fault=cache-1:slow:20@1s-5s', 3);
  const here = await digest(page);
  await goTo(page, 6.5);
  await expect.poll(() => digest(page)).not.toBe(here);
  await goTo(page, 3);
  await expect.poll(() => digest(page)).toBe(here);
});

test('the link that is shared is the same run in a fresh profile and on the command line', async ({
  page,
  browser,
}) => {
  await openAt(page, 'write-through?duration=3s&cache.ttl=2s', 1);
  await card(page, 'cache-1').hover();
  await page.getByRole('button', { name: 'Slow cache-1 here and now' }).click();
  const sent = await share(page);
  expect(sent.link).toContain('fault=cache-1:slow:20@1s-9s');
  expect(sent.link).toContain('at=1s');

  const profile = await browser.newContext();
  const fresh = await profile.newPage();
  const troubles = watchPage(fresh);
  await fresh.goto(sent.link);
  const received = await share(fresh);
  expect(received.digest).toBe(sent.digest);
  expect(troubles).toEqual([]);
  await profile.close();

  const design = sent.link.slice(sent.link.indexOf('#'));
  const printed = execFileSync('npm', ['run', '-s', 'throughline', '--', 'run', design, '--json'], {
    encoding: 'utf8',
  });
  expect(JSON.parse(printed)).toMatchObject({ digest: sent.digest });
});

test('a broken link in the address bar loses nothing of what was open', async ({ page }) => {
  await openAt(page, 'look-aside?duration=2s&cache.ttl=3s', 1);
  const mine = (await share(page)).link;
  await page.goto('./#/%%%not-a-link');
  const problems = page.getByRole('alert', { name: 'Problems of what was opened' });
  await expect(problems).toBeVisible();
  await expect(page.getByRole('radio', { name: 'look-aside' })).toBeChecked();
  await problems.getByRole('button', { name: 'Dismiss' }).click();
  expect((await share(page)).link).toBe(mine);
});

test('of several problems of a link one is mended, and the others stay on the list', async ({ page }) => {
  await page.goto('./#/look-aside?duration=2s&cache.ttl=3sec&cache.nodes=99');
  const problems = page.getByRole('alert', { name: 'Problems of what was opened' });
  await problems.getByRole('button', { name: '3s' }).click();
  await expect(problems).not.toContainText('cache.ttl');
  await expect(problems).toContainText('cache.nodes=99');
  await problems.getByRole('button', { name: '16' }).click();
  await expect(problems).toBeHidden();
  const { link } = await share(page);
  expect(link).toContain('cache.nodes=16');
  expect(link).toContain('cache.ttl=3s');
});

test('a fault that is added at the end of the run begins before it, and the page says so', async ({
  page,
}) => {
  await openAt(page, 'write-through?duration=2s', 1);
  await playhead(page).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('f');
  await expect(page.getByText(/The run ends at 2\.000.*the fault begins at 1\.000/)).toBeVisible();
  await expect(playhead(page)).toHaveAttribute('aria-valuetext', /^1\.000 seconds/);
});

test('the playhead says the queue of what is selected', async ({ page }) => {
  await openAt(page, 'write-through?duration=4s&fault=cache-1:slow:40@500ms-3s', 2);
  await card(page, 'cache-1').locator('> button').first().click();
  await expect(playhead(page)).toHaveAttribute('aria-valuetext', /^2\.000 seconds, queue of cache-1: [1-9]/);
  await page.keyboard.press('Escape');
  await expect(playhead(page)).toHaveAttribute('aria-valuetext', '2.000 seconds');
});

test('while a run is rendered again the board awaits its numbers beside those of the one before', async ({
  page,
}) => {
  await openAt(page, 'write-through?duration=6s', 1);
  const row = page
    .getByRole('region', { name: 'Contract', exact: true })
    .getByRole('row', { name: 'PUT p99' });
  await expect(row).toContainText('holds');
  /** Notes every text that the cell shows from now on in an attribute of its row. */
  await row.evaluate((line) => {
    const cell = line.querySelector('td:nth-last-child(2)');
    if (cell === null) throw new Error('no measured cell');
    const seen: string[] = [];
    new MutationObserver(() => {
      // The column of the run before appears in front of it meanwhile; the cell stays the same.
      seen.push(cell.textContent);
      line.setAttribute('data-seen', JSON.stringify(seen));
    }).observe(cell, { childList: true, characterData: true, subtree: true });
  });
  await card(page, 'cache-1').hover();
  await page.getByRole('button', { name: 'Slow cache-1 here and now' }).click();
  // The column of the run before says it in its own place.
  await expect(row).toHaveAttribute('data-seen', /being rendered/);
  await settled(page);
  await expect(row.getByRole('cell').last()).not.toBeEmpty();
  expect(await row.getAttribute('data-seen')).not.toContain('"\u2013"');
});

test('meanwhile the cost is that of the run before, and says so in a quieter ink', async ({ page }) => {
  await openAt(page, 'write-through?duration=6s', 1);
  const cost = page
    .getByRole('region', { name: 'Contract', exact: true })
    .getByRole('button', { name: /month$/ });
  await expect(cost).toBeVisible();
  const inkOf = () => cost.evaluate((total) => getComputedStyle(total).color);
  const ink = await inkOf();
  /** Notes in which inks it is of the run before from now on. */
  await cost.evaluate((total) => {
    const line = total.closest('div');
    if (line === null) throw new Error('no line of the cost');
    new MutationObserver(() => {
      if (line.textContent.includes('of the run before'))
        document.body.dataset['quiet'] = getComputedStyle(total).color;
    }).observe(line, { childList: true, attributes: true, subtree: true });
  });
  await card(page, 'cache-1').hover();
  await page.getByRole('button', { name: 'Slow cache-1 here and now' }).click();
  await expect(page.locator('body')).toHaveAttribute('data-quiet', /rgb/);
  await settled(page);
  await expect.poll(inkOf).toBe(ink);
  expect(await page.locator('body').getAttribute('data-quiet')).not.toBe(ink);
});

test('once a field is applied, undo and redo are the page\u2019s, wherever the focus is', async ({
  page,
}) => {
  await openAt(page, 'write-through?duration=2s', 1);
  await page.locator('summary', { hasText: 'Cache' }).click();
  const [ttl, nodes] = [
    page.getByLabel('cache TTL', { exact: true }),
    page.getByLabel('cache nodes', { exact: true }),
  ];
  await ttl.fill('3s');
  await ttl.press('Enter');
  await nodes.fill('3');
  await nodes.press('Enter');
  await nodes.press('Control+z');
  await expect(nodes).toHaveValue('2');
  await nodes.press('Control+z');
  await expect(ttl).toHaveValue('5\u2009s');
  await nodes.press('Control+Shift+z');
  await nodes.press('Control+Shift+z');
  await expect(nodes).toHaveValue('3');
  // What was typed and not applied is taken back first, and nothing else.
  await nodes.fill('4');
  await nodes.press('Control+z');
  await expect(nodes).toHaveValue('3');
  expect((await share(page)).link).toContain('cache.nodes=3&cache.ttl=3s');
});
