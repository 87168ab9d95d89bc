/** The diagram as its tests find it: a short run that stands still at a moment, its cards and their buttons. */
import type { Page } from '@playwright/test';
import { expect } from './page.ts';

/** A node's card; of a shard, the shard's. */
export const card = (page: Page, name: string) => page.locator(`[data-card="${name}"]`);
/** The button that covers a card. */
export const button = (page: Page, name: string) => card(page, name).locator('> button').first();

/** Opens a short run at a moment, standing still, with everything rendered and every message of the moment there. */
export async function openAt(page: Page, link: string): Promise<void> {
  await page.goto(`./#/${link}`);
  await expect(page.getByText(/every hop drawn|1 in \d+ drawn/)).toBeVisible();
  await expect(page.getByText(/rendered in/)).toBeVisible();
  const pause = page.getByRole('button', { name: /^Pause/ });
  if (await pause.isVisible()) await pause.click();
}

/** A moment at which some messages are on their way. */
export const MOMENT = 'write-through?duration=4s&at=2s&speed=1/1000';
