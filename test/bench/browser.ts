/**
 * The budgets that need a browser, on what is built in `dist/`: the worker alone, a link opened cold, seeking,
 * two thousand packets, memory. It opens the page as a person would, and looks from outside: at what is drawn on its
 * canvas, at the browser's own trace, at the renderer's memory.
 */
import { chromium, type Browser, type Page } from '@playwright/test';
import { preview } from 'vite';
import { BROWSER_ARGS, findBrowser } from '../support/browser.ts';
import { median, type Measurement } from './budget.ts';
import { benchFrames } from './frames.ts';
import { benchMemory } from './memory.ts';
import { watchDrawing, watchDrawn, type Drawn } from './drawing.ts';
import { benchWorker } from './worker.ts';

const ROUNDS = 5;
const PLAIN_LINK = '#/write-through';
/** Plays in slow motion in the middle of a fault, so that the run has to be rendered up to there first. */
const MOMENT_LINK = '#/write-through?fault=cache-1:slow:20@10s-18s&at=12.34s&speed=1/100';

export async function* benchBrowser(): AsyncGenerator<Measurement> {
  const server = await preview({ preview: { port: 47630 }, logLevel: 'error' });
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error('the built page could not be served');
  const { executablePath, env, version } = findBrowser();
  console.log(version);
  const browser = await chromium.launch({
    executablePath,
    args: [...BROWSER_ARGS],
    env: { ...process.env, ...env },
  });
  try {
    yield* await onPage(browser, `${address}icon.svg`, benchWorker);
    yield* benchColdOpen(browser, address);
    yield* await onPage(browser, address, benchSeeks);
    yield* await onPage(browser, address, benchFrames);
    yield* await onPage(browser, address, (page) => benchMemory(browser, page));
  } finally {
    await browser.close();
    await server.close();
  }
}

/** A page of a profile of its own: nothing is cached, nothing remembered. */
async function onPage<T>(browser: Browser, address: string, measure: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(watchDrawing);
  await page.goto(address);
  try {
    return await measure(page);
  } finally {
    await context.close();
  }
}

/** A link to a run's beginning, and one to a moment that is first to be rendered up to. */
async function* benchColdOpen(browser: Browser, address: string): AsyncGenerator<Measurement> {
  yield await coldOpen(browser, address + PLAIN_LINK, 'link opened, cold, to first moving packet');
  yield await coldOpen(browser, address + MOMENT_LINK, '  of a link to a moment, 12.34 s into the run');
}

async function coldOpen(browser: Browser, link: string, what: string): Promise<Measurement> {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push(
      await onPage(browser, link, async (page) => {
        const moved = await page.waitForFunction(() => window.drawing?.movedAt, undefined, {
          timeout: 60_000,
        });
        return (await moved.jsonValue()) ?? Number.NaN;
      }),
    );
  }
  return { what, measured: median(rounds) / 1000, unit: 's', budget: { atMost: 1.2 } };
}

/** Places of the run, far apart, and back and forth, so that each of them needs another window of the run. */
const PLACES = [0.9, 0.1, 0.7, 0.3, 0.5, 0.85, 0.05, 0.65, 0.25, 0.45];
/** How far beside them the second row lies. */
const ASIDE = 0.013;
/** How long a hand rests where it is about to press, milliseconds. */
const REST_MS = 300;

/** Presses out of nowhere, as no hand does, at full speed and in slow motion; and there where the pointer has rested. */
async function benchSeeks(page: Page): Promise<Measurement[]> {
  await page.getByText(/rendered in/).waitFor({ timeout: 120_000 });
  const drawn = await watchDrawn(page);
  const atFullSpeed = await seek(page, drawn, PLACES, 0);
  await page.getByRole('radio', { name: '1/100', exact: true }).click();
  const slowly = await seek(page, drawn, PLACES, 0);
  const rested = await seek(
    page,
    drawn,
    PLACES.map((place) => place + ASIDE),
    REST_MS,
  );
  const measurement = (what: string, seeks: readonly number[]): Measurement => ({
    what,
    measured: Math.max(...seeks),
    unit: 'ms',
    budget: { atMost: 150 },
  });
  return [
    measurement('seek to any instant', atFullSpeed),
    measurement('  at 1/100', slowly),
    measurement(`  where the pointer has rested for ${REST_MS} ms`, rested),
  ];
}

/** Milliseconds from each press to the first picture of its place. */
async function seek(page: Page, drawn: Drawn, places: readonly number[], restMs: number): Promise<number[]> {
  const ruler = await page.getByLabel('Rendered').boundingBox();
  if (ruler === null) throw new Error('the timeline has no ruler');
  const seeks: number[] = [];
  for (const place of places) {
    const at = [ruler.x + place * ruler.width, ruler.y + ruler.height / 2] as const;
    await page.mouse.move(...at);
    if (restMs > 0) await page.waitForTimeout(restMs);
    await page.mouse.click(...at);
    const frame = await page.waitForFunction(() => window.drawing?.sentAfterPress, undefined, {
      timeout: 60_000,
    });
    const number = await frame.jsonValue();
    const pressedAt = await page.evaluate(() => window.drawing?.pressedAt ?? Number.NaN);
    let drawnAt: number | undefined;
    while (drawnAt === undefined)
      drawnAt = await drawn.evaluate((times, which) => times.get(which ?? 0), number);
    seeks.push(drawnAt - pressedAt);
  }
  return seeks;
}
