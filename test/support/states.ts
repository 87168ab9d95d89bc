/** Every state that the page can be in, and how one gets there. A new panel is a new line. */
import type { Page } from '@playwright/test';
import { expect, killEngine } from './page.ts';

export interface State {
  readonly name: string;
  readonly link: string;
  /** What is done there, from the link on. */
  readonly reach: (page: Page) => Promise<void>;
  /** Below this many pixels there is no such state. */
  readonly from?: number;
  /** Looked at in every width and both themes: what all the others stand upon. */
  readonly everywhere?: boolean;
}

/** Two seconds in which slow cache nodes outlive the patience of their callers. */
const ZOMBIES =
  'write-through?duration=2s&workload.puts=300/s&workload.gets=900/s&workload.keys=40&workload.sessions=6&client.timeout=200ms&cache.ttl=300ms&cache.timeout=10ms&cache.concurrency=1&fault=cache-1:slow:200@300ms-900ms&fault=cache-2:slow:200@300ms-900ms';
const SHORT = 'write-through?duration=1s';
/** So little traffic that the pairs of runs of a comparison are soon there. */
const LITTLE = 'duration=1s&workload.puts=250/s&workload.gets=2500/s';
const SLOW = 'write-through?duration=2s&at=1s&speed=1/1000';
const WRITTEN = `${SHORT}&title=Tried&notes=${encodeURIComponent('# Why\n\n- [a link](https://example.org)\n\n`code` and **more**\n\n| a | b |\n|---|---|\n| 1 | 2 |')}&remark=500ms:look&remark=cache-1:this%20one`;

const button = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name, exact: true });
const shown = (page: Page) => expect(page.locator('[data-card="clients"]')).toBeVisible({ timeout: 60_000 });
const why = (page: Page) => page.getByRole('region', { name: 'Why it happened' });

/** The first violation of ZOMBIES, told: the key finds none before that run is there. */
async function told(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('v');
    await expect(why(page).getByRole('heading', { level: 3 }).first()).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
}

/** The story, turned: on a page that others have used before it opens where it stood last. */
async function turned(page: Page, by: 'Show it wide' | 'Show on the diagram'): Promise<void> {
  await told(page);
  const turn = why(page).getByRole('button', { name: by });
  if (await turn.isVisible()) await turn.click();
}

export const STATES: readonly State[] = [
  {
    name: 'the first screen, with a fault and a broken contract',
    everywhere: true,
    link: 'write-through?duration=2s&fault=cache-1:slow:30@0.5s-1.5s&contract.putP99=1ms',
    reach: async (page) => {
      await expect(page.getByRole('img', { name: 'broken' }).first()).toBeVisible({ timeout: 60_000 });
    },
  },
  {
    name: 'what broke a promise, one by one',
    link: ZOMBIES,
    reach: async (page) => {
      await page.getByRole('button', { name: 'broken: list what broke Read your writes' }).click();
      await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible();
    },
  },
  {
    name: 'all violations by kind',
    link: ZOMBIES,
    reach: async (page) => {
      const onPhone = page.getByRole('button', { name: 'All violations, by kind' });
      await page
        .getByRole('button', { name: /list them by kind$/ })
        .or(onPhone)
        .click();
      const list = page.getByRole('dialog', { name: 'Violations, by kind' });
      await list.getByRole('button', { name: /went back in time$/ }).click();
      await expect(list.getByRole('listitem').first()).toBeVisible();
    },
  },
  {
    name: 'while it renders',
    link: 'write-through?duration=600s',
    reach: shown,
  },
  {
    name: 'a picture full of trouble',
    link: 'write-through?duration=2s&fault=app-cache:delay:50ms@500ms-1500ms&fault=cache-1:slow:20@500ms-1500ms&fault=shard-1.leader:crash@500ms-1500ms&fault=cache-2:flush@900ms&at=1s&speed=1/1000',
    reach: async (page) => {
      await expect(page.getByText('slow ×20').first()).toBeVisible({ timeout: 30_000 });
    },
  },
  {
    name: 'a link that is broken in part',
    link: 'look-aside?duration=1s&cache.ttl=3sec&cache.nodes=99',
    reach: async (page) => {
      await shown(page);
      await expect(page.getByRole('alert', { name: 'Problems of what was opened' })).toBeVisible();
    },
  },
  {
    name: 'Share, opened',
    link: SHORT,
    reach: async (page) => {
      await shown(page);
      await button('Share')(page).click();
      await expect(page.getByLabel('Link to this moment', { exact: true })).toBeVisible();
    },
  },
  {
    name: 'the menu of the design',
    link: SHORT,
    reach: async (page) => {
      await shown(page);
      await button('The design: open, save, reset')(page).click();
      await expect(page.getByRole('menu')).toBeVisible();
    },
  },
  {
    name: 'the sheet of keys',
    link: SHORT,
    reach: async (page) => {
      await shown(page);
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'every group of the inspector open',
    link: SHORT,
    from: 1024,
    reach: async (page) => {
      for (const section of ['Workload', 'Client', 'App', 'Cache', 'Store', 'Network', 'Run'])
        await page.locator('summary', { hasText: section }).click();
    },
  },
  {
    name: 'the menu of a node',
    link: SLOW,
    reach: async (page) => {
      await button(/^cache-1/)(page)
        .first()
        .click({ button: 'right' });
      await expect(page.getByRole('menu', { name: 'cache-1, here and now' })).toBeVisible();
    },
  },
  {
    name: 'a key and a session that are followed, one of them unknown',
    link: SLOW,
    from: 1024,
    reach: async (page) => {
      await button('Follows key 0')(page).click();
      await page.getByRole('textbox', { name: 'session that is followed' }).fill('1000');
      await page.keyboard.press('Enter');
      await expect(page.getByText(/not among the sessions/i)).toBeVisible();
    },
  },
  {
    name: 'a word that is explained',
    link: SLOW,
    from: 1440,
    reach: async (page) => {
      await page.getByRole('main', { name: 'The design' }).getByText('hit ratio').first().hover();
      await expect(page.getByRole('tooltip')).toBeVisible();
    },
  },
  {
    name: 'the palette, with everything in it',
    link: SHORT,
    reach: async (page) => {
      await shown(page);
      await page.keyboard.press('Control+k');
      await expect(
        page.getByRole('dialog', { name: 'Find anything' }).getByRole('option').first(),
      ).toBeVisible();
    },
  },
  {
    name: 'the palette, with nothing that fits',
    link: SHORT,
    reach: async (page) => {
      await shown(page);
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'What to do, or where to go' }).fill('no such thing');
      await expect(page.getByText('Nothing is called “no such thing”')).toBeVisible();
    },
  },
  {
    name: 'the gallery',
    link: SHORT,
    reach: async (page) => {
      await shown(page);
      await page.keyboard.press('p');
      await expect(page.getByRole('main', { name: 'Presets' })).toBeVisible();
    },
  },
  {
    name: 'notes and remarks, read',
    link: WRITTEN,
    reach: async (page) => {
      await expect(page.getByRole('region', { name: 'Notes' }).getByRole('link')).toBeVisible();
    },
  },
  {
    name: 'notes, being written',
    link: WRITTEN,
    reach: async (page) => {
      await page
        .getByRole('region', { name: 'Notes' })
        .getByRole('button', { name: 'Edit', exact: true })
        .click();
      await expect(page.getByLabel('Notes, in Markdown')).toBeFocused();
    },
  },
  {
    name: 'a remark, being pinned',
    link: `${SHORT}&at=500ms`,
    reach: async (page) => {
      await shown(page);
      await page.keyboard.press('m');
      await expect(page.getByRole('textbox', { name: /^Remark on/ })).toBeFocused();
    },
  },
  {
    name: 'the export panel',
    link: SHORT,
    reach: async (page) => {
      await shown(page);
      await button('Export')(page).click();
      const panel = page.getByRole('dialog', { name: 'Export' });
      await expect(panel.getByRole('button', { name: 'Report in Markdown' })).toBeEnabled({
        timeout: 60_000,
      });
    },
  },
  {
    name: 'the curve of freshness',
    link: `${SHORT}&workload.keys=2000`,
    reach: async (page) => {
      const freshness = page.getByRole('region', { name: 'Freshness' });
      await freshness.getByRole('button', { name: 'Measure' }).click();
      await expect(freshness.getByRole('button', { name: 'Measure again' })).toBeVisible({ timeout: 60_000 });
    },
  },
  {
    name: 'a run that failed',
    link: SHORT,
    reach: async (page) => {
      await shown(page);
      await killEngine(page, 2);
      await page.keyboard.press('2');
      await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
    },
  },
  {
    name: 'nothing arrives',
    link: 'write-through?duration=1s&workload.puts=0/s&workload.gets=0/s',
    reach: shown,
  },
  {
    name: 'a story in a place of its own',
    link: ZOMBIES,
    reach: (page) => turned(page, 'Show it wide'),
  },
  {
    name: 'a story beside the diagram',
    link: ZOMBIES,
    from: 1024,
    reach: async (page) => {
      await turned(page, 'Show on the diagram');
      await expect(page.getByRole('main', { name: 'The design' })).toBeVisible();
    },
  },
  {
    name: 'the operations under way',
    link: `${ZOMBIES}&at=500ms&speed=1/1000`,
    from: 1024,
    reach: async (page) => {
      await shown(page);
      await button('Operations under way')(page).click();
      await expect(page.getByRole('dialog', { name: 'Operations under way' })).toBeVisible();
    },
  },
  {
    name: 'what play stops at',
    link: ZOMBIES,
    from: 1024,
    reach: async (page) => {
      await button('Stop at the first')(page).click();
      await expect(page.getByRole('checkbox', { name: 'first timeout' })).toBeVisible();
    },
  },
  {
    name: 'a comparison',
    link: `write-through?${LITTLE}&cache.order=store-first&vs=write-through?${LITTLE}`,
    reach: async (page) => {
      await expect(page.getByText('5 pairs of runs')).toBeVisible({ timeout: 90_000 });
    },
  },
  {
    name: 'a comparison, whose other design is being chosen',
    link: `write-through?${LITTLE}&vs=db-only?${LITTLE}`,
    reach: async (page) => {
      await expect(page.getByText('5 pairs of runs')).toBeVisible({ timeout: 90_000 });
      await page.getByRole('button', { name: 'Choose' }).click();
    },
  },
];
