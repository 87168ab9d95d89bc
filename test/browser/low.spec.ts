/** A low window, such as a phone on its side or a page that is read at twice its size: everything is still there to be read. */
import { boxOf, expect, visit as test } from '../support/page.ts';

const LINK = './#/write-through?duration=2s&at=1s&speed=1/1000';

for (const [width, height, what] of [
  [720, 450, 'a laptop at twice its size'],
  [683, 384, 'a small laptop at twice its size'],
  [960, 540, 'a screen at twice its size'],
  [844, 390, 'a phone on its side'],
] as const)
  test.describe(`On ${what}, ${width} × ${height}`, () => {
    test.use({ viewport: { width, height } });

    test('the whole diagram can be read, beside the sheet and above the timeline', async ({ page }) => {
      await page.goto(LINK);
      await expect(page.getByText('holds').first()).toBeAttached({ timeout: 60_000 });
      const stage = await boxOf(page.getByRole('main', { name: 'The design' }));
      for (const name of ['clients', 'app-1', 'app-4', 'cache-2', 'shard-1', 'shard-2']) {
        const card = await boxOf(page.locator(`[data-card="${name}"]`));
        expect(card.y, name).toBeGreaterThanOrEqual(stage.y);
        expect(card.bottom, name).toBeLessThanOrEqual(stage.bottom);
      }
      const scale = await page
        .locator('.react-flow__viewport')
        .evaluate((drawing) => new DOMMatrix(getComputedStyle(drawing).transform).a);
      expect(scale).toBeGreaterThan(0.8);
      const sheet = await boxOf(page.getByRole('region', { name: 'Contract, selection and charts' }));
      expect(sheet.x).toBeGreaterThanOrEqual(stage.right);
      await expect(page.getByRole('slider', { name: 'Playhead' })).toBeInViewport({ ratio: 1 });
      await expect(page.getByText('Read your writes', { exact: true })).toBeInViewport();
      const [charts, violations] = await Promise.all([
        boxOf(page.getByRole('tab', { name: 'Charts' })),
        boxOf(page.getByRole('button', { name: /violations?$/ })),
      ]);
      expect(charts.right).toBeLessThanOrEqual(violations.x);
    });

    test('the policy is chosen between what is open and what can be done with it, however long its title', async ({
      page,
    }) => {
      await page.goto(`${LINK}&title=${'A%20cache%20in%20the%20way%20of%20writes%20'.repeat(3)}`);
      const [menu, policy, fault, undo] = await Promise.all([
        boxOf(page.getByRole('button', { name: 'The design: open, save, reset' })),
        boxOf(page.getByRole('combobox', { name: 'Policy' })),
        boxOf(page.getByRole('button', { name: 'Fault' })),
        boxOf(page.getByRole('button', { name: /^Undo/ })),
      ]);
      expect(menu.right).toBeLessThanOrEqual(policy.x);
      expect(policy.right).toBeLessThanOrEqual(fault.x);
      expect(fault.right).toBeLessThanOrEqual(undo.x);
    });

    test('the sheet can be closed to its grip, opened again and made full', async ({ page }) => {
      await page.goto(LINK);
      const grip = page.getByRole('button', { name: /^Make the sheet/ });
      const sheet = page.getByRole('region', { name: 'Contract, selection and charts' });
      const widthOf = async () => (await sheet.boundingBox())?.width;
      const half = await widthOf();
      await grip.press('Enter');
      await expect.poll(widthOf).toBe(width);
      await grip.press('Enter');
      await expect.poll(widthOf).toBe(24);
      await expect(grip).toBeFocused();
      await grip.press('Enter');
      await expect.poll(widthOf).toBe(half);
    });
  });

test.describe('On a small tablet at twice its size, 512 × 384', () => {
  test.use({ viewport: { width: 512, height: 384 } });

  test('every tab of the sheet is whole, beside the violations', async ({ page }) => {
    await page.goto('./#/write-through?duration=2s&fault=cache-1:slow:20@500ms-1500ms&at=1s&speed=1/1000');
    const violations = page.getByRole('button', { name: /^[1-9]\d* violations$/ });
    await expect(violations).toBeVisible({ timeout: 60_000 });
    const tabs = page.getByRole('tablist', { name: 'Sheet' });
    expect(await tabs.evaluate((list) => list.scrollWidth - list.clientWidth)).toBe(0);
    const [counted, sheet] = await Promise.all([
      boxOf(violations),
      boxOf(page.getByRole('region', { name: 'Contract, selection and charts' })),
    ]);
    expect(counted.x).toBeGreaterThanOrEqual((await boxOf(tabs)).right);
    expect(counted.right).toBeLessThanOrEqual(sheet.right);
  });

  test('every card of the diagram is whole, and the policy stands above the sheet', async ({ page }) => {
    await page.goto(LINK);
    const stage = await boxOf(page.getByRole('main', { name: 'The design' }));
    for (const name of ['clients', 'app-1', 'cache-2', 'shard-1', 'shard-2'])
      await expect
        .poll(async () => (await boxOf(page.locator(`[data-card="${name}"]`))).bottom, name)
        .toBeLessThanOrEqual(stage.bottom);
    const [policy, tabs] = await Promise.all([
      boxOf(page.getByRole('combobox', { name: 'Policy' })),
      boxOf(page.getByRole('tablist', { name: 'Sheet' })),
    ]);
    expect(policy.x).toBeGreaterThanOrEqual(stage.right);
    expect(policy.bottom).toBeLessThanOrEqual(tabs.y);
  });
});
