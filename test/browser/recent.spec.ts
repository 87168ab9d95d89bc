/** The documents that the browser keeps: two tabs side by side, going back to one, and a storage that is full. */
import type { Page } from '@playwright/test';
import { expect, expectNoAxeViolations, test, watchPage } from '../support/page.ts';

const titleOf = (page: Page) => page.getByRole('textbox', { name: 'Title of the design' });
const presets = (page: Page) => page.getByRole('button', { name: 'Presets', exact: true });
const recent = (page: Page) => page.getByRole('region', { name: 'Recent' });

/** Says what a design is called, and waits until that is kept. */
async function entitle(page: Page, title: string): Promise<void> {
  await titleOf(page).fill(title);
  await titleOf(page).press('Enter');
  await expect(page).toHaveURL(new RegExp(`title=${title}`));
}

test('two tabs keep a document each; both can be gone back to, named anew and deleted', async ({
  page,
  context,
}) => {
  await page.goto('./#/db-only?duration=1s&fault=app-1:pause@300ms-500ms');
  await entitle(page, 'First');
  // There is none yet to go back to.
  await presets(page).click();
  await expect(page.getByRole('main', { name: 'Presets' })).toBeVisible();
  await expect(recent(page)).toHaveCount(0);
  await page.keyboard.press('Escape');
  const other = await context.newPage();
  const troubles = watchPage(other);
  // Opens what was written last, and goes on beside it.
  await other.goto('./');
  await expect(titleOf(other)).toHaveValue('First');
  await entitle(other, 'Second');
  await entitle(page, 'Third');
  for (const [tab, title] of [
    [page, 'Third'],
    [other, 'Second'],
  ] as const) {
    await tab.goto('about:blank');
    await tab.goto('./');
    await expect(titleOf(tab)).toHaveValue(title);
  }
  await other.close();
  expect(troubles).toEqual([]);

  await presets(page).click();
  await expect(recent(page).getByRole('listitem')).toHaveCount(2);
  // Documents of one name are told apart by what they change, the name not being one of these things.
  await expect(
    recent(page).getByRole('button', {
      name: 'Third open now duration=1s fault=app-1:pause@300ms-500ms',
      exact: true,
    }),
  ).toBeVisible();
  await expectNoAxeViolations(page);
  await recent(page).getByRole('button', { name: 'Rename Second' }).click();
  await page.keyboard.type('Fourth');
  await page.keyboard.press('Enter');
  await recent(page)
    .getByRole('button', { name: /^Fourth left/ })
    .click();
  await expect(titleOf(page)).toHaveValue('Fourth');

  await presets(page).click();
  await recent(page).getByRole('button', { name: 'Delete Third' }).click();
  await expect(recent(page).getByRole('listitem')).toHaveCount(1);
  await recent(page).getByRole('button', { name: 'Put it back' }).click();
  await expect(recent(page).getByRole('button', { name: /^Third left/ })).toBeVisible();
});

test('a storage that is full is said, and the design is in the address all the same', async ({ page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    };
  });
  await page.goto('./#/db-only?duration=1s&seed=7');
  await expect(page.getByRole('status').filter({ hasText: 'does not keep the work' })).toBeVisible();
  await entitle(page, 'Unkept');
});

test('a link of an earlier engine opens, and says that the engine has changed', async ({ page }) => {
  await page.goto('./#/db-only?duration=1s');
  await page.getByRole('button', { name: 'Share' }).click();
  const share = page.getByRole('dialog', { name: 'Share' });
  await expect(share.locator('output')).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Share' }).click();
  const link = new URL(await share.getByRole('textbox', { name: 'Link to this moment' }).inputValue());
  const [, mark = ''] = /run=([0-9a-f]{12})/.exec(link.hash) ?? [];
  const notice = page.getByRole('status').filter({ hasText: 'The engine has changed' });

  await page.goto('about:blank');
  await page.goto(`./${link.hash}`);
  await expect(page.getByText(/of 6 hold/).first()).toBeVisible({ timeout: 60_000 });
  await expect(notice).toBeHidden();

  await page.goto('about:blank');
  await page.goto(`./${link.hash.replace(mark, `00000000${mark.slice(8)}`)}`);
  await expect(notice).toBeVisible({ timeout: 60_000 });
});

test('what was changed a moment before a reload is there after it, a title that is being typed as well', async ({
  page,
}) => {
  await page.goto('./#/db-only?duration=1s&at=0s');
  await titleOf(page).fill('Half a ti');
  await page.reload();
  await expect(titleOf(page)).toHaveValue('Half a ti');
  await page.keyboard.press('3');
  await page.reload();
  await expect(page.getByRole('radio', { name: 'look-aside' })).toBeChecked();
  await expect(titleOf(page)).toHaveValue('Half a ti');
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('radio', { name: 'db-only' })).toBeChecked();
});
