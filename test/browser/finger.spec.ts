/** What people come for, on a phone and by a finger alone: each in three actions at the most, by one who knows where it is. */
import type { Locator, Page } from '@playwright/test';
import { card } from '../support/diagram.ts';
import { expect, visit as test } from '../support/page.ts';

test.use({
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  permissions: ['clipboard-read', 'clipboard-write'],
});

const CALM = './#/write-through?duration=3s';
const TROUBLED = './#/write-through?duration=4s&fault=cache-1:delay:200ms@1s-3s&at=900ms';
const LATER = { timeout: 60_000 };

class Finger {
  actions = 0;

  async tap(target: Locator): Promise<void> {
    this.actions++;
    await target.tap();
  }

  /** One opens a list, and takes something from it. */
  async choose(list: Locator, value: string): Promise<void> {
    this.actions += 2;
    await list.selectOption(value);
  }
}

interface Task {
  readonly name: string;
  readonly link: string;
  readonly perform: (page: Page, finger: Finger) => Promise<void>;
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const panel = (page: Page) => page.getByRole('tabpanel');
const why = (page: Page) => page.getByRole('region', { name: 'Why it happened' });

const TASKS: readonly Task[] = [
  {
    name: 'see one PUT end to end',
    link: `${CALM}&at=2s&speed=1/1000`,
    perform: async (page, finger) => {
      await finger.tap(button(page, 'Operations under way'));
      const puts = page.getByRole('listitem').filter({ hasText: 'PUT' }).getByRole('button');
      await finger.tap(puts.first());
      await expect(page.getByRole('group', { name: 'The messages in space and time' })).toBeVisible(LATER);
    },
  },
  {
    name: 'slow a cache',
    link: `${CALM}&at=1s&speed=1/1000`,
    perform: async (page, finger) => {
      await finger.tap(card(page, 'cache-1'));
      await finger.tap(panel(page).getByRole('button', { name: /^slow/i }));
      await expect(card(page, 'cache-1')).toContainText('slow ×20', LATER);
    },
  },
  {
    name: 'kill a leader',
    link: `${CALM}&at=1s&speed=1/1000`,
    perform: async (page, finger) => {
      await finger.tap(card(page, 'shard-1'));
      await finger.tap(panel(page).getByRole('button', { name: /^crash/i }));
      await expect(card(page, 'shard-1')).toContainText('no leader', LATER);
    },
  },
  {
    name: 'find the first stale read',
    link: TROUBLED,
    perform: async (page, finger) => {
      const stops = page.getByRole('dialog', { name: 'Stop at the first' });
      // A page that opens a link plays it; where another one was open before, it stands.
      if (await button(page, 'Play').isVisible()) await finger.tap(button(page, 'Play'));
      await finger.tap(button(page, 'Stop at the first'));
      await finger.tap(stops.getByRole('checkbox', { name: 'first stale read' }));
      await expect(page.getByText(/^first stale read, at \d+\.\d+/)).toBeVisible(LATER);
      await expect(stops, 'nothing lies over what it stopped at').toBeHidden();
      await expect(why(page)).toBeVisible(LATER);
    },
  },
  {
    name: 'read why',
    link: TROUBLED,
    perform: async (page, finger) => {
      await finger.tap(page.getByRole('button', { name: /\d violations?$/ }));
      await expect(why(page).getByRole('heading', { level: 3 }).first()).toBeVisible(LATER);
    },
  },
  {
    name: 'apply the remedy',
    link: TROUBLED,
    perform: async (page, finger) => {
      await finger.tap(page.getByRole('button', { name: /\d violations?$/ }));
      await finger.tap(page.getByRole('button', { name: /^Fix: / }).first());
      await expect(button(page, /^Undo: /)).toBeEnabled();
      await expect(why(page)).toBeHidden();
    },
  },
  {
    name: 'switch the policy',
    link: CALM,
    perform: async (page, finger) => {
      await finger.choose(page.getByRole('combobox', { name: 'Policy' }), 'look-aside');
      await expect(page).toHaveURL(/#\/look-aside/);
    },
  },
  {
    name: 'compare two designs',
    link: CALM,
    perform: async (page, finger) => {
      await finger.tap(page.getByRole('button', { name: /^Compare/ }));
      await expect(page.getByRole('table', { name: 'Means of both designs' })).toBeVisible(LATER);
    },
  },
  {
    name: 'share a moment',
    link: `${CALM}&at=2s&speed=1/1000`,
    perform: async (page, finger) => {
      await finger.tap(button(page, 'Share'));
      const link = page.getByLabel('Link to this moment', { exact: true });
      await expect(link).toHaveValue(/#\/write-through\?.*at=/);
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await link.inputValue());
    },
  },
  {
    name: 'export a report',
    link: CALM,
    perform: async (page, finger) => {
      await finger.tap(page.getByRole('button', { name: /^Export/ }));
      const file = page.waitForEvent('download', LATER);
      await finger.tap(button(page, 'Report in Markdown'));
      expect((await file).suggestedFilename()).toMatch(/\.md$/);
    },
  },
];

for (const { name, link, perform } of TASKS)
  test(name, async ({ page }) => {
    await page.goto(link);
    await expect(page.getByText(/every hop drawn|1 in .+ drawn/)).toBeVisible(LATER);
    const finger = new Finger();
    await perform(page, finger);
    expect(finger.actions).toBeGreaterThan(0);
    expect(finger.actions).toBeLessThanOrEqual(3);
  });
