/**
 * A window of time marked over the charts, by hand and by key: what it comes to stands beside the whole run, and it
 * survives an edit.
 */
import type { Page } from '@playwright/test';
import { expect, expectNoAxeViolations, test } from '../support/page.ts';

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

test('a drag with Shift, or after the button, marks a window, and without moves the playhead as ever', async ({
  page,
}) => {
  await page.goto(LINK);
  await expect(page.getByText(/rendered in/)).toBeVisible({ timeout: 45_000 });
  const legend = await page.getByRole('button', { name: 'hit ratio' }).boundingBox();
  const ruler = await page.getByRole('button', { name: 'Measure a window' }).boundingBox();
  if (legend === null || ruler === null) throw new Error('the charts are there');
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
