/** Whom one follows, from the story and by key, and what is read out meanwhile. */
import { expect, test } from '../support/page.ts';

test.use({ contextOptions: { reducedMotion: 'no-preference' } });

const LINK = './#/write-through?duration=3s&workload.puts=250/s&workload.gets=2500/s&at=1.2s&speed=1/100';

test('what happens is read out as it plays slowly, a session is followed from a story, and its next operation found', async ({
  page,
}) => {
  await page.goto(LINK);
  await expect(page.getByText(/rendered in/)).toBeVisible({ timeout: 45_000 });
  const log = page.getByRole('log', { name: 'What happens at the playhead' });
  await expect(log).toContainText(/read saw what was not committed yet/, { timeout: 30_000 });
  await page.keyboard.press('Space');
  await page.keyboard.press('o');
  const session = page.getByRole('button', { name: /^Follow session/ });
  await session.click();
  await expect(session).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  const playhead = page.getByRole('slider', { name: 'Playhead' });
  const before = Number(await playhead.getAttribute('aria-valuenow'));
  await page.keyboard.press('n');
  await expect.poll(async () => Number(await playhead.getAttribute('aria-valuenow'))).toBeGreaterThan(before);
  await expect(page.getByRole('button', { name: /^Follows key 0 and session/ })).toBeVisible();
});
