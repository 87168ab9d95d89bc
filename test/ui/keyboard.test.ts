import { describe, expect, it } from 'vitest';
import { keepsDesign, shortcutFor, type Press } from '../../src/ui/shell/keyboard.ts';
import { CURSOR_SHORTCUTS, SHORTCUTS } from '../../src/ui/shell/shortcuts.ts';
import { said } from '../../src/ui/said.ts';
import { aSession, holdTime } from '../support/sessions.ts';

holdTime();

const press = (key: string, held: Partial<Press> = {}): Press => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

const wordsOf = (key: string, held?: Partial<Press>): string | undefined =>
  shortcutFor(press(key, held))?.words;

describe('the keys of the page', () => {
  it.each<[string, Partial<Press>, string]>([
    [' ', {}, 'play, pause'],
    [',', {}, 'one message back'],
    ['.', {}, 'one message forward'],
    ['<', { shiftKey: true }, '100 ms back'],
    [',', { shiftKey: true }, '100 ms back'],
    ['v', {}, 'next violation'],
    ['V', { shiftKey: true }, 'violation before'],
    ['e', {}, 'export: pictures, a video, data, a report'],
    ['z', { ctrlKey: true }, 'undo'],
    ['Z', { ctrlKey: true, shiftKey: true }, 'redo'],
    ['z', { metaKey: true }, 'undo'],
    ['?', { shiftKey: true }, 'all marks and keys'],
    ['?', {}, 'all marks and keys'],
    ['Escape', {}, 'back'],
    ['2', {}, 'policy'],
    ['+', { shiftKey: true }, 'one more of what is selected: node, shard, replica'],
    ['=', {}, 'one more of what is selected: node, shard, replica'],
    ['-', {}, 'one fewer of what is selected'],
    ['k', { ctrlKey: true }, 'find anything'],
    ['K', { metaKey: true }, 'find anything'],
  ])('%s with %o: %s', (key, held, words) => {
    expect(wordsOf(key, held)).toBe(words);
  });

  it('of a diagram that is only looked at move its cursor, and do nothing else', () => {
    const wordsThere = (key: string) => shortcutFor(press(key), CURSOR_SHORTCUTS)?.words;
    expect(wordsThere(' ')).toBe('play, pause');
    expect(['2', 'f', 't', 'v', 'p', 'c', 's', '+'].map(wordsThere)).toEqual(Array(8).fill(undefined));
  });

  it("leaves the browser's own chords alone", () => {
    expect(wordsOf('s', { ctrlKey: true })).toBeUndefined();
    expect(wordsOf('f', { metaKey: true })).toBeUndefined();
    expect(wordsOf('v', { ctrlKey: true })).toBeUndefined();
    expect(wordsOf('t', { altKey: true })).toBeUndefined();
  });

  it('has one act for every press', () => {
    for (const { on, shift = false, ctrl = false, words } of SHORTCUTS) {
      for (const key of on) {
        const held = { shiftKey: shift === true, ctrlKey: ctrl };
        expect(wordsOf(key, held), `${key}: ${words}`).toBe(words);
      }
    }
  });
});

describe('beside a comparison', () => {
  it.each<[string, Partial<Press>]>([
    ['v', {}],
    ['v', { shiftKey: true }],
    ['o', {}],
    ['o', { shiftKey: true }],
    ['d', {}],
  ])('%s with %o opens no story that nobody sees, and says where it would', (key, held) => {
    const { session } = aSession({ fragment: '#/write-through?vs=look-aside' });
    const before = session.view.getState();
    shortcutFor(press(key, held))?.act(session, key);
    expect(session.view.getState()).toBe(before);
    expect(said.getState().text).toMatch(/^Stories are told outside/);
  });
});

describe('while the gallery covers the screen', () => {
  it.each(['1', '7', 'f', 'x', 'm', '-'])('%s changes nothing of what lies under it', (key) => {
    expect(shortcutFor(press(key))).toBeDefined();
    expect(shortcutFor(press(key), SHORTCUTS.filter(keepsDesign))).toBeUndefined();
  });

  it.each(['p', 'Escape', '?'])('%s does what it always does', (key) => {
    expect(shortcutFor(press(key), SHORTCUTS.filter(keepsDesign))).toBe(shortcutFor(press(key)));
  });
});
