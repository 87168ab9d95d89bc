import { describe, expect, it } from 'vitest';
import { foldWords } from '../../src/ui/story/spaceLayout.ts';

describe('the lengths of folds', () => {
  it('of one unit that stand side by side say it once, at the last', () => {
    expect(
      foldWords([
        { x: 100, length: 176_000 },
        { x: 138, length: 22_300 },
        { x: 176, length: 150_000 },
        { x: 400, length: 20_000 },
      ]),
    ).toEqual(['176', '22.3', '150\u2009ms', '20.0\u2009ms']);
  });

  it('of two units say both', () => {
    expect(
      foldWords([
        { x: 100, length: 1_200_000 },
        { x: 138, length: 22_300 },
      ]),
    ).toEqual(['1.20\u2009s', '22.3\u2009ms']);
  });
});
