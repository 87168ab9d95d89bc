/**
 * The messages in a real browser: they move, each is where it is said to be, and it is the same picture for the same
 * moment.
 */
import type { Page } from '@playwright/test';
import { MOMENT, openAt } from '../support/diagram.ts';
import { expect, visit as test } from '../support/page.ts';

test.use({ contextOptions: { reducedMotion: 'no-preference' } });

const digest = (page: Page) => page.evaluate(() => window.__throughline?.digest());

test('messages move, and no element of the page is made for them', async ({ page }) => {
  await openAt(page, MOMENT);
  const count = () => page.evaluate(() => document.querySelectorAll('*').length);
  const before = { digest: await digest(page), elements: await count() };
  await page.getByRole('button', { name: /^Play/ }).click();
  await expect.poll(() => digest(page)).not.toBe(before.digest);
  expect(await count()).toBeLessThan(before.elements + 10);
});

test('in slow motion marks move, and nothing else does', async ({ page }) => {
  await openAt(page, MOMENT);
  await page.getByRole('slider', { name: 'Playhead' }).focus();
  await page.keyboard.press('Home');
  await page.getByRole('radio', { name: '1/1000', exact: true }).click();
  const before = await digest(page);
  const moved = await page.evaluateHandle(() => {
    const names: string[] = [];
    new MutationObserver((records) => {
      for (const { target, oldValue } of records) {
        const placeIn = (style: string | null) => /(?:transform|translate): [^;]*/.exec(style ?? '')?.[0];
        if (!(target instanceof HTMLElement)) continue;
        if (placeIn(oldValue) !== placeIn(target.getAttribute('style'))) names.push(target.className);
      }
    }).observe(document, { subtree: true, attributeFilter: ['style'], attributeOldValue: true });
    return names;
  });
  await page.getByRole('button', { name: /^Play/ }).click();
  await expect.poll(() => digest(page)).not.toBe(before);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  expect(await moved.jsonValue()).toEqual([]);
});

/** What the page shows of marks: whether there are some, where nothing is though one should be, and how large each canvas is. */
function marksSeen(page: Page) {
  return page.evaluate(() => {
    const places = window.__throughline?.marks() ?? [];
    const canvases = [...document.querySelectorAll<HTMLCanvasElement>('.react-flow + div > canvas')];
    const { clientWidth: width = 1, clientHeight: height = 1 } = canvases[0] ?? {};
    // Of a worker's canvas the page can make a copy, and no more.
    const copy = new OffscreenCanvas(width, height).getContext('2d');
    for (const canvas of canvases) copy?.drawImage(canvas, 0, 0);
    const pixels = copy?.getImageData(0, 0, width, height).data;
    const isBlank = ({ x, y }: { x: number; y: number }) =>
      pixels?.[4 * (Math.round(y) * width + Math.round(x)) + 3] === 0;
    const fit = canvases.map((each) => each.width === width && each.height === height);
    return { many: places.length > 10, missing: places.filter(isBlank), fit };
  });
}
const ALL_SEEN = { many: true, missing: [], fit: [true] };

/** The page's workers that draw marks. */
const drawers = (page: Page) => page.workers().filter((worker) => worker.url().includes('packetWorker'));

test('every mark is on the canvas where it is said to be, whoever draws it', async ({ page }) => {
  await openAt(page, MOMENT);
  await expect.poll(() => drawers(page).length).toBe(1);
  await expect.poll(() => marksSeen(page)).toEqual(ALL_SEEN);
  // Larger, and in other colours: the worker's canvas follows.
  await page.setViewportSize({ width: 1500, height: 950 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.keyboard.press('.');
  await expect.poll(() => marksSeen(page)).toEqual(ALL_SEEN);
});

test('stepping away and back finds the same picture', async ({ page }) => {
  await openAt(page, MOMENT);
  const here = await digest(page);
  await page.keyboard.press('.');
  await expect.poll(() => digest(page)).not.toBe(here);
  await page.keyboard.press(',');
  // A step back ends on a message's instant and so not where a link may have pointed: from there on both ways are exact.
  const stepped = await digest(page);
  for (let i = 0; i < 5; i++) await page.keyboard.press('.');
  await expect.poll(() => digest(page)).not.toBe(stepped);
  for (let i = 0; i < 5; i++) await page.keyboard.press(',');
  await expect.poll(() => digest(page)).toBe(stepped);
});

test('the same link gives the same picture on a fresh page', async ({ page, context }) => {
  /** The whole second that the playhead is at after going home and one second on: exact, however long the page has played. */
  const digestAtOneSecond = async (on: Page) => {
    await openAt(on, MOMENT);
    await on.getByRole('slider', { name: 'Playhead' }).focus();
    await on.keyboard.press('Home');
    await on.keyboard.press('Shift+ArrowRight');
    await expect(on.getByRole('slider', { name: 'Playhead' })).toHaveAttribute(
      'aria-valuetext',
      '1.000 seconds',
    );
    await expect(on.getByText(/every hop drawn, [1-9]/)).toBeVisible();
    return digest(on);
  };
  const first = await digestAtOneSecond(page);
  const fresh = await context.newPage();
  expect(await digestAtOneSecond(fresh)).toBe(first);
});
