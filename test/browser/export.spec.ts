/**
 * What is taken along, in the built page: every file is downloaded, read as what it says it is, and held against a run
 * of the same design that the page knows nothing of.
 */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import * as z from 'zod/mini';
import { parseJsonDocument } from '../../src/design/document.ts';
import { readLink } from '../../src/design/links.ts';
import { BUCKET_US } from '../../src/design/readings.ts';
import { detailOf } from '../../src/engine/detail.ts';
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import { Run } from '../../src/engine/run.ts';
import { summarise } from '../../src/engine/summarise.ts';
import { csvOf } from '../../src/replay/carry/csv.ts';
import { traceOf } from '../../src/replay/carry/trace.ts';
import { TRACKS } from '../../src/ui/charts/tracks.ts';
import { formatInstant } from '../../src/ui/format.ts';
import { expect, pause, visit as test } from '../support/page.ts';

const LINK = '#/write-around?title=Slow%20%26%20small&duration=2s&fault=cache-1:slow:20@500ms-1500ms';
const { design } = readLink(LINK);

const traceFile = z.object({
  traceEvents: z.array(z.unknown()),
  otherData: z.record(z.string(), z.string()),
});

const panel = (page: Page) => page.getByRole('dialog', { name: 'Export' });
const form = (page: Page, label: string) => panel(page).getByRole('button', { name: label, exact: true });

/** Opens the panel over a run that is rendered to its end. */
async function open(page: Page): Promise<void> {
  await page.goto(`./${LINK}&at=1s`);
  await page.getByRole('button', { name: 'Export' }).click();
  await expect(form(page, 'Report in Markdown')).toBeEnabled({ timeout: 60_000 });
}

async function taken(page: Page, label: string): Promise<{ name: string; bytes: Buffer; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), form(page, label).click()]);
  const bytes = await readFile(await download.path());
  return { name: download.suggestedFilename(), bytes, text: bytes.toString('utf8') };
}

/** How much of a picture's title, set in the page's own font, is not as the page would set it: the share of its ink. */
function strangeInk(page: Page, bytes: Buffer, title: string): Promise<number> {
  const picture = bytes.toString('base64');
  return page.evaluate(
    async ([base64, words]) => {
      const blob = new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))]);
      const bitmap = await createImageBitmap(blob);
      const [context, again] = [0, 1].map(() =>
        new OffscreenCanvas(bitmap.width, 64).getContext('2d', { willReadFrequently: true }),
      );
      if (!context || !again) throw new Error('no canvas');
      context.drawImage(bitmap, 0, 0);
      const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
      again.fillStyle = `rgb(${red} ${green} ${blue})`;
      again.fillRect(0, 0, bitmap.width, 64);
      again.scale(2, 2);
      again.font = '600 13px "Inter Variable"';
      again.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--ink');
      again.fillText(words, 16, 24);
      const [shown, expected] = [context, again].map(
        (each) => each.getImageData(0, 0, bitmap.width, 64).data,
      );
      let [ink, strange] = [0, 0];
      expected?.forEach((value, at) => {
        ink += Math.abs(value - (at % 4 === 3 ? 255 : ([red, green, blue][at % 4] ?? 0)));
        strange += Math.abs(value - (shown?.[at] ?? 0));
      });
      return strange / ink;
    },
    [picture, title] as const,
  );
}

/** As its header says. */
function sizeOfPng(bytes: Buffer): { width: number; height: number } {
  expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

test('the design as JSON opens as the same design', async ({ page }) => {
  await open(page);
  const { name, text } = await taken(page, 'Design as JSON');
  expect(name).toBe('slow-small.json');
  expect(parseJsonDocument(text)).toEqual({ design, problems: [] });
});

test('the readings as CSV have a row for every 100 ms, and the report is of the same run', async ({
  page,
}) => {
  const run = Run.start(design);
  run.advance(HORIZON);
  await open(page);

  const csv = await taken(page, 'Readings as CSV');
  expect(csv.name).toBe('slow-small.csv');
  expect(csv.text.trimEnd().split('\n')).toHaveLength(1 + run.series().buckets);
  expect(csv.text).toBe(csvOf(run.series(), design));

  const report = await taken(page, 'Report in Markdown');
  expect(report.name).toBe('slow-small.md');
  expect(report.text).toContain('# Slow & small\n');
  expect(report.text).toContain(`Digest \`${summarise(run).digest}\``);
  const [, address = ''] = /\[Open this run\]\((.*)\)/.exec(report.text) ?? [];
  expect(address).toContain(new URL(page.url()).origin);
  expect(readLink(new URL(address).hash)).toMatchObject({ design, problems: [] });
});

test('the trace has every message of the window that the panel names', async ({ page }) => {
  await open(page);
  const { name, text } = await taken(page, 'Trace as JSON');
  expect(name).toBe('slow-small-trace.json');
  const trace = z.parse(traceFile, JSON.parse(text));
  const [from = NaN, to = NaN] = (trace.otherData['window'] ?? '').match(/\d+/g)?.map(Number) ?? [];
  expect(to - from).toBe(20_000);
  await expect(panel(page)).toContainText(`from ${formatInstant(from)} to ${formatInstant(to)}`);
  const detail = detailOf(design, undefined, { from, to, sample: 'all', focus: [], key: -1 });
  if (!detail.ok) throw new Error(detail.error);
  expect(trace.traceEvents.length).toBeGreaterThan(1_000);
  expect(trace.traceEvents).toEqual(traceOf(detail.value, design, '').traceEvents);
});

test('the diagram is taken as SVG and as PNG, with the words and the marks that are on the screen', async ({
  page,
}) => {
  await page.goto(`./${LINK}&at=1s&speed=1/1000`);
  await pause(page);
  const marks = () => page.evaluate(() => window.__throughline?.marks().length ?? 0);
  await expect.poll(marks, { timeout: 60_000 }).toBeGreaterThan(10);
  const clock = await page.getByRole('slider', { name: 'Playhead' }).getAttribute('aria-valuenow');
  await page.getByRole('button', { name: 'Export' }).click();

  const svg = await taken(page, 'Diagram as SVG');
  expect(svg.name).toBe('slow-small-diagram.svg');
  const drawn = await page.evaluate((text) => {
    const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    return {
      width: Number(root.getAttribute('width')),
      height: Number(root.getAttribute('height')),
      words: [...root.querySelectorAll('text')].map((each) => each.textContent),
      marks: root.querySelectorAll('svg > g').length,
    };
  }, svg.text);
  expect(drawn.words).toContain(`Slow & small · ${formatInstant(Number(clock) * 1e6)}`);
  // What stands on the cards stands in the picture.
  const said = await page
    .locator('[data-card] b[data-slot], [data-card] [data-slot=state]')
    .evaluateAll((slots) => slots.map((slot) => slot.textContent).filter((text) => text !== ''));
  expect(said).toContain('slow ×20');
  for (const text of said) expect(drawn.words.some((words) => words.includes(text))).toBe(true);
  // One group is the scene's, and one each the legend's.
  expect(drawn.marks).toBe(1 + 7 + (await marks()));

  const png = await taken(page, 'Diagram as PNG');
  expect(png.name).toBe('slow-small-diagram.png');
  expect(sizeOfPng(png.bytes)).toEqual({ width: 2 * drawn.width, height: 2 * drawn.height });
});

for (const track of TRACKS)
  test(`the chart of ${track.name} is taken as SVG and as PNG`, async ({ page }) => {
    await open(page);
    const svg = await taken(page, `${track.name} as SVG`);
    expect(svg.name).toBe(`slow-small-${track.key}.svg`);
    const drawn = await page.evaluate((text) => {
      const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
      return {
        tag: root.tagName,
        width: Number(root.getAttribute('width')),
        height: Number(root.getAttribute('height')),
        title: root.querySelector('title')?.textContent,
        words: [...root.querySelectorAll('text')].map((each) => each.textContent),
        // What the legend names first lies on top.
        points: [...root.querySelectorAll('svg svg > path')].at(-1)?.getAttribute('d')?.match(/[ML]/g)
          ?.length,
      };
    }, svg.text);
    const metrics = track.metrics({ design, cacheNode: undefined });
    expect(drawn.tag).toBe('svg');
    expect(drawn.title).toBe(`${track.name}, Slow & small`);
    for (const { label } of metrics) expect(drawn.words).toContain(label);
    // A step for every 100 ms that is shown.
    expect(drawn.points).toBeGreaterThanOrEqual(2 * (design.duration / BUCKET_US));

    const png = await taken(page, `${track.name} as PNG`);
    expect(png.name).toBe(`slow-small-${track.key}.png`);
    expect(sizeOfPng(png.bytes)).toEqual({ width: 2 * drawn.width, height: 2 * drawn.height });
    expect(await strangeInk(page, png.bytes, `${track.name} · Slow & small`)).toBeLessThan(0.02);
  });

test('what speaks of the whole run waits for it, and says so', async ({ page }) => {
  await page.goto('./#/write-through?duration=600s');
  await page.getByRole('button', { name: 'Export' }).click();
  await expect(panel(page).getByRole('status')).toHaveText(/waits until it is rendered/);
  await expect(form(page, 'Readings as CSV')).toBeDisabled();
  await expect(form(page, 'Trace as JSON')).toBeDisabled();
  await expect(form(page, 'Design as JSON')).toBeEnabled();
});

test('the panel is opened, walked and left by keys alone', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeHidden();
  const button = page.getByRole('button', { name: 'Export' });
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(form(page, 'Trace as JSON')).toBeEnabled();
  await page.keyboard.press('Escape');
  await page.keyboard.press('e');
  await expect(form(page, 'Trace as JSON')).toBeEnabled();
  const stops = panel(page).locator('button:enabled, input, select');
  for (const label of ['Latency as PNG', 'Design as JSON', 'Trace as JSON', 'Copy: Frame for a page'])
    await expect(form(page, label)).toBeVisible();
  for (let stop = 0; stop < (await stops.count()); stop++) {
    await page.keyboard.press('Tab');
    await expect(stops.nth(stop)).toBeFocused();
  }
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
});
