/** Stories: what is looked at tells why it happened or what it did, and its remedies are rendered beside the run. */
import type { Page } from '@playwright/test';
import { expect, expectNoAxeViolations, pause, visit as test } from '../support/page.ts';

test.use({ contextOptions: { reducedMotion: 'no-preference' } });

/** Two seconds of few keys, in which slow cache nodes outlive the patience of their callers. */
const ZOMBIES =
  './#/write-through?duration=2s&workload.puts=300/s&workload.gets=900/s&workload.keys=40&workload.sessions=6&client.timeout=200ms&cache.ttl=300ms&cache.timeout=10ms&cache.concurrency=1&fault=cache-1:slow:200@300ms-900ms&fault=cache-2:slow:200@300ms-900ms';

async function openRendered(page: Page, link = ZOMBIES): Promise<void> {
  await page.goto(link);
  await expect(page.getByText(/rendered in/)).toBeVisible({ timeout: 45_000 });
}

const why = (page: Page) => page.getByRole('region', { name: 'Why it happened' });
const what = (page: Page) => page.getByRole('region', { name: 'What it did' });

test('a violation has a place of its own that tells why it happened', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 620 });
  await openRendered(page);
  await page.keyboard.press('v');
  await expect(page.getByRole('main', { name: 'Story' })).toBeVisible();
  await expect(page.getByRole('main', { name: 'The design' })).toBeHidden();
  await expect(why(page).getByRole('heading', { level: 3 }).first()).toBeVisible();
  await expect(why(page).getByRole('group', { name: 'The messages in space and time' })).toBeVisible();
  await expect(why(page).getByRole('region', { name: 'Policy' })).toContainText('call the cache: write');

  // The picture takes its room after the table was drawn: the step that is lit is in sight all the same.
  const step = why(page).getByRole('row').and(page.locator('[aria-current=step]'));
  await expect(step).toBeInViewport({ ratio: 0.9 });

  // However long the log is, the story begins with its reason.
  const reason = why(page)
    .getByRole('heading', { level: 3 })
    .filter({ hasNotText: /^Policy|^What happened/ });
  await expect(reason).toBeInViewport({ ratio: 1 });

  // A line of the log leads the cursor to its moment, and the step that was taken last is lit.
  const line = why(page).getByRole('listitem').getByRole('button').filter({ hasText: 'sends to' }).last();
  await line.click();
  await expect(line).toHaveAttribute('aria-current', 'step');
  await expect(step).toBeInViewport({ ratio: 0.9 });
});

test('a remedy is rendered beside the run, applied by one press, and undone by one step', async ({
  page,
}) => {
  await openRendered(page);
  await page.keyboard.press('v');
  const fix = page.getByRole('region', { name: 'What would take it away' });
  const others = fix.getByRole('list', { name: 'Other remedies' });
  await expect(others).toBeVisible({ timeout: 45_000 });
  const underWay = await others.boundingBox();
  await expect(fix.getByRole('row', { name: /^Own writes not seen \d+ 0$/ })).toBeVisible({
    timeout: 45_000,
  });
  // What is read meanwhile keeps its place when the values come.
  expect((await others.boundingBox())?.y).toBe(underWay?.y);
  // What was tried and does not suffice is said, once it is rendered.
  await expect(fix.getByText(/is not enough alone/).first()).toBeVisible({ timeout: 45_000 });
  const before = page.url();
  await fix.getByRole('button', { name: /^Fix: / }).click();
  await expect(why(page)).toBeHidden();
  await expect(page).not.toHaveURL(before);
  await expect(page.getByRole('button', { name: 'Redo' })).toBeDisabled();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('button', { name: 'Redo' })).toBeEnabled();
});

test('in a low window the picture is where the harm is, however many lanes are above it', async ({
  page,
}) => {
  for (const [width, height] of [
    [1024, 768],
    [1280, 620],
  ] as const) {
    await page.setViewportSize({ width, height });
    await openRendered(page);
    await page.keyboard.press('v');
    await expect(why(page).getByRole('heading', { level: 2 })).toHaveText(/^The store went back/);
    const harm = why(page).locator('path[transform$="scale(1.3)"]');
    await expect(harm).toBeInViewport({ ratio: 1 });
    await page.keyboard.press('Escape');
  }
});

test('the story stands beside the diagram, alone again, and is left by the Escape key', async ({ page }) => {
  await openRendered(page);
  await page.keyboard.press('v');
  await why(page).getByRole('button', { name: 'Show on the diagram' }).click();
  await expect(page.getByRole('main', { name: 'The design' })).toBeVisible();
  await expect(why(page)).toBeVisible();
  await page.keyboard.press('d');
  await expect(page.getByRole('main', { name: 'Story' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(why(page)).toBeHidden();
  await expect(page.getByRole('main', { name: 'The design' })).toBeVisible();
});

test('on a phone a story has all of the sheet, and gives it back when it is left', async ({ page }) => {
  await openRendered(page);
  await page.setViewportSize({ width: 390, height: 844 });
  const smaller = page.getByRole('button', { name: 'Make the sheet smaller' });
  const larger = page.getByRole('button', { name: 'Make the sheet larger' });
  await expect(larger).toBeVisible();
  await page.keyboard.press('v');
  await expect(smaller).toBeVisible();
  await page.keyboard.press('v');
  await page.keyboard.press('Escape');
  await expect(larger).toBeVisible();
  // Whoever had it full before keeps it.
  await larger.press('Enter');
  await page.keyboard.press('v');
  await expect(why(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(why(page)).toBeHidden();
  await expect(smaller).toBeVisible();
});

for (const [width, height, where] of [
  [390, 844, 'on a phone'],
  [1440, 900, 'alone on a wide page'],
] as const)
  test(`whoever opens a story is in it, a few stops from its remedy, and is back where it was left: ${where}`, async ({
    page,
  }) => {
    await openRendered(page);
    await page.setViewportSize({ width, height });
    const play = page.getByRole('button', { name: /^(Play|Pause)$/ });
    await play.focus();
    await page.keyboard.press('v');
    const fix = why(page).getByRole('button', { name: /^Fix: / });
    await expect(fix).toBeVisible({ timeout: 45_000 });
    await expect(why(page)).toBeFocused();
    // After close, key, session if there is one, before, next, and on a wide page the diagram.
    const isThere = () => fix.evaluate((button) => button === document.activeElement);
    let stops = 0;
    while (stops < 7 && !(await isThere())) {
      await page.keyboard.press('Tab');
      stops++;
    }
    await expect(fix).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(why(page)).toBeHidden();
    await expect(play).toBeFocused();
  });

/**
 * Where a mark on its way is, CSS pixels of the window: one that has reached a card gives way to it. A diagram that was
 * away is laid out anew, by little: it is there once it finds the mark in the same place again.
 */
async function aMark(page: Page): Promise<{ x: number; y: number }> {
  const stage = page.getByRole('main', { name: 'The design' }).locator('.react-flow');
  let place: { x: number; y: number } | undefined;
  await expect(async () => {
    const before = place;
    place = await stage.evaluate((element) => {
      const { x, y } = element.getBoundingClientRect();
      const found = window.__throughline
        ?.marks()
        .find((mark) => document.elementFromPoint(x + mark.x, y + mark.y)?.closest('[data-card]') === null);
      return found && { x: x + found.x, y: y + found.y };
    });
    expect(place).toBeDefined();
    expect(place).toEqual(before);
  }).toPass({ timeout: 20_000, intervals: [200] });
  if (place === undefined) throw new Error('no mark is on its way');
  return place;
}

test('any operation under way has a story: from a list, from the next by a key, and from a packet', async ({
  page,
}) => {
  // The least popular key is followed at first, so that to follow another one can be seen.
  await openRendered(page, `${ZOMBIES}&at=500ms&speed=1/1000&key=39`);
  await pause(page);
  await page.getByRole('button', { name: 'Operations under way' }).click();
  const list = page.getByRole('dialog', { name: 'Operations under way' });
  await expect(list.getByRole('listitem').first()).toBeVisible();
  await list.getByRole('listitem').getByRole('button').first().click();
  await expect(what(page).getByRole('heading', { level: 3 }).first()).toBeVisible({ timeout: 20_000 });
  await expect(what(page)).toContainText(/in queues|on links/);
  const title = what(page).getByRole('heading', { level: 2 });
  const before = await title.textContent();
  await page.keyboard.press('o');
  await expect(title).not.toHaveText(before ?? '', { timeout: 20_000 });
  await page.keyboard.press('Escape');

  const mark = await aMark(page);
  await page.mouse.click(mark.x, mark.y);
  await expect(what(page).getByRole('heading', { level: 3 }).first()).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press('Escape');

  // With the other button it is followed at once.
  const other = await aMark(page);
  await page.mouse.click(other.x, other.y, { button: 'right' });
  const menu = page.getByRole('menu', { name: 'This operation' });
  await expectNoAxeViolations(page);
  const item = menu.getByRole('menuitem', { name: /^follow key/ });
  const key = (await item.innerText()).replace('follow ', '');
  expect(key).not.toBe('key 39');
  await item.click();
  await expect(page.getByRole('button', { name: new RegExp(`^Follows ${key}`) })).toBeVisible();
  await page.getByRole('button', { name: 'Operations under way' }).click();
  const whose = list.getByRole('button', { name: /^Follow session/ }).first();
  await whose.click();
  await expect(whose).toHaveAttribute('aria-pressed', 'true');
});

test('play is paused at the first timeout that it comes to, and its story is told', async ({ page }) => {
  await openRendered(page, `${ZOMBIES}&at=250ms&speed=1/10`);
  await pause(page);
  await page.getByRole('button', { name: 'To the start' }).click();
  await page.getByRole('button', { name: 'Stop at the first', exact: true }).click();
  const choice = page.getByRole('checkbox', { name: 'first timeout' });
  await choice.check();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(what(page)).toContainText('stops waiting', { timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await expect(page.getByText(/first timeout, at 0\.\d+/)).toBeVisible();
});
