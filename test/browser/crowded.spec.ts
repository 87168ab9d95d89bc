/** The diagram where room is short: on a page of 1024 pixels, and with as many nodes as there can be. */
import { card, MOMENT, openAt } from '../support/diagram.ts';
import { boxOf, expect, visit as test } from '../support/page.ts';

test.use({ viewport: { width: 1024, height: 768 } });

test('on a page of 1024 pixels all marks are named whomever the picture follows, and a flag cuts nothing off', async ({
  page,
}) => {
  await page.goto(
    './#/write-through?duration=1s&at=500ms&key=123456&session=724&remark=shard-1:look&remark=cache-1:here&fault=cache-1:crash@400ms-900ms&speed=1/1000',
  );
  await expect(card(page, 'shard-1').getByRole('button', { name: /^Remark on shard-1/ })).toBeVisible();
  const needs = card(page, 'shard-1').getByText('w 2 of 3', { exact: true });
  await expect(needs).toBeVisible();
  const cut = ({ parentElement: all }: Element) => all !== null && all.scrollWidth > all.clientWidth;
  expect(await needs.evaluate(cut)).toBe(false);
  expect(
    await page.getByText('shards × 3 replicas').evaluate((head) => head.scrollWidth - head.clientWidth),
  ).toBe(0);
  // As wide as any that is written there; a fraction of a pixel too much and it ends in dots.
  const rate = card(page, 'clients').locator('[data-slot="gets"]');
  const room = (value: Element) => {
    value.textContent = '26.4k/s';
    const words = document.createRange();
    words.selectNodeContents(value);
    return value.getBoundingClientRect().width - words.getBoundingClientRect().width;
  };
  expect(await rate.evaluate(room)).toBeGreaterThan(0);
  const mark = page.getByRole('main', { name: 'The design' }).getByRole('listitem').getByText('timeout');
  await expect(mark).toBeInViewport({ ratio: 1 });
  // Narrower than that there is the way to all of them instead.
  await page.setViewportSize({ width: 960, height: 768 });
  await expect(mark).toBeHidden();
  await expect(page.getByRole('button', { name: 'Marks', exact: true })).toBeVisible();
  // Beside a flag there is room for what is wrong, or for the zone.
  await page.setViewportSize({ width: 1440, height: 900 });
  const state = card(page, 'cache-1').locator('[data-slot="state"]');
  await expect(state).toHaveText(/^down, back in/);
  expect(await state.evaluate((each) => each.scrollWidth - each.clientWidth)).toBe(0);
});

test('a card that the window gives more room has its values in the rows that come with it', async ({
  page,
}) => {
  await openAt(page, MOMENT);
  const entries = card(page, 'cache-1').locator('[data-slot="entries"]');
  await expect(card(page, 'cache-1').locator('[data-slot="waiting"]')).toHaveText(/\d/);
  await expect(entries).toHaveCount(0);
  await page.setViewportSize({ width: 1024, height: 1400 });
  await expect(entries).toHaveText(/\d/);
});

test('with as many nodes as there can be heads stay apart, queues stand in one column, and figures are legible and whole', async ({
  page,
}) => {
  await openAt(
    page,
    'write-through?duration=1s&app.nodes=16&cache.nodes=16&store.shards=16&at=500ms&speed=1/1000',
  );
  const kind = await boxOf(page.getByText('× cache.large', { exact: true }));
  // The head of the store begins where its cards do.
  expect(kind.right).toBeLessThan((await boxOf(card(page, 'shard-1'))).x);
  const [one, last] = [card(page, 'cache-1'), card(page, 'cache-16')];
  const [strip, queue] = [await boxOf(one.locator(STRIP)), await boxOf(last.locator(STRIP))];
  expect(Math.abs(queue.x - strip.x)).toBeLessThan(1);
  const hits = await boxOf(last.locator('[data-slot="hits"]'));
  const whole = await boxOf(last);
  expect(hits.x).toBeGreaterThan(queue.right);
  expect(hits.right).toBeLessThan(whole.right);
  const size = (name: HTMLElement) =>
    (Number.parseFloat(getComputedStyle(name).fontSize) * name.getBoundingClientRect().height) /
    name.offsetHeight;
  expect(await last.getByText('cache-16').evaluate(size)).toBeGreaterThan(10);
});

test('a card of one line says what is wrong with its node, and has a strip for its queue beside it', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openAt(
    page,
    'write-through?duration=1s&app.nodes=16&cache.nodes=16&at=500ms&speed=1/1000&fault=cache-3:slow:20@100ms',
  );
  const hurt = card(page, 'cache-3');
  const state = hurt.locator('[data-slot="state"]');
  await expect(state).toContainText('slow ×20');
  const [whole, said, strip] = [await boxOf(hurt), await boxOf(state), await boxOf(hurt.locator(STRIP))];
  expect(strip.x).toBeGreaterThanOrEqual(said.right);
  expect(strip.width).toBeGreaterThanOrEqual(32);
  expect(strip.right).toBeLessThan(whole.right);
});

/** How much of what is wrong with a node its card shows. */
const told = (state: HTMLElement): 'whole' | 'in brief' | 'cut' => {
  const whole = document.createRange();
  whole.selectNodeContents(state);
  if (whole.getBoundingClientRect().top < state.getBoundingClientRect().bottom) return 'whole';
  const brief = document.createElement('span');
  brief.textContent = state.dataset['brief'] ?? '';
  brief.className = state.className;
  brief.style.cssText = 'position: absolute; width: max-content';
  state.after(brief);
  const fits = brief.offsetWidth <= Math.ceil(state.getBoundingClientRect().width);
  brief.remove();
  return fits ? 'in brief' : 'cut';
};

test('what is wrong with a node is said whole, or in brief where that has no room, and the zone gives way to it', async ({
  page,
}) => {
  await openAt(
    page,
    `write-through?duration=1s&at=500ms&speed=1/1000${['app-2:crash', 'cache-1:crash', 'cache-2:pause']
      .map((fault) => `&fault=${fault}@100ms-900ms`)
      .join('')}`,
  );
  for (const [width, height, how] of [
    [1440, 900, 'whole'],
    [1024, 768, 'in brief'],
    [390, 844, 'in brief'],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const name of ['app-2', 'cache-1', 'cache-2']) {
      const state = card(page, name).locator('[data-slot="state"]');
      await expect(state).toHaveText(/back in/);
      await expect.poll(() => state.evaluate(told), `${name} at ${width}`).toBe(how);
    }
  }
});

test('beside the flag of a remark the quick faults that have room leave the name of their card clear', async ({
  page,
}) => {
  const names = ['app-2', 'cache-1', 'shard-1'] as const;
  const link = `write-through?duration=1s&at=500ms&speed=1/1000${names.map((name) => `&remark=${name}:look`).join('')}`;
  await openAt(page, link);
  for (const [width, height, here] of [
    [1440, 900, { 'app-2': '…', 'cache-1': 'slow crash', 'shard-1': 'slow crash' }],
    [1024, 768, { 'app-2': '', 'cache-1': '…', 'shard-1': '…' }],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const name of names) {
      await card(page, name).hover();
      const quick = card(page, name).locator('[data-quick]');
      await expect(quick.locator('button:visible'), `${name} at ${width}`).toHaveText(
        here[name].split(' ').filter((word) => word !== ''),
      );
      if (here[name] === '') continue;
      const said = await boxOf(card(page, name).getByText(name, { exact: true }).first());
      expect((await boxOf(quick)).x).toBeGreaterThanOrEqual(said.right);
    }
  }
});

const STRIP = '[data-slot="strip"]';
