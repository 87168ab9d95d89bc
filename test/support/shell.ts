/** The page around the picture as its tests find it: opened with a short run, and what it shares and says of changes. */
import type { Page } from '@playwright/test';
import { expect } from './page.ts';

/** A short run, so that waiting for all of it costs little. */
export const SHORT = './#/write-through?duration=2s';

/** Opens an address, and waits until the page is up; its run may still be under way. */
export async function open(page: Page, address = SHORT): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole('radiogroup', { name: 'Policy' })).toBeVisible();
}

/** Opens a group of the inspector, unless the test before left it open. */
export async function unfold(page: Page, name: string): Promise<void> {
  const group = page.locator('details', { has: page.locator('summary', { hasText: name }) });
  if ((await group.getAttribute('open')) === null) await group.locator('summary').click();
}

/** The fragment of the link that Share gives, without the moment. */
export async function sharedLink(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share' }).click();
  const link = await page.getByLabel('Link to this moment', { exact: true }).inputValue();
  await page.keyboard.press('Escape');
  return link.replace(/^.*#/, '').replace(/&?(at|speed|run)=[^&]*/g, '');
}

/** Where the last change is said. */
export const change = (page: Page) => page.getByRole('banner').getByRole('status');
