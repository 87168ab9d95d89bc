/**
 * What people come for, from a cold link: each is done by the hands of one who knows where it is, in three actions at the
 * most, and what it took is printed. An action is a press of a button, a key or a pointer's; typing into one field is one.
 */
import type { Locator, Page } from '@playwright/test';
import { card } from '../support/diagram.ts';
import { expect, test } from '../support/page.ts';

test.use({ contextOptions: { reducedMotion: 'no-preference' } });

/** The seed's design in trouble: its first cache node is slow for a while, and nothing is versioned. */
const TROUBLED = './#/write-through?cache.timeout=20ms&fault=cache-1:delay:200ms@2s-4s&at=1.9s';
const SEED = './#/write-through';

/** Hands that count what they do. */
class Hands {
  actions = 0;

  constructor(private readonly page: Page) {}

  async press(target: Locator): Promise<void> {
    this.actions++;
    await target.click();
  }

  async key(name: string): Promise<void> {
    this.actions++;
    await this.page.keyboard.press(name);
  }
}

interface Task {
  readonly name: string;
  readonly link: string;
  /** From the link to where it is done; it ends when what was asked for is on the screen. */
  readonly perform: (page: Page, hands: Hands) => Promise<void>;
}

const LATER = { timeout: 60_000 };
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const why = (page: Page) => page.getByRole('region', { name: 'Why it happened' });
const what = (page: Page) => page.getByRole('region', { name: 'What it did' });

/** The link's picture moves: nobody acts before. */
async function alive(page: Page): Promise<void> {
  await expect(page.getByText(/every hop drawn|1 in \d+ drawn/)).toBeVisible(LATER);
}

const TASKS: readonly Task[] = [
  {
    name: 'see one PUT end to end',
    link: `${SEED}?at=2s&speed=1/1000`,
    perform: async (page, hands) => {
      await hands.press(button(page, 'Operations under way'));
      const puts = page.getByRole('listitem').filter({ hasText: 'PUT' }).getByRole('button');
      await hands.press(puts.first());
      await expect(what(page).getByRole('group', { name: 'The messages in space and time' })).toBeVisible(
        LATER,
      );
      await expect(what(page).getByRole('heading', { level: 2 })).toContainText(/(writes|wrote) v\d+/);
    },
  },
  {
    name: 'slow a cache',
    link: SEED,
    perform: async (page, hands) => {
      await card(page, 'cache-1').hover();
      await hands.press(button(page, 'Slow cache-1 here and now'));
      await expect(card(page, 'cache-1')).toContainText('slow ×20', LATER);
    },
  },
  {
    name: 'kill a leader',
    link: SEED,
    perform: async (page, hands) => {
      await card(page, 'shard-1').hover();
      await hands.press(button(page, 'Crash shard-1.leader here and now'));
      await expect(card(page, 'shard-1')).toContainText('no leader', LATER);
    },
  },
  {
    name: 'find the first stale read',
    link: TROUBLED,
    perform: async (page, hands) => {
      await hands.press(button(page, 'Stop at the first'));
      await hands.press(page.getByRole('checkbox', { name: 'first stale read' }));
      await expect(page.getByText(/first stale read, at \d+\.\d+/)).toBeVisible(LATER);
    },
  },
  {
    name: 'read why',
    link: TROUBLED,
    perform: async (page, hands) => {
      await hands.key('v');
      await expect(why(page).getByRole('heading', { level: 3 }).first()).toBeVisible(LATER);
    },
  },
  {
    name: 'apply the remedy',
    link: TROUBLED,
    perform: async (page, hands) => {
      await hands.key('v');
      await hands.press(page.getByRole('button', { name: /^Fix: / }).first());
      await expect(button(page, /^Undo: /)).toBeEnabled();
      await expect(why(page)).toBeHidden();
    },
  },
  {
    name: 'switch the policy',
    link: SEED,
    perform: async (page, hands) => {
      await hands.key('2');
      await expect(page.getByRole('radio', { name: 'write-through-aside' })).toBeChecked();
      await alive(page);
    },
  },
  {
    name: 'compare two designs',
    link: './#/write-through?duration=5s',
    perform: async (page, hands) => {
      await hands.key('c');
      await expect(page.getByRole('main', { name: 'Comparison' })).toBeVisible();
      await expect(page.getByRole('table', { name: 'Means of both designs' })).toBeVisible(LATER);
    },
  },
  {
    name: 'share a moment',
    link: SEED,
    perform: async (page, hands) => {
      await hands.press(button(page, 'Share'));
      const link = page.getByLabel('Link to this moment', { exact: true });
      await expect(link).toHaveValue(/#\/write-through\?.*at=/);
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await link.inputValue());
    },
  },
  {
    name: 'export a report',
    link: './#/write-through?duration=5s',
    perform: async (page, hands) => {
      await hands.press(button(page, 'Export'));
      const file = page.waitForEvent('download', LATER);
      await hands.press(button(page, 'Report in Markdown'));
      expect((await file).suggestedFilename()).toMatch(/\.md$/);
    },
  },
];

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

for (const { name, link, perform } of TASKS)
  test(name, async ({ page }) => {
    const hands = new Hands(page);
    const began = performance.now();
    await page.goto(link);
    await alive(page);
    const shown = performance.now();
    await perform(page, hands);
    const done = performance.now();
    const seconds = (from: number, to: number) => `${((to - from) / 1000).toFixed(1)} s`;
    const actions = hands.actions === 1 ? '1 action' : `${hands.actions} actions`;
    const took = `${seconds(began, done)} from the cold link, ${seconds(shown, done)} from the first picture`;
    process.stdout.write(`     ${name}: ${actions}, ${took}\n`);
    expect(hands.actions).toBeGreaterThan(0);
    expect(hands.actions).toBeLessThanOrEqual(3);
  });
