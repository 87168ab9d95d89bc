/** Where a system forces its colours upon the page, what is drawn with fills, shadows and hues alone is still seen. */
import type { Page } from '@playwright/test';
import { expect, expectNoAxeViolations, visit as test } from '../support/page.ts';

const MOMENT =
  'write-through?duration=2s&fault=cache-1:slow:20@500ms-1500ms&fault=shard-1.leader:crash@500ms-1500ms&at=1s&speed=1/1000';

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
});
test.afterEach(async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'none' });
});

/** How light the page is at that point, from 0 to 255. */
async function lightAt(page: Page, x: number, y: number): Promise<number> {
  const shot = await page.screenshot({ clip: { x: Math.floor(x), y: Math.floor(y), width: 1, height: 1 } });
  return page.evaluate(
    async (bytes) => {
      const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
      const context = new OffscreenCanvas(1, 1).getContext('2d');
      context?.drawImage(image, 0, 0);
      const [red = 0, green = 0, blue = 0] = context?.getImageData(0, 0, 1, 1).data ?? [];
      return (red + green + blue) / 3;
    },
    [...shot],
  );
}

async function lightIn(page: Page, part: string): Promise<number> {
  const box = await page.locator(part).first().boundingBox();
  expect(box, part).not.toBeNull();
  return lightAt(page, (box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2);
}

test.describe('in a light system', () => {
  test.use({ colorScheme: 'light' });

  test('the playhead of a phone is drawn, and the edge of its tab', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`./#/${MOMENT}`);
    await expect(page.getByRole('slider', { name: 'Playhead' })).toBeVisible();
    expect(await lightIn(page, '[role="slider"]')).toBeLessThan(64);
    const tab = await page.getByRole('tab', { selected: true }).boundingBox();
    expect(await lightAt(page, (tab?.x ?? 0) + 20, (tab?.y ?? 0) + (tab?.height ?? 0) - 1)).toBeLessThan(64);
  });

  test('the palette shows which of its rows is chosen', async ({ page }) => {
    await page.goto(`./#/${MOMENT}`);
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('option').first()).toBeVisible();
    const [chosen, other] = [
      await lightIn(page, 'dialog [role="option"][aria-selected="true"]'),
      await lightIn(page, 'dialog [role="option"][aria-selected="false"]'),
    ];
    expect(other - chosen).toBeGreaterThan(24);
  });
});

test('in the pictures of the presets, what a PUT sends, a GET and an invalidation are drawn each in its own way', async ({
  page,
}) => {
  await page.goto(`./#/${MOMENT}`);
  await page.keyboard.press('p');
  const entry = page.getByRole('button', { name: /^Look-aside The app/ });
  await expect(entry).toBeVisible();
  const ways = entry.locator('svg g path:first-child');
  const drawn = await ways.evaluateAll((paths) =>
    paths.map((path) => getComputedStyle(path).strokeDasharray),
  );
  expect(new Set(drawn).size).toBe(3);
});

test.describe('in a dark system', () => {
  test.use({ colorScheme: 'dark' });

  test('a theme of the page’s own changes nothing, and axe finds nothing', async ({ page }) => {
    await page.goto(`./#/${MOMENT}`);
    await expect(page.getByText('slow ×20').first()).toBeVisible();
    await page.keyboard.press('t');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    const mark = page.getByRole('listbox', { name: /^Curves/ }).locator('svg path');
    await expect(mark.first()).toHaveCSS('fill', 'rgb(255, 255, 255)');
    await expectNoAxeViolations(page);
    await page.keyboard.press('t');
  });
});
