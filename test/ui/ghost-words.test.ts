import { describe, expect, it } from 'vitest';
import { seedDesign } from '../../src/design/design.ts';
import type { GhostState } from '../../src/state/ghost.ts';
import { ghostWords } from '../../src/ui/charts/ghostWords.ts';

const ghost: GhostState = {
  choice: 'pinned',
  design: { ...seedDesign, policy: 'look-aside' },
  pinned: undefined,
  rendering: undefined,
  error: undefined,
};

describe('the ghost in words', () => {
  it.each<[Partial<GhostState>, string | undefined]>([
    [{ choice: 'before' }, 'before: cache timeout off'],
    [{}, 'pinned: look-aside'],
    [{ design: { ...seedDesign, title: 'Our KV' } }, 'pinned: Our KV'],
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
