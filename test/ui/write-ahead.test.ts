/** Keys that are pressed between the wish to write and the field that takes them: none of them is the page's. */
import { afterEach, describe, expect, it } from 'vitest';
import { remarkHere } from '../../src/ui/notes/acts.ts';
import {
  awaitsField,
  stopWriting,
  takeAhead,
  write,
  writeAhead,
  writing,
} from '../../src/ui/notes/writing.ts';
import { said } from '../../src/ui/said.ts';
import { idleSession } from '../support/idleSession.ts';

const press = (key: string, ctrlKey = false) => writeAhead({ key, ctrlKey, metaKey: false });

describe('a key that is pressed before the field of the notes is there', () => {
  afterEach(stopWriting);

  it('is written into it, spaces and ends of lines too', () => {
    write('notes');
    expect(['v', ' ', '1', '2', 'Backspace', 'Enter', 'c'].map((key) => press(key))).not.toContain(false);
    expect(takeAhead()).toBe('v 1\nc');
  });

  it('is the field’s own once that is there, and the page’s where nothing is being written', () => {
    expect(press('c')).toBe(false);
    write({ on: 'cache-1' });
    takeAhead();
    expect(press('c')).toBe(false);
    expect(awaitsField()).toBe(false);
  });

  it('is the page’s where it writes nothing', () => {
    write('notes');
    expect([press('z', true), press('ArrowDown')]).toEqual([false, false]);
    expect(takeAhead()).toBe('');
  });

  it('gives writing up with Escape', () => {
    write('notes');
    press('c');
    expect(press('Escape')).toBe(true);
    expect(writing.getState().open).toBeUndefined();
    expect(press('c')).toBe(false);
  });
});

describe('a remark that would be out of sight', () => {
  afterEach(stopWriting);

  it('is refused beside a comparison', () => {
    const session = idleSession();
    session.comparison.open(session.documents.getState().design);
    remarkHere(session);
    expect(writing.getState().open).toBeUndefined();
    expect(said.getState().text).toMatch(/^Remarks are written outside the comparison/);
  });

  it('brings a story that stands alone beside the diagram', () => {
    const session = idleSession();
    session.view.focusOperation({ operation: 5, key: 3, at: 0 });
    session.view.placeStory(false);
    remarkHere(session);
    expect(session.view.getState().storyBeside).toBe(true);
  });
});
