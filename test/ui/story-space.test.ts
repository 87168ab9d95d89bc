import { describe, expect, it } from 'vitest';
import { foldWords, isUnderFlag } from '../../src/ui/story/spaceLayout.ts';

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

describe('a label of the axis', () => {
  it('gives way to the flag of the cursor where that would cover some of it', () => {
    expect(isUnderFlag('12.5', 100, 100)).toBe(true);
    expect(isUnderFlag('12.5', 100, 135)).toBe(true);
    expect(isUnderFlag('12.5', 100, 137)).toBe(false);
    expect(isUnderFlag('12.5', 100, 63)).toBe(false);
  });

  it('that is longer gives way sooner', () => {
    expect(isUnderFlag('150\u2009ms', 100, 140)).toBe(true);
    expect(isUnderFlag('', 100, 100)).toBe(false);
  });
});
