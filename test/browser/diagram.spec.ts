/**
 * The diagram of the design in a real browser: it is there, and everything that can be done to a node can be done with
 * the pointer and with the keyboard alone.
 */
import type { Locator } from '@playwright/test';
import { button, card, MOMENT, openAt } from '../support/diagram.ts';
import { expect, visit as test } from '../support/page.ts';

test.use({ contextOptions: { reducedMotion: 'no-preference' } });

test('every node of the design has its card, in the order of the tiers', async ({ page }) => {
  await openAt(page, MOMENT);
  const names = await page
    .locator('[data-card]')
    .evaluateAll((cards) => cards.map((each) => each.getAttribute('data-card')));
  expect(names).toEqual([
    'clients',
    'app-1',
    'app-2',
    'app-3',
    'app-4',
    'cache-1',
    'cache-2',
    'shard-1',
    'shard-2',
    'corridor',
  ]);
  await expect(card(page, 'cache-1')).toContainText('hit ratio');
  await expect(card(page, 'shard-1')).toContainText('leads');
});

test('a click selects, a right click opens the menu, and its first item is a fault here and now', async ({
  page,
}) => {
  await openAt(page, MOMENT);
  await button(page, 'cache-1').click();
  await expect(button(page, 'cache-1')).toHaveAttribute('aria-pressed', 'true');
  await button(page, 'cache-1').click({ button: 'right' });
  const menu = page.getByRole('menu', { name: 'cache-1, here and now' });
  await expect(menu).toBeVisible();
  await menu.getByRole('menuitem', { name: /^slow/ }).click();
  await expect(menu).toBeHidden();
  await expect(card(page, 'cache-1')).toContainText('slow ×20');
  await expect(card(page, 'cache-1')).toHaveAttribute('data-hurt', '');
  await page.keyboard.press('Control+z');
  await expect(card(page, 'cache-1')).not.toContainText('slow ×20');
  await expect(card(page, 'cache-1')).not.toHaveAttribute('data-hurt', '');
});

test('the menu works with keys alone and gives the focus back', async ({ page }) => {
  await openAt(page, MOMENT);
  await button(page, 'cache-2').focus();
  await page.keyboard.press('Enter');
  const menu = page.getByRole('menu', { name: 'cache-2, here and now' });
  await expect(menu.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(menu.getByRole('menuitem').nth(1)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(button(page, 'cache-2')).toBeFocused();
});

test('quick faults hide nothing of a card that keys are on, and are seen one Tab further', async ({
  page,
}) => {
  await openAt(page, 'write-through?duration=2s&fault=cache-1:slow:20@500ms-1500ms&at=1s&speed=1/1000');
  await page.mouse.move(0, 0);
  await button(page, 'cache-1').focus();
  const state = card(page, 'cache-1').locator('[data-slot="state"]');
  const quick = page.getByRole('button', { name: 'Slow cache-1 here and now' });
  const drawn = quick.locator('..');
  await expect(state).toHaveText(/^slow/);
  await expect(state).toHaveCSS('visibility', 'visible');
  await expect(drawn).toHaveCSS('opacity', '0');
  await page.keyboard.press('Tab');
  await expect(quick).toBeFocused();
  await expect(drawn).toHaveCSS('opacity', '1');
  await page.keyboard.press('Shift+Tab');
  await expect(drawn).toHaveCSS('opacity', '0');
});

test('one click crashes the leader of a shard: its dot is dashed, its numbers are dashes, and another one leads', async ({
  page,
}) => {
  await openAt(page, 'write-through?duration=6s&at=2s&speed=1/100');
  await card(page, 'shard-1').hover();
  await card(page, 'shard-1').getByRole('button', { name: 'Crash shard-1.leader here and now' }).click();
  await expect(card(page, 'shard-1')).toContainText('down, back in');
  await expect(card(page, 'shard-1')).toContainText('no leader');
  for (let i = 0; i < 25; i++) await page.keyboard.press('Shift+.');
  await expect(card(page, 'shard-1')).not.toContainText('no leader');
  await expect(card(page, 'shard-1')).toContainText('leads');
});

test('a card can be dragged, its wires follow, and undo puts it back', async ({ page }) => {
  await openAt(page, MOMENT);
  const wire = page.locator('[data-id="clients>app-1"] path').first();
  const before = { box: await card(page, 'app-1').boundingBox(), path: await wire.getAttribute('d') };
  const { x, y } = before.box ?? { x: 0, y: 0 };
  await page.mouse.move(x + 60, y + 70);
  await page.mouse.down();
  await page.mouse.move(x + 80, y + 90, { steps: 4 });
  await page.mouse.move(x + 90, y + 100, { steps: 2 });
  await page.mouse.up();
  await expect.poll(async () => (await card(page, 'app-1').boundingBox())?.x).toBeGreaterThan(x + 20);
  expect(await wire.getAttribute('d')).not.toBe(before.path);
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await card(page, 'app-1').boundingBox())?.x).toBeCloseTo(x, 0);
});

test('links between tiers can be selected and cut', async ({ page }) => {
  await openAt(page, MOMENT);
  const link = page.getByRole('button', { name: 'app-cache', exact: true });
  await link.focus();
  await page.keyboard.press('Enter');
  await page
    .getByRole('menu', { name: 'app-cache, here and now' })
    .getByRole('menuitem', { name: /^delay/ })
    .click();
  await expect(page.getByRole('button', { name: /^app-cache \+/ })).toBeVisible();
});

test('the heads of the tiers and the rail of a shard change how many there are, up to the limit', async ({
  page,
}) => {
  await openAt(page, 'write-through?duration=1s&store.rf=6&at=500ms&speed=1/1000');
  await page.getByRole('button', { name: 'One more cache node' }).click();
  await expect(card(page, 'cache-3')).toBeVisible();
  const fewer = page.getByRole('button', { name: 'One fewer shard' });
  await fewer.focus();
  await page.keyboard.press('Enter');
  await expect(card(page, 'shard-2')).toHaveCount(0);
  await expect(fewer).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The last shard stays.')).toBeVisible();
  const more = card(page, 'shard-1').getByRole('button', { name: 'One more replica of each shard' });
  await card(page, 'shard-1').hover();
  await more.click();
  await expect(card(page, 'shard-1')).toContainText('writes need 2 of 7');
  await more.click({ force: true });
  await expect(page.getByText('7 of 7: there can be no further replica of each shard.')).toBeVisible();
});

test('a word on a card is explained where the pointer rests, and by the keyboard beside its field', async ({
  page,
}) => {
  await openAt(page, 'write-through?duration=1s&at=500ms&speed=1/1000');
  const line = page.getByRole('tooltip');
  await card(page, 'cache-1').getByText('hit ratio').hover();
  await expect(line).toHaveText('Share of lookups that found a live entry in the cache.');
  await card(page, 'cache-1').getByText('hit ratio').click();
  await expect(line).toBeHidden();
  await expect(button(page, 'cache-1')).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('textbox', { name: 'cache timeout' }).focus();
  await expect(line).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(line).toBeHidden();
});

test('a key and a session can be followed, and the link says whom', async ({ page }) => {
  await openAt(page, MOMENT);
  await page.getByRole('button', { name: 'Follows key 0' }).click();
  await page.getByRole('textbox', { name: 'key that is followed' }).fill('12');
  await page.getByRole('textbox', { name: 'session that is followed' }).fill('1000');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/not among the sessions/i)).toBeVisible();
  await page.getByRole('textbox', { name: 'session that is followed' }).fill('417');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Follows key 12 and session 417' })).toBeVisible();
  await expect(card(page, 'cache-1').or(card(page, 'cache-2')).getByText('key 12').first()).toBeVisible();
  await expect.poll(() => page.url()).toMatch(/key=12&session=417$/);
});

test('the time to live of the followed key runs out on the card of its cache node', async ({ page }) => {
  await openAt(page, 'write-through?duration=4s&cache.ttl=3s&at=2s&speed=1/1000');
  const life = card(page, 'cache-2').locator('[data-slot="life"]');
  await expect(life).toHaveText(/^[0-3]\.\d+.s$|ms$/);
  const seconds = async () => Number.parseFloat((await life.textContent()) ?? '');
  const before = await seconds();
  await page.keyboard.press('.');
  await page.keyboard.press('Shift+.');
  await expect.poll(seconds).not.toBe(before);
});

test('an invalidation under versions leaves a tombstone, shown as a round chip', async ({ page }) => {
  await openAt(
    page,
    'look-aside?duration=4s&cache.fencing=version&workload.gets=0/s&workload.readBack=0&at=2s&speed=1/1000',
  );
  await expect(card(page, 'cache-2').locator('[data-slot="chip"]')).toHaveText(/^v\d+ ∅$/);
});

test('a policy without a cache draws none, and the way to the store stays', async ({ page }) => {
  await openAt(page, 'db-only?duration=4s&at=2s&speed=1/1000');
  await expect(card(page, 'cache-1')).toHaveCount(0);
  await expect(card(page, 'shard-2')).toBeVisible();
  await expect(page.getByText(/every hop drawn, [1-9]/)).toBeVisible();
});

test('a table says the same to a screen reader', async ({ page }) => {
  await openAt(page, MOMENT);
  const rows = page.getByRole('table', { name: 'Nodes at the playhead' }).getByRole('row');
  await expect(rows).toHaveCount(1 + 4 + 2 + 6);
  await expect(rows.filter({ hasText: 'shard-1.replica-1' })).toContainText('leads');
  await expect(button(page, 'cache-1')).toHaveAttribute('aria-label', /^cache-1, .*hit ratio/);
});

test('on a narrow screen the tiers follow each other downward', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`./#/${MOMENT}`);
  await expect(page.getByText(/every hop drawn/)).toBeVisible();
  // Cards may still be made anew for the width.
  await expect(async () => {
    const tops = await Promise.all(
      ['clients', 'app-1', 'cache-1', 'shard-1'].map(
        async (name) => (await card(page, name).boundingBox())?.y ?? Number.NaN,
      ),
    );
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
  }).toPass({ timeout: 10_000 });
  const right = await card(page, 'app-4').boundingBox();
  expect((right?.x ?? 0) + (right?.width ?? 0)).toBeLessThanOrEqual(390);
});

test('where colours are forced, bars and what waits too long are still drawn', async ({ page }) => {
  await openAt(page, MOMENT);
  await page.emulateMedia({ forcedColors: 'active' });
  for (const part of [
    card(page, 'cache-1').locator('[data-slot="late"]'),
    card(page, 'shard-1').locator('[data-slot="bar-0"]'),
  ]) {
    await expect(part).toHaveCSS('background-image', /linear-gradient/);
  }
  await page.emulateMedia({ forcedColors: 'none' });
});

test('the hand that adds a replica stands on the middle of its rail', async ({ page }) => {
  await openAt(page, MOMENT);
  await card(page, 'shard-1').hover();
  const hands = card(page, 'shard-1').getByRole('group', { name: /^replica of each shards/ });
  const dot = card(page, 'shard-1').locator('[data-slot="dot-0"]');
  expect(Math.abs((await middleOf(hands)) - (await middleOf(dot)))).toBeLessThan(1);
});

/** Where the middle of something is across the page, pixels. */
async function middleOf(thing: Locator): Promise<number> {
  const box = await thing.boundingBox();
  return (box?.x ?? Number.NaN) + (box?.width ?? 0) / 2;
}

test('a card too narrow for its quick faults has the way to all of them', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.goto('./#/write-through?duration=1s');
  const card = page.locator('[data-card="app-2"]');
  await card.hover();
  await expect(card.locator('[data-quick] button:visible')).toHaveText(['…']);
  await page.getByRole('button', { name: 'Everything that can be done to app-2' }).click();
  await expect(page.getByRole('menu', { name: 'app-2, here and now' })).toBeVisible();
});
