/** What the tab of the seed's design holds in memory, and whether that stays as it is while it plays. */
import type { Browser, Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import type { Measurement } from './budget.ts';

const SECONDS_OF_PLAY = 30;

/** Linux alone tells what a process holds by itself. */
export async function benchMemory(browser: Browser, page: Page): Promise<Measurement[]> {
  if (process.platform !== 'linux') return [];
  await page.getByText(/rendered in/).waitFor({ timeout: 120_000 });
  await page.waitForTimeout(2000);
  const before = await megabytes(browser);
  await page.waitForTimeout(SECONDS_OF_PLAY * 1000);
  const after = await megabytes(browser);
  return [
    { what: 'tab memory, seed design', measured: before, unit: 'MB', budget: { atMost: 400 } },
    {
      what: `  after ${SECONDS_OF_PLAY} s more of play`,
      measured: after,
      unit: 'MB',
      budget: { atMost: 400 },
    },
  ];
}

/** Of the largest renderer: the one of the page and its worker. Memory that it shares with others counts in part. */
async function megabytes(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const held = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(
      ({ id }) =>
        Number(/^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1]) / 1000,
    );
  return Math.max(...held);
}
