/** Title, notes and remarks: written, read, pinned, shared and undone, in both themes and on every width. */
import type { Page } from '@playwright/test';
import { test as alone, expect, visit as test } from '../support/page.ts';

const SHORT = './#/write-through?duration=2s';

const notes = (page: Page) => page.getByRole('region', { name: 'Notes' });

async function open(page: Page, address = SHORT): Promise<void> {
  await page.goto(address);
  await expect(notes(page)).toBeVisible();
}

/** The fragment once it says what the page shows. */
async function fragmentWith(page: Page, part: string): Promise<void> {
  await expect.poll(() => page.evaluate(() => location.hash)).toContain(part);
}

test('notes are written in Markdown, read as prose, undone as one step, and travel in the link', async ({
  page,
}) => {
  await open(page);
  await notes(page).getByRole('button', { name: 'Write' }).click();
  const field = page.getByLabel('Notes, in Markdown');
  await expect(field).toBeFocused();
  await field.pressSequentially('# Why\n\nSee **cache-1**.');
  await notes(page).getByRole('button', { name: 'Done' }).click();
  await expect(notes(page).getByRole('heading', { name: 'Why' })).toBeVisible();
  await expect(notes(page).locator('strong')).toHaveText('cache-1');
  await fragmentWith(page, 'notes=');
  await page.reload();
  await expect(notes(page).getByRole('heading', { name: 'Why' })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(notes(page).getByRole('heading', { name: 'Why' })).toBeHidden();
});

test('a table in the notes is scrolled sideways, and its words stay whole', async ({ page }) => {
  const table = `| setting | meaning |\n| :- | -: |\n| left | ${'longword'.repeat(7)} |`;
  await open(page, `${SHORT}&notes=${encodeURIComponent(table)}`);
  const cell = notes(page).getByRole('cell', { name: 'left' });
  expect((await cell.boundingBox())?.height).toBeLessThan(30);
  const sideways = await cell.evaluate((each) => {
    const frame = each.closest('table')?.parentElement;
    return (frame?.scrollWidth ?? NaN) - (frame?.clientWidth ?? NaN);
  });
  expect(sideways).toBeGreaterThan(0);
});

test('hostile notes run nothing and load nothing', async ({ page, watch }) => {
  await page.evaluate(() => Object.assign(window, { harmed: false }));
  const hostile = [
    '<img src=x onerror="harmed=true"><script>harmed=true</script>',
    '[click](javascript:harmed=true) ![pixel](https://evil.example/p.png)',
  ].join('\n\n');
  await open(page, `${SHORT}&notes=${encodeURIComponent(hostile)}`);
  await expect(notes(page).getByText('<script>')).toBeVisible();
  await expect(notes(page).locator('img, script, iframe')).toHaveCount(0);
  await expect(notes(page).getByRole('link')).toHaveCount(1);
  await expect(notes(page).getByRole('link', { name: 'pixel' })).toHaveAttribute('rel', /noopener/);
  expect(await page.evaluate(() => String(Reflect.get(window, 'harmed')))).toBe('false');
  expect(watch.troubles).toEqual([]);
});

test('a remark is pinned on a moment by one key, and its flag leads back there', async ({ page }) => {
  await open(page, `${SHORT}&at=500ms`);
  await page.keyboard.press('m');
  const field = page.getByRole('textbox', { name: /^Remark on \d+[.]\d+/ });
  await expect(field).toBeFocused();
  await page.keyboard.type('here it begins');
  await page.keyboard.press('Enter');
  await fragmentWith(page, 'here%20it%20begins');
  const flag = page.getByRole('group', { name: 'Remarks on moments' }).getByRole('button');
  await expect(flag).toHaveAccessibleName(/^Remark at \d+[.]\d+.s: here it begins$/);
  const playhead = page.getByRole('slider', { name: 'Playhead' });
  await playhead.press('Home');
  const atTheStart = (await playhead.getAttribute('aria-valuetext')) ?? '';
  await flag.click();
  await expect(flag).toHaveAttribute('aria-pressed', 'true');
  await expect(playhead).not.toHaveAttribute('aria-valuetext', atTheStart);
  // The flag stands under the playhead now, not over its clock.
  await playhead.click({ trial: true });

  await notes(page)
    .getByRole('button', { name: /^Edit the remark/ })
    .click();
  await page.keyboard.type(', they say');
  await page.keyboard.press('Enter');
  await expect(notes(page).getByText('here it begins, they say')).toBeVisible();
  await notes(page)
    .getByRole('button', { name: /^Remove the remark/ })
    .click();
  await expect(flag).toBeHidden();
  await page.keyboard.press('Control+z');
  await expect(flag).toHaveAccessibleName(/they say$/);
});

alone(
  'what is typed before the notes are there is written into them, and does nothing to the page',
  async ({ page }) => {
    await page.route('**/NotesBody-*.js', async (route) => {
      await new Promise((later) => setTimeout(later, 1_500));
      await route.continue();
    });
    await open(page, `${SHORT}&at=500ms`);
    await page.keyboard.press('m');
    await page.keyboard.type('2 v c');
    await page.keyboard.press('Enter');
    await expect(notes(page).getByText('2 v c')).toBeVisible();
    await expect(page.getByRole('radio', { name: 'write-through', exact: true })).toBeChecked();
    await notes(page).getByRole('button', { name: 'Write', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('a b');
    await expect(notes(page).getByRole('textbox')).toHaveValue('a b');
  },
);

test('the field of a remark is in sight, says how it is kept, and Escape takes back what was typed', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const others = ['0ms', '1ms', '2ms', '3ms', 'app-1', 'app-2', 'app-3', 'app-4'];
  await open(page, `${SHORT}&at=500ms${others.map((on) => `&remark=${on}:a%20word`).join('')}`);
  await page.keyboard.press('m');
  const field = page.getByRole('textbox', { name: /^Remark on \d+[.]\d+/ });
  await expect(field).toBeFocused();
  await expect(field).toBeInViewport({ ratio: 1 });
  await expect(field).toHaveAttribute('placeholder', /Enter.*Escape/);
  await page.keyboard.type('never mind');
  await page.keyboard.press('Escape');
  await expect(field).toBeHidden();
  await expect(notes(page).getByText('never mind')).toHaveCount(0);
});

test('a remark is pinned on a node from its menu, by keys alone', async ({ page }) => {
  await open(page);
  const card = page.locator('[data-card="cache-1"] > button').first();
  await card.focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'add a remark' }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Remark on cache-1' })).toBeFocused();
  await page.keyboard.type('the slow one');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Remark on cache-1: the slow one' })).toBeVisible();
  await notes(page).getByRole('button', { name: 'cache-1', exact: true }).click();
  await expect(
    page.getByRole('region', { name: 'Inspector' }).getByRole('heading', { name: 'cache-1' }),
  ).toBeVisible();
});

test('a text that is dragged out of the notes is no design that is dropped', async ({ page }) => {
  await open(page, `${SHORT}&notes=${encodeURIComponent('# Why')}`);
  const why = notes(page).getByRole('heading', { name: 'Why' });
  await why.click({ clickCount: 3 });
  await why.hover();
  await page.mouse.down();
  await page.mouse.move(500, 300, { steps: 5 });
  await expect(page.getByText('Drop a design to open it')).toBeHidden();
  await page.mouse.up();
  await expect(page.getByRole('alert')).toBeHidden();
  await expect(why).toBeVisible();
});
