/** The documents that the browser keeps, through a storage that works, is full, or is not there. */
import { beforeEach, describe, expect, it } from 'vitest';
import { createKeeper, TAB_KEY, type KeeperSurroundings } from '../../src/state/keeper.ts';
import { DOCUMENTS_LIMIT, listKept, loadKept, removeKept, saveKept } from '../../src/state/kept.ts';
import { WORK_KEY, type KeyValue, type Work } from '../../src/state/work.ts';
import { aStorage } from '../support/sessions.ts';

const past = [{ fragment: '/db-only', label: 'seed', own: true }];
const untouched: Work = { fragment: '/write-through', name: undefined, past: [] };
const work = (seed: number): Work => ({ fragment: `/write-through?seed=${seed}`, name: 'seven.json', past });

const full: KeyValue = {
  ...aStorage(),
  setItem: () => {
    throw new Error('QuotaExceededError');
  },
};

let storage: ReturnType<typeof aStorage>;
let clock = 0;
const places = (changes: Partial<KeeperSurroundings> = {}): KeeperSurroundings => ({
  storage,
  tab: aStorage(),
  now: () => (clock += 1),
  newId: () => `id${(clock += 1)}`,
  ...changes,
});
const fragments = () => listKept(storage).map(({ fragment }) => fragment);

beforeEach(() => {
  storage = aStorage();
});

describe('the documents of all tabs', () => {
  it('come back as they were left, the newest first, with what was open before them', () => {
    const keeper = createKeeper(places(), untouched);
    expect(keeper.save(0, work(1)).ok).toBe(true);
    expect(keeper.save(1, work(2)).ok).toBe(true);
    expect(listKept(storage)).toMatchObject([work(2), work(1)]);
    expect(loadKept(storage, keeper.idOf(0) ?? '')).toMatchObject(work(1));
  });

  it(`are the last ${DOCUMENTS_LIMIT}`, () => {
    const keeper = createKeeper(places(), untouched);
    for (let i = 0; i <= DOCUMENTS_LIMIT; i++) keeper.save(i, work(i));
    expect(listKept(storage)).toHaveLength(DOCUMENTS_LIMIT);
    expect(fragments()).not.toContain('/write-through?seed=0');
    expect(fragments()[0]).toBe(`/write-through?seed=${DOCUMENTS_LIMIT}`);
  });

  it('that nobody can read are no reason to lose the others', () => {
    createKeeper(places(), untouched).save(0, work(1));
    storage.setItem('throughline.document.x', '{');
    storage.setItem('another', 'page');
    expect(fragments()).toEqual(['/write-through?seed=1']);
  });

  it('are gone once they are deleted', () => {
    const keeper = createKeeper(places(), untouched);
    keeper.save(0, work(1));
    expect(removeKept(storage, keeper.idOf(0) ?? '').ok).toBe(true);
    expect(listKept(storage)).toEqual([]);
  });
});

describe('a storage that is full', () => {
  it('is said to be, and that kept documents can be deleted where there are any', () => {
    expect(createKeeper(places({ storage: full }), untouched).save(0, work(1))).toEqual({
      ok: false,
      error: 'This browser does not keep the work (QuotaExceededError).',
    });
    createKeeper(places(), untouched).save(0, work(1));
    const fullOfThem: KeyValue = { ...storage, setItem: (key, text) => full.setItem(key, text) };
    expect(createKeeper(places({ storage: fullOfThem }), untouched).save(0, work(2))).toMatchObject({
      error: expect.stringMatching(/[.] Kept designs can be deleted under Presets[.]$/) as string,
    });
  });
});

describe('a tab', () => {
  it('keeps nothing of a first visit on which nothing was done', () => {
    const keeper = createKeeper(places(), untouched);
    expect(keeper.opened).toEqual({ ok: true, value: undefined });
    keeper.save(0, untouched);
    expect(storage.map.size).toBe(0);
  });

  it('goes on with its own document after a reload, whatever others have written since', () => {
    const tab = aStorage();
    createKeeper(places({ tab }), untouched).save(0, work(1));
    createKeeper(places(), untouched).save(1, work(2));
    expect(createKeeper(places({ tab }), untouched).opened).toMatchObject({ value: work(1) });
    expect(createKeeper(places(), untouched).opened).toMatchObject({ value: work(2) });
  });

  it('leaves a document to the tab that went on with it, and goes on beside it', () => {
    createKeeper(places(), untouched).save(0, work(1));
    const [one, other] = [createKeeper(places(), untouched), createKeeper(places(), untouched)];
    one.save(0, work(2));
    other.save(0, work(3));
    one.save(0, work(4));
    other.save(0, work(5));
    expect(fragments()).toEqual(['/write-through?seed=5', '/write-through?seed=4']);
  });

  it('that was duplicated does not write over what it was duplicated from', () => {
    const tab = aStorage();
    createKeeper(places({ tab }), untouched).save(0, work(1));
    const duplicate = createKeeper(places({ tab: aStorage(Object.fromEntries(tab.map)) }), untouched);
    const first = createKeeper(places({ tab }), untouched);
    duplicate.save(0, work(2));
    first.save(0, work(3));
    expect(fragments()).toEqual(['/write-through?seed=3', '/write-through?seed=2']);
  });

  it('writes only what has changed', () => {
    const keeper = createKeeper(places(), untouched);
    keeper.save(0, work(1));
    const written = [...storage.map];
    keeper.save(0, work(1));
    expect([...storage.map]).toEqual(written);
  });

  it('takes over the one document of earlier times', () => {
    storage.setItem(WORK_KEY, JSON.stringify(work(9)));
    const keeper = createKeeper(places(), untouched);
    expect(keeper.opened).toEqual({ ok: true, value: work(9) });
    keeper.save(0, work(9));
    expect(fragments()).toEqual(['/write-through?seed=9']);
    expect(storage.map.has(WORK_KEY)).toBe(false);
  });

  it('says why nothing is kept where storage is full or absent, and goes on', () => {
    expect(createKeeper(places({ storage: full }), untouched).save(0, work(1))).toMatchObject({
      ok: false,
      error: expect.stringContaining('Quota') as string,
    });
    expect(createKeeper(places({ storage: undefined }), untouched).save(0, work(1))).toMatchObject({
      ok: false,
      error: expect.stringContaining('no storage') as string,
    });
    // What it cannot note of itself costs nothing but the way back to it.
    const keeper = createKeeper(places({ tab: full }), untouched);
    expect(keeper.save(0, work(1)).ok).toBe(true);
    expect(full.getItem(TAB_KEY)).toBeNull();
  });

  it('writes what storage had no room for once there is some', () => {
    let isFull = true;
    const tight: KeyValue = {
      ...storage,
      get length() {
        return storage.length;
      },
      setItem: (key, value) => (isFull ? full : storage).setItem(key, value),
    };
    const keeper = createKeeper(places({ storage: tight }), untouched);
    expect(keeper.save(0, work(1)).ok).toBe(false);
    isFull = false;
    expect(keeper.save(0, work(1)).ok).toBe(true);
    expect(fragments()).toEqual(['/write-through?seed=1']);
  });
});

it('a document whose title is changed from outside stays its tab’s own', () => {
  const keeper = createKeeper(places(), untouched);
  keeper.save(0, work(1));
  const kept = loadKept(storage, keeper.idOf(0) ?? '');
  if (kept === undefined) throw new Error('nothing was kept');
  saveKept(storage, { ...kept, fragment: '/write-through?seed=1&title=Mine' });
  keeper.save(0, work(2));
  expect(fragments()).toEqual(['/write-through?seed=2']);
});
