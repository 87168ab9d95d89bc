/**
 * Two designs side by side, in the built page. Runs are short: what differs between designs is for the unit tests; here
 * it is that a person gets there, sees how sure it is, and can pass it on.
 */
import type { Page } from '@playwright/test';
import { test as alone, expect, visit as test } from '../support/page.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

/** A fifth of the usual traffic: five pairs of runs are there the sooner, and what differs between them still does. */
const LITTLE = 'duration=2s&workload.puts=500/s&workload.gets=5000/s';
const A = `write-through?${LITTLE}&cache.order=store-first`;
const B = `write-through?${LITTLE}`;
const compared = `#/${A}&vs=${B}`;

const table = (page: Page) => page.getByRole('table', { name: 'Means of both designs' });
const row = (page: Page, measure: string) =>
  table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: measure }) });

async function settled(page: Page, pairs = 5): Promise<void> {
  await expect(page.getByText(`${pairs} pairs of runs`)).toBeVisible({ timeout: 90_000 });
}

test('the focus goes to the comparison and back with whoever opens it by its button', async ({ page }) => {
  await page.goto(`./#/${B}`);
  const button = page.getByRole('button', { name: 'Compare', exact: true });
  const comparison = page.getByRole('main', { name: 'Comparison' });
  await button.press('Enter');
  await expect(comparison).toBeVisible();
  await expect(button).toBeFocused();
  // As soon as it is gone the diagram is there. Watched for before the key is pressed, and not at the same time.
  const watch = await page.evaluateHandle(() => ({
    cards: new Promise<number>((resolve) => {
      new MutationObserver((_, observer) => {
        if (document.querySelector('main[aria-label="Comparison"]') !== null) return;
        observer.disconnect();
        resolve(document.querySelectorAll('[data-card]').length);
      }).observe(document.body, { subtree: true, childList: true });
    }),
  }));
  await page.keyboard.press('Escape');
  expect(await watch.evaluate(({ cards }) => cards)).toBeGreaterThan(0);
  await expect(comparison).toBeHidden();
  await expect(button).toBeFocused();
});

test('what each design does is said in full, and equal designs are drawn alike', async ({ page }) => {
  for (const [width, height] of [
    [1440, 900],
    [1024, 768],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.goto(`./#/${B}&vs=write-around?${LITTLE}`);
    for (const said of ['forwards to the store', 'entries live until their TTL']) {
      const sentence = page.getByText(said);
      await expect(sentence).toBeInViewport({ ratio: 0.9 });
      expect(await sentence.evaluate((each) => each.scrollWidth - each.clientWidth)).toBeLessThanOrEqual(0);
    }
    if (width < 1024) {
      // What both have in common is read without scrolling, however long the verdict above it.
      await settled(page);
      await expect(page.getByText(/^same workload, same seeds/)).toBeInViewport({ ratio: 1 });
      continue;
    }
    const app = page.getByText('app-1', { exact: true });
    await expect(app).toHaveCount(2);
    const tops = await app.evaluateAll((both) => both.map((each) => each.getBoundingClientRect().top));
    expect(new Set(tops).size).toBe(1);
  }
});

test('a link of two designs opens the comparison, which says what differs and how sure it is', async ({
  page,
}) => {
  await page.goto(compared);
  await settled(page);
  // Store-first shows nobody what is not committed: that holds with every seed.
  const dirty = row(page, 'Dirty reads');
  await expect(dirty.getByRole('cell').nth(0)).toHaveText('0');
  await expect(dirty.getByRole('cell').last()).toHaveText('A');
  await expect(row(page, 'Acked writes lost').getByRole('cell').last()).toHaveText('equal');
  await expect(page.getByText(/[AB] is better on \d+ measures?/)).toBeVisible();
  await expect(page.getByText('same workload, same seeds, same arrivals')).toBeVisible();
  for (const name of ['cache-1', 'shard-2'])
    for (const letter of ['A', 'B'])
      await expect(
        page
          .getByRole('region', { name: `Design ${letter}` })
          .getByRole('img', { name: new RegExp(`^${name}`) }),
      ).toBeVisible();
  // Its queues are those of a tenth of a second, unlike those of a design alone.
  await page
    .getByText(/queued$/)
    .first()
    .hover();
  await expect(page.getByRole('tooltip')).toContainText('at the end of the tenth of a second');
});

// On a page of its own: there is no run before at first.
alone(
  'C compares with the same design under another policy, or with the run before, and closes again',
  async ({ page }) => {
    await page.goto('#/write-through?duration=2s');
    await page.keyboard.press('c');
    await expect(page.getByRole('region', { name: 'Design B' }).getByRole('heading')).toHaveText(
      'look-aside',
    );
    await expect(page).toHaveURL(/vs=look-aside\?duration=2s/);
    await page.keyboard.press('c');
    await expect(page.getByRole('region', { name: 'Design B' })).toBeHidden();
    await expect(page.getByRole('radio', { name: 'db-only' })).toBeVisible();
    await page.keyboard.press('7');
    await expect(page.getByText(/rendered in/)).toBeVisible({ timeout: 60_000 });
    await page.keyboard.press('c');
    await expect(page.getByRole('region', { name: 'Design A' }).getByRole('heading')).toHaveText('db-only');
    await expect(page.getByRole('region', { name: 'Design B' }).getByRole('heading')).toHaveText(
      'write-through',
    );
    await page.keyboard.press('Escape');
    await expect(page.getByRole('radio', { name: 'db-only' })).toBeChecked();
  },
);

test('the other design is chosen among policies, presets and links, and a bad link says why', async ({
  page,
}) => {
  await page.goto(compared);
  const other = page.getByRole('region', { name: 'Design B' });
  await other.getByRole('button', { name: 'Choose' }).click();
  const choices = page.getByRole('dialog', { name: 'Compare with' });
  await choices.getByRole('button', { name: 'write-behind' }).first().click();
  await expect(other.getByRole('heading')).toHaveText('write-behind');
  await expect(page).toHaveURL(/vs=write-behind\?duration=2s&[^?]*&cache.order=store-first/);

  await other.getByRole('button', { name: 'Choose' }).click();
  await choices.getByLabel('A link').fill('#/look-asid');
  await choices.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(choices.getByText('is no preset')).toBeVisible();
  await choices
    .getByLabel('A link')
    .fill('#/look-aside?duration=2s&workload.puts=100/s&workload.gets=5000/s');
  await choices.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(other.getByRole('heading')).toHaveText('look-aside');
  await expect(page.getByText('not the same arrivals: workload.puts differs')).toBeVisible();
});

test('it is stopped, goes on, and takes more seeds', async ({ page }) => {
  // Long enough that no pair is done before it is stopped.
  await page.goto('#/write-through?duration=300s&vs=db-only?duration=300s');
  await expect(page.getByRole('progressbar', { name: 'Seeds compared' })).toBeVisible();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByText('0 pairs of runs')).toBeVisible();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText('0 of 5 paired seeds')).toBeVisible();

  await page.goto(compared);
  await settled(page);
  await page.getByRole('button', { name: '5 more seeds' }).click();
  await settled(page, 10);
});

test('A and B change places, and undo brings the open design back', async ({ page }) => {
  await page.goto(`#/${B}&vs=db-only?${LITTLE}`);
  const name = (letter: string) =>
    page.getByRole('region', { name: `Design ${letter}` }).getByRole('heading');
  await page.getByRole('button', { name: 'Swap' }).click();
  await expect(name('A')).toHaveText('db-only');
  await expect(name('B')).toHaveText('write-through');
  await page.keyboard.press('Control+z');
  await expect(name('A')).toHaveText('write-through');
});

test('the table is copied as text, with the links of both designs', async ({ page }) => {
  await page.goto(compared);
  await settled(page);
  await page.getByRole('button', { name: 'Copy as text' }).click();
  await expect(page.getByText('Table copied')).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toContain(`A: #/${A}\nB: #/${B}\n`);
  expect(text).toMatch(/^\| Dirty reads \| 0 \| [^|]+ \| \+[^|]+ \| \+[^|]+ to \+[^|]+ \| A \|$/m);
});

test('the playhead moves both, and says so in words', async ({ page }) => {
  await page.goto(`${compared}&at=1s`);
  const playhead = page.getByRole('slider', { name: 'Playhead' });
  await playhead.focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('End');
  await expect(playhead).toHaveAttribute('aria-valuenow', '2.000');
});

test('stopped before its first pair, nothing of it is said to be under way', async ({ page }) => {
  const long = 'duration=600s';
  await page.goto(`./#/write-through?${long}&vs=db-only?${long}`);
  await expect(page.getByText('The first pair of runs is being rendered.')).toBeVisible();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByText('No pair of runs was rendered.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Go on' })).toBeVisible();
});
