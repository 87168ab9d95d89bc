/**
 * The timeline under real hands: playhead and ruler, faults that are dragged, resized, drawn, deleted and undone, violations
 * that are visited, a window that zooms. The designs are short, so that every run is there soon.
 */
import type { Locator, Page } from '@playwright/test';
import { boxOf, expect, visit as test } from '../support/page.ts';

test.use({ contextOptions: { reducedMotion: 'no-preference' } });

const LINK = './#/write-through?duration=8s&fault=cache-1:slow:20@2s-5s&at=1s';

/** Opens a link and waits until its run is there to the end. */
async function open(page: Page, link = LINK): Promise<void> {
  await page.goto(link);
  await rendered(page);
}

async function rendered(page: Page): Promise<void> {
  await expect(page.getByText(/rendered in/)).toBeVisible({ timeout: 45_000 });
}

const playhead = (page: Page): Locator => page.getByRole('slider', { name: 'Playhead' });
const lane = (page: Page): Locator => page.getByRole('group', { name: 'Faults' });

/** At a speed at which play needs no other window for most of a minute, and the window at the playhead is there. */
async function openSlowly(page: Page, link = LINK): Promise<void> {
  await open(page, `${link}&speed=1/1000`);
  await expect(page.getByText('every hop drawn')).toBeVisible();
}

/** Counts the windows of detail that the page asks its engine for, from now on. */
async function countDetails(page: Page): Promise<() => Promise<number>> {
  const asked = await page.evaluateHandle(() => {
    const types: string[] = [];
    const send = Object.getOwnPropertyDescriptor(Worker.prototype, 'postMessage')
      ?.value as Worker['postMessage'];
    Worker.prototype.postMessage = function (this: Worker, message: { type: string }) {
      types.push(message.type);
      send.call(this, message);
    };
    return types;
  });
  return () => asked.evaluate((types) => types.filter((type) => type === 'detail').length);
}

/** What the faults on the lane say of themselves, thin spaces as ordinary ones. */
async function faults(page: Page): Promise<string[]> {
  const names = await lane(page)
    .getByRole('button')
    .evaluateAll((blocks) => blocks.map((block) => block.getAttribute('aria-label') ?? ''));
  return names.map((name) => name.replaceAll('\u2009', ' '));
}

/** Drags from one point of an element to another, both in pixels from its top left. */
async function drag(
  page: Page,
  target: Locator,
  from: [number, number],
  to: [number, number],
): Promise<void> {
  const box = await boxOf(target);
  await page.mouse.move(box.x + from[0], box.y + from[1]);
  await page.mouse.down();
  await page.mouse.move(box.x + to[0], box.y + to[1], { steps: 6 });
  await page.mouse.up();
}

async function widthOf(target: Locator): Promise<number> {
  return (await target.boundingBox())?.width ?? 0;
}

test('the playhead moves by keys, says where it stands, and stops play', async ({ page }) => {
  await open(page);
  await playhead(page).focus();
  await page.keyboard.press('Home');
  await expect(playhead(page)).toHaveAttribute('aria-valuetext', '0.000 seconds');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(playhead(page)).toHaveAttribute('aria-valuetext', '1.100 seconds');
  await page.keyboard.press('PageUp');
  await expect(playhead(page)).toHaveAttribute('aria-valuetext', '6.100 seconds');
  await page.keyboard.press('End');
  await expect(playhead(page)).toHaveAttribute('aria-valuetext', '8.000 seconds');
});

test('the ruler scrubs, and the legend reads the values there', async ({ page }) => {
  await open(page);
  const plot = await widthOf(lane(page));
  const box = await boxOf(lane(page));
  await page.mouse.click(box.x + plot / 2, box.y - 12);
  await expect(playhead(page)).toHaveAttribute('aria-valuetext', /^(3\.99|4\.00)\d seconds$/);
  const timeouts = page.getByRole('option', { name: 'cache calls timed out' }).locator('b');
  // In the middle of the fault, calls to the slow node time out by the thousand.
  await expect(timeouts).toHaveText(/^\d+\u2009\d{3}\/s$/);
  await page.mouse.click(box.x + plot / 16, box.y - 12);
  await expect(timeouts).toHaveText('0/s');
});

test('the moment on which the mouse rests is fetched before it is pressed, and not again then', async ({
  page,
}) => {
  await openSlowly(page, './#/write-through?duration=8s&at=1s');
  const box = await boxOf(lane(page));
  const details = await countDetails(page);
  await page.mouse.move(box.x + box.width / 2, box.y - 12);
  await expect.poll(details).toBe(1);
  await page.mouse.down();
  await page.mouse.up();
  await expect(playhead(page)).toHaveAttribute('aria-valuetext', /^(3\.99|4\.00)\d seconds$/);
  await page.mouse.move(box.x + box.width / 4, box.y - 12);
  await expect.poll(details).toBe(2);
});

test('so is that of the violation on which the mouse rests', async ({ page }) => {
  await openSlowly(page);
  const hexagon = page.getByRole('group', { name: 'Violations' }).getByRole('button').last();
  await expect(hexagon).toBeVisible();
  const details = await countDetails(page);
  await hexagon.hover();
  await expect.poll(details).toBe(1);
});

test('beside a comparison nothing is fetched, where the mouse rests or presses; the moment is once it is left', async ({
  page,
}) => {
  await open(page, `${LINK}&vs=look-aside?duration=8s`);
  const details = await countDetails(page);
  await expect(page.getByRole('region', { name: 'Charts of both designs' })).toBeVisible();
  const rendered = page.getByRole('progressbar', { name: 'Rendered' });
  await expect(rendered).toBeVisible();
  const ruler = await boxOf(rendered);
  for (const y of [ruler.y - 8, ruler.y + 60]) {
    await page.mouse.move(ruler.x + ruler.width / 2, y);
    // Longer than a mouse rests before it may be about to press.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
  }
  await page.mouse.down();
  await page.mouse.up();
  await expect(playhead(page)).toHaveAttribute('aria-valuetext', /^(3\.99|4\.00)\d seconds$/);
  expect(await details()).toBe(0);
  await page.getByRole('button', { name: 'Close the comparison' }).click();
  await expect.poll(details).toBe(1);
});

test('play runs to the end, stops there, and offers to go round', async ({ page }) => {
  await open(page, './#/write-through?duration=1s&at=0.5s&speed=1');
  const again = page.getByRole('button', { name: /again/ });
  await expect(page.getByRole('button', { name: /^(Play|Pause)$/ })).toBeVisible();
  if (await page.getByRole('button', { name: 'Play', exact: true }).isVisible())
    await page.keyboard.press('Space');
  await expect(again).toBeVisible();
  await expect(playhead(page)).toHaveAttribute('aria-valuetext', '1.000 seconds');
  await again.click();
  await expect(again).toBeHidden();
});

test('a fault is dragged, resized by its end and by keys, and each is one step of undo', async ({ page }) => {
  await open(page);
  const block = lane(page).getByRole('button').first();
  const perSecond = (await widthOf(lane(page))) / 8;
  const width = await widthOf(block);

  await drag(page, block, [width / 2, 12], [width / 2 + perSecond, 12]);
  expect(await faults(page)).toEqual(['slow ×20 on cache-1 from 3 s to 6 s']);
  await expect(block).toHaveAttribute('aria-pressed', 'true');

  await drag(page, block, [width - 3, 12], [width - 3 + perSecond / 2, 12]);
  expect(await faults(page)).toEqual(['slow ×20 on cache-1 from 3 s to 6.5 s']);

  await block.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowLeft');
  expect(await faults(page)).toEqual(['slow ×20 on cache-1 from 3.1 s to 6.5 s']);

  for (const expected of ['3 s to 6.5 s', '3 s to 6 s', '2 s to 5 s']) {
    await page.keyboard.press('Control+z');
    expect(await faults(page)).toEqual([`slow ×20 on cache-1 from ${expected}`]);
  }
  await rendered(page);
});

test('a fault that is removed while it is dragged is gone, and the one that takes its place stays as it is', async ({
  page,
}) => {
  await page.goto(`${LINK}&fault=shard-1.leader:crash@3s-6s`);
  const block = page.getByRole('button', { name: /^slow/ });
  const box = await boxOf(block);
  const [x, y] = [box.x + box.width / 2, box.y + 12];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 20, y);
  await page.keyboard.press('Delete');
  await expect.poll(() => faults(page)).toEqual(['crash on shard-1.leader from 3 s to 6 s']);
  await page.mouse.move(x + 60, y);
  await page.mouse.up();
  expect(await faults(page)).toEqual(['crash on shard-1.leader from 3 s to 6 s']);
});

test('faults that share the lane are named: in a low window, and once they are met where there is no room', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.goto(`${LINK}&fault=shard-1.leader:crash@3s-6s`);
  const block = (name: RegExp) => page.getByRole('button', { name });
  const words = block(/^crash on shard-1\.leader/).getByText('shard-1.leader');
  await expect(words).toBeVisible();
  await page.goto(`${LINK}&fault=shard-1.leader:crash@3s-6s&fault=app-cache:delay:50ms@3s-4s`);
  await expect(block(/^delay/)).toBeVisible();
  await expect(words).toBeHidden();
  await block(/^crash on shard-1\.leader/).hover();
  await expect(words).toBeVisible();
});

test('a stroke on the empty lane draws a fault, Delete takes it away', async ({ page }) => {
  await open(page);
  const perSecond = (await widthOf(lane(page))) / 8;
  await drag(page, lane(page), [perSecond * 6, 12], [perSecond * 7, 12]);
  expect(await faults(page)).toEqual([
    'slow ×20 on cache-1 from 2 s to 5 s',
    'slow ×20 on cache-1 from 6 s to 7 s',
  ]);
  await lane(page).getByRole('button').nth(1).focus();
  await page.keyboard.press('Delete');
  expect(await faults(page)).toEqual(['slow ×20 on cache-1 from 2 s to 5 s']);
});

test('a fault is added at the playhead, and what is wrong with it is said', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Home');
  await page.getByRole('button', { name: 'Fault', exact: true }).click();
  const form = page.getByRole('dialog', { name: 'Add a fault at the playhead' });
  await form.getByLabel('where').selectOption('shard-1.leader');
  await form.getByLabel('what').selectOption('crash');
  await form.getByLabel('for').fill('2 weeks');
  await form.getByRole('button', { name: 'Add at the playhead' }).click();
  await expect(form.getByRole('status')).toContainText('2weeks');
  await expect(form.getByLabel('for')).toHaveAttribute('aria-invalid', 'true');
  await form.getByLabel('for').fill('2s');
  await form.getByRole('button', { name: 'Add at the playhead' }).click();
  await expect(form).toBeHidden();
  expect((await faults(page))[1]).toMatch(/^crash on shard-1\.leader from [\d.]+ s to [\d.]+ s$/);
});

test('a violation is visited by a press on its hexagon', async ({ page }) => {
  await open(page);
  const hexagons = page.getByRole('group', { name: 'Violations' }).getByRole('button');
  await expect(hexagons.first()).toBeVisible();
  const name = await hexagons.last().getAttribute('aria-label');
  const at = /at ([\d.]+)/.exec(name ?? '')?.[1];
  await hexagons.last().click();
  await expect(page.getByRole('button', { name: name ?? '' })).toHaveAttribute('aria-pressed', 'true');
  await expect(playhead(page)).toHaveAttribute('aria-valuetext', `${at} seconds`);
});

test('the wheel zooms at the pointer, Shift and the wheel pan, a double click shows all again', async ({
  page,
}) => {
  await open(page);
  await playhead(page).focus();
  await page.keyboard.press('Home');
  const box = await boxOf(lane(page));
  const block = lane(page).getByRole('button').first();
  const width = await widthOf(block);
  const [x, y] = [box.x + box.width * 0.4, box.y + 120];
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, -200);
  await expect.poll(() => widthOf(block)).toBeGreaterThan(width * 1.2);
  const before = await block.boundingBox();
  await page.keyboard.down('Shift');
  await page.mouse.wheel(0, 60);
  await page.keyboard.up('Shift');
  await expect.poll(async () => (await block.boundingBox())?.x).toBeLessThan(before?.x ?? 0);
  await page.mouse.dblclick(x, y);
  await expect.poll(() => widthOf(block)).toBeCloseTo(width, 0);
});

test('a press on the name of a series shows it alone, and 0 shows the whole run again', async ({ page }) => {
  await page.goto('#/write-through?duration=2s&speed=1/1000');
  const timeline = page.getByRole('region', { name: 'Timeline' });
  const name = timeline.getByRole('option', { name: 'GET p99' });
  await name.click();
  await expect(name).toHaveAttribute('aria-selected', 'true');
  await expect(timeline.getByRole('option', { name: 'PUT p99' })).toHaveAttribute('data-muted');
  await expect(timeline.getByRole('option', { name: 'hit ratio' })).not.toHaveAttribute('data-muted');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(timeline.getByRole('option', { name: 'PUT p50' })).toHaveAttribute('aria-selected', 'true');
  await expect(name).toHaveAttribute('aria-selected', 'false');
  await page.keyboard.press('Space');
  await expect(timeline.getByRole('option', { name: 'PUT p50' })).toHaveAttribute('aria-selected', 'false');

  const last = timeline.getByText('2.0 s', { exact: true }).first();
  await expect(last).toBeVisible();
  await page.keyboard.press('z');
  await expect(last).toBeHidden();
  await page.keyboard.press('0');
  await expect(last).toBeVisible();
});
