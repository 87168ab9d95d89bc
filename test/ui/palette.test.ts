import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seedDesign } from '../../src/design/design.ts';
import { MIRROR_AFTER_MS } from '../../src/state/mirror.ts';
import type { Session } from '../../src/state/session.ts';
import { entriesOf, saidBy } from '../../src/ui/palette/entries.ts';
import type { Entry } from '../../src/ui/palette/entry.ts';
import { find } from '../../src/ui/palette/find.ts';
import { closePalette, openPalette, palette, typeAhead } from '../../src/ui/palette/palette.ts';
import { said } from '../../src/ui/said.ts';
import { aDetail } from '../support/details.ts';
import { aSession } from '../support/sessions.ts';
import { violationsOf } from '../support/violations.ts';

const opened = (settings = ''): Session => aSession({ fragment: `#/write-through?${settings}` }).session;
const wordsOf = (entries: readonly Entry[]): readonly string[] => entries.map(({ words }) => words);
/** Does what the first entry found stands for. */
function take(session: Session, typed: string): void {
  const [first] = [...saidBy(typed, session), ...find(entriesOf(session), typed)];
  first?.act(session);
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('what is typed into the palette', () => {
  const entries = [
    'undo',
    'redo',
    'policy write-behind',
    'policy write-around',
    'cache-1',
    'slow cache-1',
  ].map((words) => ({ words, more: words === 'undo' ? 'takes the last change back' : '' }));
  it.each([
    ['', ['undo', 'redo', 'policy write-behind', 'policy write-around', 'cache-1', 'slow cache-1']],
    ['cache-1', ['cache-1', 'slow cache-1']],
    ['CACHE slow', ['slow cache-1']],
    ['write', ['policy write-behind', 'policy write-around']],
    ['pwb', ['policy write-behind']],
    ['do', ['undo', 'redo']],
    ['change', ['undo']],
    ['nothing like it', []],
  ])('%j finds %j', (typed, found) => {
    expect(find(entries, typed).map(({ words }) => words)).toEqual(found);
  });

  it('counts most where it begins a word, wherever else it stands', () => {
    const firsts = ['first violation', 'first stale read'].map((words) => ({ words }));
    expect(find(firsts, 'first st').map(({ words }) => words)).toEqual([
      'first stale read',
      'first violation',
    ]);
  });
});

describe('a key that is pressed before the field of the palette is there', () => {
  const press = (key: string, ctrlKey = false) => typeAhead({ key, ctrlKey, metaKey: false });
  afterEach(closePalette);

  it('is typed into it, and nothing that the page would do by it is done', () => {
    openPalette();
    expect(['c', 'r', 'a', 's', 'x'].map((key) => press(key))).not.toContain(false);
    expect(press('Backspace')).toBe(true);
    expect(press('h')).toBe(true);
    expect(palette.getState().typed).toBe('crash');
  });

  it('is the page’s where it types nothing, and when no palette is open', () => {
    expect(press('c')).toBe(false);
    openPalette();
    expect([press('z', true), press('ArrowDown')]).toEqual([false, false]);
    expect(palette.getState().typed).toBe('');
  });

  it('takes it back with Escape, and the next one begins empty', () => {
    openPalette();
    press('c');
    expect(press('Escape')).toBe(true);
    expect(palette.getState().open).toBe(false);
    openPalette();
    expect(palette.getState().typed).toBe('');
  });
});

describe('an entry of the palette', () => {
  it('is there for every policy, place and kind of fault that can hit it', () => {
    const words = wordsOf(entriesOf(opened('cache.nodes=3')));
    expect(words).toEqual(
      expect.arrayContaining([
        'policy db-only',
        'cache-3',
        'flush cache-3',
        'crash shard-2.leader',
        'cache.ttl',
      ]),
    );
    expect(words).toContain('partition app-cache');
    expect(words).not.toContain('flush app-1');
    expect(new Set(words).size).toBe(words.length);
  });

  it.each([
    ['share', 'S'],
    ['dark', 'T'],
    ['csv', 'E'],
    ['perfetto', 'E'],
    ['embed', 'E'],
  ])('is found by the name that the page has for what it does: %s', (typed, keys) => {
    expect(find(entriesOf(opened()), typed)[0]).toMatchObject({ keys });
  });

  it('does what the control that it stands for does', () => {
    const session = opened('at=2s');
    take(session, 'crash cache-2');
    expect(session.documents.getState().design.faults).toMatchObject([
      { target: 'cache-2', kind: 'crash', at: 2_000_000 },
    ]);
    take(session, 'undo');
    expect(session.documents.getState().design.faults).toEqual([]);
    take(session, 'policy look');
    expect(session.documents.getState().design.policy).toBe('look-aside');
    take(session, 'shard-1.replica-3');
    expect(session.view.getState().selection).toBe('shard-1.replica-3');
  });

  it('sets a key to a value, or says what is wrong with it', () => {
    const session = opened();
    take(session, 'cache.ttl = 3s');
    expect(session.documents.getState().design.cache.ttl).toBe(3_000_000);
    take(session, 'fault=cache-1:slow:20@1s');
    expect(session.documents.getState().design.faults).toMatchObject([{ target: 'cache-1', kind: 'slow' }]);
    const before = session.documents.getState().design;
    const [wrong] = saidBy('cache.ttl=4sec', session);
    expect(wrong).toMatchObject({
      words: 'cache.ttl=4sec has an unknown unit "sec"',
      goesOn: 'cache.ttl=4s',
    });
    expect(wrong?.more).toContain('a duration such as 2s');
    expect(saidBy('cash.ttl=4s', session)).toMatchObject([{ goesOn: 'cache.ttl=4s' }]);
    take(session, 'cache.ttl=4sec');
    expect(session.documents.getState().design).toBe(before);
  });

  it('follows a key or a session by its number, and says which there are', () => {
    const session = opened('workload.keys=100');
    take(session, 'key 99');
    take(session, 'session 7');
    expect(session.view.getState()).toMatchObject({ watchedKey: 99, followedSession: 7 });
    expect(saidBy('key 100', session)).toMatchObject([{ more: '0 to 99' }]);
    take(session, 'follow no session');
    expect(session.view.getState().followedSession).toBeUndefined();
  });

  it('follows the key or the session of an operation that is under way, each offered once', () => {
    const session = opened();
    const detail = aDetail({
      events: [
        { time: 10, is: 'startOperation', operation: 1, key: 17, version: 3, extra: 417 },
        { time: 20, is: 'startOperation', operation: 2, key: 17, extra: 5 },
        { time: 30, is: 'startOperation', operation: 3, key: 18, extra: 6 },
        { time: 40, is: 'endOperation', operation: 3, key: 18, extra: 0 },
      ],
    });
    session.view.setState({ detail, cursor: 50 });
    const offers = entriesOf(session).filter(
      ({ group, goesOn }) => group === 'Follow' && goesOn === undefined,
    );
    expect(wordsOf(offers)).toEqual([
      'follow key 17',
      'follow session 417',
      'follow session 5',
      'follow no session',
    ]);
    // Of several operations of one key, the first.
    expect(offers.map(({ more }) => more)).toEqual([
      'a PUT of theirs is under way',
      'a PUT of theirs is under way',
      'a GET of theirs is under way',
      undefined,
    ]);
    take(session, 'follow 417');
    take(session, 'follow key 17');
    expect(session.view.getState()).toMatchObject({ watchedKey: 17, followedSession: 417 });
  });

  it('opens a document that the browser keeps, but for the one that is open', async () => {
    const { session, pass } = aSession();
    const { documents } = session;
    documents.edit({ ...seedDesign, title: 'Earlier' }, { label: 'title' });
    await pass(MIRROR_AFTER_MS);
    documents.open({ ...seedDesign, seed: 2, title: 'Later' }, [], 'later.json');
    await pass(MIRROR_AFTER_MS);
    const recent = entriesOf(session).filter(({ group }) => group === 'Recent');
    expect(wordsOf(recent)).toEqual(['open Earlier']);
    take(session, 'open Earlier');
    expect(documents.getState().design.title).toBe('Earlier');
  });

  it('goes to what happens first in the run, or says that it does not', () => {
    const session = opened();
    // As they are found, and not in the order of time.
    const violations = violationsOf(
      { time: 30, kind: 'dirtyRead', operation: 1 },
      { time: 20, kind: 'dirtyRead', operation: 1 },
      { time: 40, kind: 'staleRead', operation: 1 },
      { time: 50, kind: 'readYourWrites', operation: 1 },
    );
    const { design } = session.documents.getState();
    const series = { buckets: 0, nodeCount: 0, system: new Float32Array(), nodes: new Float32Array() };
    session.run.setState({ violations, design, series, phase: 'done' });
    const gone = (typed: string) => {
      take(session, typed);
      return session.view.getState().focusedViolation;
    };
    expect(gone('first dirty read')).toBe(1);
    expect(gone('first stale read')).toBe(2);
    expect(gone('first violation')).toBe(3);
    expect(gone('phantom read')).toBe(3);
    expect(said.getState().text).toBe('There is no phantom read in this run.');
    // Its own kind comes first once one of them is looked at; after the last one comes the first.
    expect([gone('dirty read'), gone('dirty read'), gone('dirty read')]).toEqual([1, 0, 1]);
    const [next] = find(entriesOf(session), 'next dirty read');
    expect(next?.more).toBe('1 of 2 is looked at');
  });

  it('has play pause at what comes first, or no longer', () => {
    const session = opened();
    take(session, 'pause first failover');
    expect([...session.stops.getState().on]).toEqual(['failover']);
    take(session, 'no longer pause');
    expect(session.stops.getState().on.size).toBe(0);
  });

  it('goes to an instant, and no further than the run', () => {
    const session = opened();
    take(session, '12.34s');
    expect(session.view.getState()).toMatchObject({ cursor: 12_340_000, playing: false });
    take(session, '700s');
    expect(session.view.getState().cursor).toBe(60_000_000);
  });
});
