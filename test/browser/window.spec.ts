/**
 * What is laid over the charts: a window of time whose figures stand beside the whole run's, the overview of the run, and
 * the ghost behind it.
 */
import type { Page } from '@playwright/test';
import { scrolledSideways } from '../support/targets.ts';
import { boxOf, test as alone, expect, expectNoAxeViolations, visit as test } from '../support/page.ts';

test.use({ contextOptions: { reducedMotion: 'no-preference' } });

const LINK =
  './#/write-through?duration=3s&workload.puts=250/s&workload.gets=2500/s&fault=cache-1:slow:100@1s-2s';

const panel = (page: Page) => page.getByRole('region', { name: 'Marked window' });
const edge = (page: Page, name: 'Beginning' | 'End') =>
  page.getByRole('slider', { name: `${name} of the window` });

/** The two figures of a line, as numbers. */
async function figures(page: Page, line: string): Promise<number[]> {
  const cells = await panel(page)
    .getByRole('row', { name: line, exact: false })
    .getByRole('cell')
    .allInnerTexts();
  return cells.map((text) => Number(text.replaceAll(/[^\d.]/g, '')));
}

test('a window of time is marked by key, told beside the whole run, adjusted, kept over an edit and left', async ({
  page,
}) => {
  await page.goto(LINK);
  await expect(page.getByText(/rendered in/)).toBeVisible({ timeout: 45_000 });
  await page.keyboard.press('w');
  await expect(edge(page, 'Beginning')).toBeFocused();
  await expect(panel(page).getByRole('row', { name: /GETs ended/ })).toBeVisible();

  await edge(page, 'Beginning').press('Home');
  await edge(page, 'End').press('End');
  await expect(panel(page).getByRole('heading')).toContainText('0.000');
  await expect(panel(page).getByRole('status')).toHaveText('of the operations that end in it');
  // What ends in the run itself: all but what is still under way when it ends.
  const [ended = 0, all = 0] = await figures(page, 'GETs ended');
  expect(all).toBeGreaterThan(7000);
  expect(all - ended).toBeLessThan(60);
  await expectNoAxeViolations(page);

  await edge(page, 'End').press('Shift+ArrowLeft');
  await expect(async () => expect((await figures(page, 'GETs ended'))[0]).toBeLessThan(ended)).toPass();
  await page.keyboard.press('2');
  await expect(page.getByText(/rendered in/)).toBeVisible({ timeout: 45_000 });
  await expect(panel(page).getByRole('status')).toHaveText('of the operations that end in it');
  await expect(panel(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeHidden();
  await expect(edge(page, 'End')).toBeHidden();
});

test('on a small screen its figures come up above the charts, from whatever tab it is marked', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${LINK}&at=500ms`);
  await expect(page.getByRole('tab', { name: 'Contract' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('w');
  await expect(page.getByRole('tab', { name: 'Charts' })).toHaveAttribute('aria-selected', 'true');
  await expect(panel(page).getByRole('row', { name: /GET p50/ })).toBeInViewport({ timeout: 45_000 });
  // Only the sheet has moved: nothing can bring the page back from where it must not go.
  await expect(page.getByRole('button', { name: 'Share' })).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('slider', { name: 'Playhead' })).toBeInViewport({ ratio: 1 });
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);
});

test('a link opens with its window marked, and one that is shared says that it has one', async ({ page }) => {
  await page.goto(`${LINK}&window=1s-2s`);
  await expect(panel(page).getByRole('heading')).toHaveText(/1\.000\ss to 2\.000\ss/);
  await expect(panel(page).getByRole('status')).toHaveText('of the operations that end in it', {
    timeout: 45_000,
  });
  const [ended = 0, all = 0] = await figures(page, 'GETs ended');
  expect(ended).toBeGreaterThan(1000);
  expect(ended).toBeLessThan(all);
  await edge(page, 'End').press('End');
  await expect.poll(() => page.url()).toContain('window=1s-3s');
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByRole('dialog', { name: 'Share' })).toContainText(
    /with the window from 1\.000\ss to 3\.000\ss marked/,
  );
});

test('a drag with Shift, or after the button, marks a window, and without moves the playhead as ever', async ({
  page,
}) => {
  await page.goto(LINK);
  await expect(page.getByText(/rendered in/)).toBeVisible({ timeout: 45_000 });
  const legend = await boxOf(page.getByRole('option', { name: 'hit ratio' }));
  const drag = async (from: number, to: number): Promise<void> => {
    await page.mouse.move(from, legend.y);
    await page.mouse.down();
    await page.mouse.move(to, legend.y, { steps: 4 });
    await page.mouse.up();
  };
  await drag(500, 600);
  await expect(edge(page, 'End')).toBeHidden();
  await page.keyboard.down('Shift');
  await drag(500, 700);
  await page.keyboard.up('Shift');
  const first = Number(await edge(page, 'End').getAttribute('aria-valuenow'));
  await page.getByRole('button', { name: 'Measure a window' }).click();
  await drag(900, 500);
  await expect(page.getByRole('button', { name: 'Measure a window' })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
  expect(Number(await edge(page, 'End').getAttribute('aria-valuenow'))).toBeGreaterThan(first);
  const [own = 0, whole = 0] = await figures(page, 'GETs ended');
  expect(own).toBeGreaterThan(0);
  expect(own).toBeLessThan(whole);
});

const shown = (page: Page, name: 'Time shown' | 'Beginning of the time shown' | 'End of the time shown') =>
  page.getByRole('slider', { name, exact: true });
const secondsOf = async (page: Page, name: Parameters<typeof shown>[1]): Promise<number> =>
  Number(await shown(page, name).getAttribute('aria-valuenow'));

test('the overview has the window of time that is shown, to resize, to drag and to bring by a press', async ({
  page,
}) => {
  await page.goto(LINK);
  await expect(page.getByText(/rendered in/)).toBeVisible({ timeout: 45_000 });
  // Play turns the pages of what is shown.
  await page.getByRole('slider', { name: 'Playhead' }).press('Home');
  await shown(page, 'End of the time shown').press('Shift+ArrowLeft');
  const isAt = (name: Parameters<typeof shown>[1], seconds: number) =>
    expect.poll(() => secondsOf(page, name)).toBeCloseTo(seconds, 1);
  const box = await boxOf(page.getByRole('group', { name: 'The whole run' }));
  const y = box.y + box.height / 2;
  const drag = async (from: number, to: number): Promise<void> => {
    await page.mouse.move(box.x + box.width * from, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * to, y, { steps: 4 });
    await page.mouse.up();
  };
  await isAt('End of the time shown', 2.95);
  await drag(0, 0.5);
  await isAt('Beginning of the time shown', 1.5);
  await drag(0.7, 0.5);
  await isAt('Time shown', 0.9);
  await isAt('End of the time shown', 2.35);
  await page.mouse.click(box.x + 2, y);
  await isAt('Time shown', 0);
  await shown(page, 'Time shown').press('End');
  await isAt('End of the time shown', 3);
  await page.keyboard.press('0');
  await isAt('Beginning of the time shown', 0);
});

test.describe('on a low window', () => {
  test.use({ viewport: { width: 1024, height: 640 } });

  test('the overview is there, and the diagram still is', async ({ page }) => {
    await page.goto(LINK);
    await expect(page.getByRole('group', { name: 'The whole run' })).toBeInViewport({ ratio: 0.99 });
    await expect(page.locator('[data-card="clients"]')).toBeInViewport({ ratio: 0.99 });
  });
});

test('the ghost is the run before, a run that is pinned, a preset, or none, and is said in words', async ({
  page,
}) => {
  await page.goto(LINK);
  await expect(page.getByText(/rendered in/)).toBeVisible({ timeout: 45_000 });
  const ghost = page.getByRole('button', { name: /^Ghost: / });
  await expect(ghost).toHaveText('Ghost: before');
  await ghost.click();
  await page.getByRole('menuitem', { name: /Pin this run/ }).click();
  await expect(ghost).toHaveAccessibleName('Ghost: pinned (pinned: write-through)');
  await page.keyboard.press('7');
  await expect(page.getByText('pinned: write-through', { exact: true })).toBeVisible({ timeout: 30_000 });
  await ghost.click();
  await page.getByRole('menuitemradio', { name: 'None' }).click();
  await expect(page.getByText('pinned: write-through', { exact: true })).toBeHidden();

  await page.keyboard.press('p');
  // What lies under the gallery is not changed by a key.
  await page.keyboard.press('2');
  await page.getByRole('button', { name: 'Pin as ghost: Minimal key-value store' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('radio', { name: 'db-only', exact: true })).toBeChecked();
  await expect(ghost).toHaveAccessibleName(/^Ghost: pinned \(pinned: Minimal key-value store/);

  await expect.poll(() => page.url()).toContain('&ghost=db-only?');
  await page.reload();
  await expect(ghost).toHaveAccessibleName('Ghost: pinned (pinned: Minimal key-value store)', {
    timeout: 45_000,
  });
  await expect(page.getByText('pinned: Minimal key-value store', { exact: true })).toBeVisible();
});

test('a card moves by Shift and the arrow keys, as one step of undo', async ({ page }) => {
  await page.goto(LINK);
  const card = page.getByRole('button', { name: /^cache-1,/ });
  await card.focus();
  const before = await card.boundingBox();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(`Shift+${key}`);
  await expect.poll(async () => ((await card.boundingBox())?.x ?? 0) - (before?.x ?? 0)).toBeGreaterThan(15);
  await expect.poll(() => page.url()).toContain('layout.cache-1=');
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await card.boundingBox())?.x).toBe(before?.x);
});

/** Fingers on a chart of a small screen, each by where it is, CSS pixels from the left. */
async function fingersOnCharts(page: Page) {
  await page.goto(LINK);
  await page.getByRole('tab', { name: 'Charts' }).click();
  await page.getByRole('button', { name: 'Make the sheet larger' }).click();
  const chart = await boxOf(page.getByRole('region', { name: 'Latency' }));
  const y = chart.y + chart.height - 40;
  const touch = await page.context().newCDPSession(page);
  const send = async (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; id: number }[]) => {
    await touch.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map((point) => ({ ...point, y })),
    });
    // The page hears of it by its next frame.
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  };
  const ids = (xs: readonly number[]) => xs.map((x, id) => ({ x, id }));
  return {
    down: (xs: readonly number[]) => send('touchStart', ids(xs)),
    move: (xs: readonly number[]) => send('touchMove', ids(xs)),
    /** All of them, or the one that is named. */
    up: (one?: { x: number; id: number }) => send('touchEnd', one === undefined ? [] : [one]),
  };
}

alone.describe('on a small screen', () => {
  // Fingers are a property of the whole browser window; and the sheet is where it will be at once.
  alone.use({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    contextOptions: { reducedMotion: 'reduce' },
  });

  alone('two fingers zoom the charts, and what is shown stands in the overview', async ({ page }) => {
    const { down, move, up } = await fingersOnCharts(page);
    await down([150]);
    await down([150, 200]);
    await move([100, 250]);
    await up();
    await expect
      .poll(
        async () => (await secondsOf(page, 'End of the time shown')) - (await secondsOf(page, 'Time shown')),
      )
      .toBeCloseTo(1, 1);
    // The playhead, far outside of what is shown, is not somewhere to scroll to.
    await page.getByRole('slider', { name: 'Playhead' }).press('End');
    expect(await scrolledSideways(page, page.getByRole('tabpanel'))).toBe(0);
    await expectNoAxeViolations(page);
  });

  alone('the finger that is left after a pinch moves nothing until it is put down anew', async ({ page }) => {
    const playhead = page.getByRole('slider', { name: 'Playhead' });
    const at = () => playhead.getAttribute('aria-valuenow');
    const { down, move, up } = await fingersOnCharts(page);
    await down([150]);
    await move([160]);
    const taken = await at();
    await down([160, 200]);
    await move([110, 250]);
    await up({ x: 250, id: 1 });
    await move([200]);
    expect(await at()).toBe(taken);
    await up();
    await down([200]);
    await expect.poll(at).not.toBe(taken);
    await up();
  });
});

test('a window is marked no further once something takes the pointer away', async ({ page }) => {
  await page.goto(LINK);
  await expect(page.getByText(/rendered in/)).toBeVisible({ timeout: 45_000 });
  const charts = await page.getByRole('option', { name: /GET p99/ }).boundingBox();
  const y = (charts?.y ?? NaN) + 4;
  const capture = await page.evaluateHandle(() => {
    const held: { release?: () => void } = {};
    document.addEventListener('gotpointercapture', ({ target, pointerId }) => {
      if (target instanceof Element) held.release = () => target.releasePointerCapture(pointerId);
    });
    return held;
  });
  await page.keyboard.down('Shift');
  await page.mouse.move(500, y);
  await page.mouse.down();
  await page.mouse.move(700, y, { steps: 3 });
  const heading = panel(page).getByRole('heading');
  const words = await heading.textContent();
  await capture.evaluate(({ release }) => release?.());
  await page.mouse.move(900, y, { steps: 3 });
  await expect(heading).toHaveText(words ?? '');
  await page.mouse.up();
  await page.keyboard.up('Shift');
});
