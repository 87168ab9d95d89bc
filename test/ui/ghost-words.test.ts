import { describe, expect, it } from 'vitest';
import type { GhostState } from '../../src/state/ghost.ts';
import { ghostWords } from '../../src/ui/charts/ghostWords.ts';

const ghost: GhostState = {
  choice: 'pinned',
  pinned: undefined,
  name: 'look-aside',
  rendering: undefined,
  error: undefined,
};

describe('the ghost in words', () => {
  it.each<[Partial<GhostState>, string | undefined]>([
    [{ choice: 'before' }, 'before: cache timeout off'],
    [{}, 'pinned: look-aside'],
    [{ rendering: 0.5 }, 'pinned: look-aside, rendered to 50\u2009%'],
    [{ error: 'no' }, 'pinned: look-aside, which could not be rendered'],
    [{ choice: 'none' }, undefined],
  ])('%o: %s', (state, words) => {
    expect(
      ghostWords({ ...ghost, ...state }, { label: 'cache timeout', before: 'off', after: '20 ms' }),
    ).toBe(words);
  });

  it('has no name for the run before a change that has none', () => {
    expect(ghostWords({ ...ghost, choice: 'before' }, undefined)).toBe('the run before');
  });
});
