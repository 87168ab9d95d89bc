/** What the open design is compared with: chosen, followed, given up, and carried by the link. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_SEEDS } from '../../src/design/comparing.ts';
import { seedDesign, type Design } from '../../src/design/design.ts';
import { LIMITS } from '../../src/design/limits.ts';
import { SETTLED_MS } from '../../src/state/comparison.ts';
import { MIRROR_AFTER_MS } from '../../src/state/mirror.ts';
import type { ComparisonClient, ComparisonListener } from '../../src/worker/client-comparison.ts';
import { aDesign } from '../support/designs.ts';
import { aSession } from '../support/sessions.ts';

const lookAside: Design = { ...seedDesign, policy: 'look-aside' };

/** A session, and what its worker of comparisons was asked. */
function comparing(fragment = '') {
  const asked: string[] = [];
  let listener: ComparisonListener | undefined;
  const comparisons: ComparisonClient = {
    compare(a, b, seeds, told) {
      asked.push(`${a.policy} ${a.seed} vs ${b.policy}, ${seeds}`);
      listener = told;
    },
    more: (seeds) => asked.push(`more ${seeds}`),
    stop: () => asked.push('stop'),
    dispose: () => asked.push('dispose'),
  };
  const page = aSession({ fragment, comparisons });
  return {
    ...page,
    asked,
    comparison: page.session.comparison,
    told: (count: number, done = false) => {
      const seeds = Array.from({ length: count }, (_, i) => i + 1);
      const reading = { seeds, asked: DEFAULT_SEEDS, differences: [], stopped: [] };
      listener?.progress({ type: 'comparison', reading, series: {}, share: done ? 1 : 0.5, done });
    },
    fail: (message: string) => listener?.failed(message),
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a comparison', () => {
  test('begins at once with what was chosen, and says how far it is', async () => {
    const { comparison, asked, told, pass } = comparing();
    comparison.open(lookAside);
    await pass(0);
    expect(asked.at(-1)).toBe(`write-through 1 vs look-aside, ${DEFAULT_SEEDS}`);
    told(2);
    expect(comparison.getState()).toMatchObject({ share: 0.5, reading: { seeds: [1, 2] } });
    told(DEFAULT_SEEDS, true);
    expect(comparison.getState().share).toBeUndefined();
  });

  test('begins anew once the open design has settled, and not for words or places', async () => {
    const { comparison, session, frame, asked, pass } = comparing();
    comparison.open(lookAside);
    await pass(0);
    const before = asked.length;
    session.documents.edit({ ...seedDesign, title: 'Another' }, { label: 'title' });
    frame();
    await pass(2 * SETTLED_MS);
    expect(asked.length).toBe(before);
    for (const seed of [2, 3]) {
      session.documents.edit({ ...seedDesign, seed }, { label: 'seed' });
      frame();
      await pass(SETTLED_MS / 2);
    }
    expect(comparison.getState()).toMatchObject({ reading: undefined, share: 0 });
    await pass(SETTLED_MS);
    expect(asked.filter((words) => words.includes('vs')).slice(1)).toEqual([
      `write-through 3 vs look-aside, ${DEFAULT_SEEDS}`,
    ]);
  });

  test('stops, goes on, and takes more seeds up to the limit', async () => {
    const { comparison, asked, told, pass } = comparing();
    comparison.open(lookAside);
    await pass(0);
    told(2);
    comparison.stop();
    // What the worker told before it heard of that.
    told(3);
    expect(comparison.getState()).toMatchObject({ share: undefined, reading: { seeds: [1, 2, 3] } });
    comparison.more();
    expect(asked.slice(-2)).toEqual(['stop', `more ${DEFAULT_SEEDS}`]);
    told(DEFAULT_SEEDS, true);
    comparison.more();
    expect(asked.at(-1)).toBe(`more ${2 * DEFAULT_SEEDS}`);
    for (let i = 0; i < LIMITS.seeds; i++) {
      told(comparison.getState().seeds, true);
      comparison.more();
    }
    expect(comparison.getState().seeds).toBe(LIMITS.seeds);
  });

  test('says why it failed, and begins anew when it is asked for more', async () => {
    const { comparison, asked, fail, pass } = comparing();
    comparison.open(lookAside);
    await pass(0);
    fail('out of memory');
    expect(comparison.getState()).toMatchObject({ share: undefined, error: 'out of memory' });
    comparison.more();
    await pass(0);
    expect(asked.at(-1)).toContain('vs look-aside');
    expect(comparison.getState().error).toBeUndefined();
  });

  test('is in the link and in the command, is opened by the link, and closed by a link of one design', async () => {
    const { comparison, session, written, paste, asked, pass } = comparing();
    comparison.open(aDesign({ policy: 'look-aside', 'cache.ttl': '3s' }));
    await pass(MIRROR_AFTER_MS);
    expect(written.at(-1)).toBe('#/write-through?vs=look-aside?cache.ttl=3s');
    expect(session.link()).toContain('vs=look-aside');
    expect(session.command()).toBe(
      "npm run -s throughline -- compare '#/write-through?vs=look-aside?cache.ttl=3s'",
    );
    paste('#/write-through?at=2s&vs=db-only');
    expect(comparison.getState().versus?.policy).toBe('db-only');
    expect(session.view.getState().cursor).toBe(2_000_000);
    paste('#/write-through');
    expect(comparison.getState().versus).toBeUndefined();
    expect(asked.at(-1)).toBe('dispose');
    expect(session.command()).toContain('run');
  });

  test('is opened with the page whose address holds it', async () => {
    const { comparison, asked, pass } = comparing('#/write-through?vs=db-only');
    await pass(0);
    expect(comparison.getState().versus?.policy).toBe('db-only');
    expect(asked.at(-1)).toContain('write-through 1 vs db-only');
  });
});
