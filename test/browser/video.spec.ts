/** A window of the run as a video: made by the browser's own recorder, told how far it is, and given up when asked. */
import { readFile } from 'node:fs/promises';
import { expect, expectNoAxeViolations, test } from '../support/page.ts';

test.use({ contextOptions: { reducedMotion: 'no-preference' } });

test('a window of the run is recorded as a WebM that plays for as long as was said', async ({ page }) => {
  await page.goto('./#/look-aside?duration=2s&at=1s&speed=1/100');
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Export' }).click();
  const panel = page.getByRole('dialog', { name: 'Export' });
  const take = panel.getByRole('button', { name: 'Video as WebM' });
  await expect(take).toBeEnabled({ timeout: 60_000 });

  // Longer than any video may be: said, with what would help.
  await panel.getByRole('textbox', { name: 'Video from' }).fill('0s');
  await panel.getByRole('textbox', { name: 'Video to' }).fill('2s');
  await page.keyboard.press('Tab');
  await expect(panel).toContainText(/would play for 200\ss, and 30\.0\ss is the most/);
  await expect(take).toBeDisabled();

  const speed = panel.getByRole('combobox', { name: 'Speed of the video' });
  await speed.selectOption('1/10');
  await expect(panel).toContainText(/plays for 20\.0\ss/);
  await take.click();
  await expect(panel.getByRole('progressbar', { name: 'Video' })).toBeVisible();
  await expectNoAxeViolations(page);
  await panel.getByRole('button', { name: 'Cancel the video' }).click();
  await expect(take).toBeEnabled();

  await speed.selectOption('1');
  await expect(panel).toContainText(/plays for 2\.00\ss/);
  const [download] = await Promise.all([page.waitForEvent('download'), take.click()]);
  expect(download.suggestedFilename()).toBe('look-aside.webm');
  const film = await readFile(await download.path());
  expect(film.subarray(0, 4).toString('hex')).toBe('1a45dfa3');
  // Played by an empty page: the playground's own plays nothing, and its policy says so.
  await page.goto('about:blank');
  const played = await page.evaluate(
    async (bytes) => {
      const video = document.createElement('video');
      const source = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'video/webm' }));
      const seen = (event: string) =>
        new Promise((done) => video.addEventListener(event, done, { once: true }));
      const there = seen('loadedmetadata');
      video.src = source;
      await there;
      const seconds = video.duration;
      const sought = seen('seeked');
      video.currentTime = seconds / 2;
      await sought;
      const { currentTime, videoWidth, videoHeight } = video;
      URL.revokeObjectURL(source);
      return { seconds, at: currentTime, width: videoWidth, height: videoHeight };
    },
    [...film],
  );
  // Where the machine is busy a frame at either end is missing, or frames take longer than they may and are all played.
  expect(played.seconds).toBeGreaterThan(1.5);
  expect(played.seconds).toBeLessThan(6);
  expect(played.at).toBeCloseTo(played.seconds / 2, 1);
  expect(played.width).toBeGreaterThan(1_000);
  expect(played.height).toBeGreaterThan(500);
});

test('a browser without a recorder says so', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'MediaRecorder'));
  await page.goto('./#/db-only?duration=1s');
  await page.getByRole('button', { name: 'Export' }).click();
  const panel = page.getByRole('dialog', { name: 'Export' });
  await expect(panel).toContainText('this browser records no WebM');
  await expect(panel.getByRole('button', { name: 'Video as WebM' })).toBeDisabled();
});
