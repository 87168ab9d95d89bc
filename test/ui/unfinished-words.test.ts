import { describe, expect, it } from 'vitest';
import { unfinishedWords } from '../../src/ui/timeline/unfinishedWords.ts';

const LONG = { brief: false };
const BRIEF = { brief: true };
const renderedTo = 1_800_000;

describe('what is said of a run that is not there to its end', () => {
  it('a run that a limit ended says which one, in as many words as there is room for', () => {
    const ended = {
      phase: 'done',
      renderedTo,
      stopped: '4 million messages alive at once, at 1.8s',
    } as const;
    expect(unfinishedWords(ended, LONG)).toMatch(
      /^ended before its time: 4 million messages alive at once, at 1\.8\ss$/,
    );
    expect(unfinishedWords(ended, BRIEF)).toMatch(/^ended early: 4 million messages/);
  });

  it('a run that is under way says how far it is, and one that failed that it is not to be had', () => {
    const underWay = { phase: 'rendering', renderedTo, stopped: undefined } as const;
    expect(unfinishedWords(underWay, LONG)).toMatch(/^rendered to 1\.8.s$/);
    expect(unfinishedWords({ ...underWay, phase: 'failed' }, LONG)).toBe('could not be rendered');
  });

  it('a run that came to its end says nothing', () => {
    expect(unfinishedWords({ phase: 'done', renderedTo, stopped: undefined }, LONG)).toBeUndefined();
  });
});
