/** Why: a violation that is looked at tells its story, and its remedy is one press and one step of undo. */
import { expect, expectNoAxeViolations, test } from '../support/page.ts';

const LINK =
  './#/write-around?duration=6s&cache.ttl=2s&workload.gets=2500/s&workload.puts=250/s&store.readFrom=leader';

for (const colorScheme of ['dark', 'light'] as const) {
  test(`a violation tells why it happened, in ${colorScheme} colours`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(LINK);
    await expect(page.getByText(/rendered in/)).toBeVisible({ timeout: 45_000 });
    await page.keyboard.press('v');
    const story = page.getByRole('region', { name: 'Why it happened' });
    await expect(story.getByRole('heading', { level: 3 }).first()).toContainText('Nobody tells cache-');
    await expectNoAxeViolations(page);

    // A line of the log leads the cursor to its moment.
    const lines = story.getByRole('listitem').getByRole('button');
    await lines.filter({ hasText: 'gets v' }).last().click();
    await expect(lines.filter({ hasText: 'gets v' }).last()).toHaveAttribute('aria-current', 'step');

    await page.getByRole('button', { name: 'Delete on write' }).click();
    await expect(page.getByRole('radio', { name: 'look-aside' })).toBeChecked();
    await expect(story).toBeHidden();
    await page.keyboard.press('Control+z');
    await expect(page.getByRole('radio', { name: 'write-around' })).toBeChecked();
  });
}

test('the story is left by the Escape key', async ({ page }) => {
  await page.goto(LINK);
  await expect(page.getByText(/rendered in/)).toBeVisible({ timeout: 45_000 });
  await page.keyboard.press('v');
  const story = page.getByRole('region', { name: 'Why it happened' });
  await expect(story).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(story).toBeHidden();
});
