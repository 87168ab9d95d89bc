/** The work that the browser keeps: over a reload, between tabs, and where it cannot. */
import { describe, expect, it } from 'vitest';
import { seedDesign } from '../../src/design/design.ts';
import { writeLink } from '../../src/design/links.ts';
import { MIRROR_AFTER_MS } from '../../src/state/mirror.ts';
import { WORK_KEY } from '../../src/state/work.ts';
import { aSession, aStorage, holdTime, SEED_CHANGE, seeded } from '../support/sessions.ts';

holdTime();

/** Two tabs, and by what they know the document that is open in the first one, "Two". */
async function inTwoTabs() {
  const storage = aStorage();
  const here = aSession({ storage });
  here.session.documents.edit({ ...seeded(2), title: 'Two' }, SEED_CHANGE);
  await here.pass(MIRROR_AFTER_MS);
  const there = aSession({ storage });
  return { here, there, two: there.session.recent.list()[0]?.id ?? '' };
}

describe('the work', () => {
  it('survives a reload', async () => {
    const storage = aStorage();
    const first = aSession({ storage });
    first.session.documents.open(seeded(8), [], 'eight.json');
    await first.pass(MIRROR_AFTER_MS);
    first.session.dispose();
    const { session } = aSession({ storage });
    expect(session.documents.getState()).toMatchObject({ design: { seed: 8 }, name: 'eight.json' });
  });

  it('survives a page that is closed right after a change', () => {
    const storage = aStorage();
    const { session, leave } = aSession({ storage });
    session.documents.edit(seeded(4), SEED_CHANGE);
    leave();
    expect(aSession({ storage }).session.documents.getState().design.seed).toBe(4);
  });

  it('that a link replaced is still one undo away after a reload', async () => {
    const storage = aStorage({ [WORK_KEY]: JSON.stringify({ fragment: writeLink(seeded(5)) }) });
    const first = aSession({ storage, fragment: '#/write-through?seed=7&cache.ttl=3sec' });
    await first.pass(MIRROR_AFTER_MS);
    first.session.dispose();
    const { session } = aSession({ storage, fragment: '#/write-through?seed=7&cache.ttl=3sec' });
    expect(session.documents.getState().design.seed).toBe(7);
    session.documents.undo();
    expect(session.documents.getState().design.seed).toBe(5);
  });

  it('of two tabs is kept apart, and each goes on with its own', async () => {
    const storage = aStorage();
    const tabs = [aStorage(), aStorage()];
    const sessions = tabs.map((tab) => aSession({ storage, tab }));
    sessions[0]?.session.documents.edit(seeded(2), SEED_CHANGE);
    sessions[1]?.session.documents.edit(seeded(3), SEED_CHANGE);
    await sessions[0]?.pass(MIRROR_AFTER_MS);
    const seeds = tabs.map((tab) => aSession({ storage, tab }).session.documents.getState().design.seed);
    expect(seeds).toEqual([2, 3]);
  });

  it('of every design that was opened is a document of its own, and undo goes back to the one before', async () => {
    const { session, pass } = aSession();
    const { documents, recent } = session;
    const listed = () => recent.list().map(({ title, isOpen }) => [title, isOpen]);
    documents.edit({ ...seeded(2), title: 'Two' }, SEED_CHANGE);
    // Not written yet when the next one is opened.
    documents.open({ ...seeded(3), title: 'Three' }, [], 'three.json');
    await pass(MIRROR_AFTER_MS);
    expect(listed()).toEqual([
      ['Three', true],
      ['Two', false],
    ]);
    documents.undo();
    documents.edit({ ...seeded(4), title: 'Two and more' }, SEED_CHANGE);
    await pass(MIRROR_AFTER_MS);
    expect(listed()).toEqual([
      ['Two and more', true],
      ['Three', false],
    ]);
  });

  it('can be gone back to, named anew and deleted, and its steps are undone as if it had stayed open', async () => {
    const { session, pass } = aSession();
    const { documents, recent } = session;
    documents.edit({ ...seeded(2), title: 'Two' }, SEED_CHANGE);
    documents.open(seeded(3), [], 'three.json');
    await pass(MIRROR_AFTER_MS);
    const [three, two] = recent.list();
    if (three === undefined || two === undefined) throw new Error('too few documents');
    expect(three.title).toBe('three.json');
    recent.rename(two.id, ' Second ');
    recent.rename(three.id, 'Third');
    expect(documents.getState().design.title).toBe('Third');
    recent.open(two.id);
    expect(documents.getState().design).toMatchObject({ seed: 2, title: 'Second' });
    await pass(MIRROR_AFTER_MS);
    // Going back to a document makes no other one of it.
    expect(recent.list()).toHaveLength(2);
    recent.remove(three.id);
    expect(recent.list().map(({ title }) => title)).toEqual(['Second']);
    // First its own steps are undone, then that it was opened.
    documents.undo();
    expect(documents.getState().design).toMatchObject({ seed: 1, title: '' });
    documents.undo();
    expect(documents.getState().design).toMatchObject({ seed: 3, title: 'Third' });
  });

  it('that is named anew is listed so at once; the name that stands there changes nothing', async () => {
    const { session, pass } = aSession();
    const { documents, recent } = session;
    documents.edit(seeded(2), SEED_CHANGE);
    documents.open(seeded(3), [], 'three.json');
    await pass(MIRROR_AFTER_MS);
    const titles = (): string[] => recent.list().map(({ title }) => title);
    const before = titles();
    expect(before).toContain('three.json');
    for (const { id, title } of recent.list()) recent.rename(id, title);
    expect(titles()).toEqual(before);
    expect(recent.list().map(({ design }) => design.title)).toEqual(['', '']);
    recent.rename(recent.list().find(({ isOpen }) => isOpen)?.id ?? '', 'Third');
    expect(titles()).toContain('Third');
  });

  it('is gone back to with its own steps from one that has come to the same design', async () => {
    const { session, pass } = aSession();
    const { documents, recent } = session;
    for (const seed of [2, 3]) documents.edit(seeded(seed), SEED_CHANGE);
    documents.open(seeded(9), [], 'nine.json');
    documents.edit(seeded(3), SEED_CHANGE);
    await pass(MIRROR_AFTER_MS);
    recent.open(recent.list().find(({ isOpen }) => !isOpen)?.id ?? '');
    documents.undo();
    expect(documents.getState().design.seed).toBe(2);
  });

  it('keeps the name that another tab gave it, and goes on beside it', async () => {
    const { here, there, two } = await inTwoTabs();
    there.session.recent.rename(two, 'Second');
    here.session.documents.edit({ ...seeded(3), title: 'Two' }, SEED_CHANGE);
    await here.pass(MIRROR_AFTER_MS);
    const kept = there.session.recent.list().map(({ title, design }) => [title, design.seed]);
    expect(kept.sort()).toEqual([
      ['Second', 2],
      ['Two', 3],
    ]);
  });

  it('that is deleted can be put back as it was', async () => {
    const { session, pass } = aSession();
    const { documents, recent } = session;
    for (const seed of [2, 3]) documents.edit({ ...seeded(seed), title: 'Two' }, SEED_CHANGE);
    documents.open(seeded(9), [], 'nine.json');
    await pass(MIRROR_AFTER_MS);
    const before = recent.list();
    const removed = recent.remove(before.find(({ title }) => title === 'Two')?.id ?? '');
    expect(recent.list()).toHaveLength(1);
    if (!removed.ok) throw new Error(removed.error);
    expect(removed.value().ok).toBe(true);
    expect(recent.list()).toEqual(before);
  });

  it('that is deleted, and that a tab in which it is open has gone on with, is not put back as it was', async () => {
    const { here, there, two } = await inTwoTabs();
    const removed = there.session.recent.remove(two);
    if (!removed.ok) throw new Error(removed.error);
    here.session.documents.edit({ ...seeded(3), title: 'Two' }, SEED_CHANGE);
    await here.pass(MIRROR_AFTER_MS);
    expect(removed.value().ok).toBe(true);
    expect(there.session.recent.list().map(({ design }) => design.seed)).toEqual([3]);
  });

  it('that is gone back to after a reload has its own steps of undo, and none of another document', async () => {
    const [storage, tab] = [aStorage(), aStorage()];
    const first = aSession({ storage, tab });
    first.session.documents.open({ ...seeded(2), title: 'Two' }, [], 'two.json');
    for (const seed of [3, 4]) first.session.documents.edit({ ...seeded(seed), title: 'Two' }, SEED_CHANGE);
    await first.pass(MIRROR_AFTER_MS);
    first.session.documents.open(seeded(9), [], 'nine.json');
    await first.pass(MIRROR_AFTER_MS);
    first.session.dispose();

    const { session, pass } = aSession({ storage, tab });
    const { documents, recent } = session;
    const two = recent.list().find(({ title }) => title === 'Two');
    recent.open(two?.id ?? '');
    const seeds = (): number => documents.getState().design.seed;
    expect(seeds()).toBe(4);
    const undone = Array.from({ length: 3 }, () => {
      documents.undo();
      return seeds();
    });
    expect(undone).toEqual([3, 2, 9]);
    documents.redo();
    documents.redo();
    await pass(MIRROR_AFTER_MS);
    expect(recent.list().map(({ title, isOpen }) => [title, isOpen])).toEqual([
      ['Two', true],
      ['nine.json', false],
    ]);
  });

  it('of before a reload is not written over by what was open before it', async () => {
    const [storage, tab] = [aStorage(), aStorage()];
    const first = aSession({ storage, tab });
    first.session.documents.edit({ ...seeded(2), title: 'Two' }, SEED_CHANGE);
    first.session.documents.open({ ...seeded(3), title: 'Three' }, [], 'three.json');
    await first.pass(MIRROR_AFTER_MS);
    first.session.dispose();
    const { session, pass } = aSession({ storage, tab });
    session.documents.undo();
    expect(session.documents.getState().design.title).toBe('Two');
    await pass(MIRROR_AFTER_MS);
    expect(session.recent.list().map(({ title }) => title)).toContain('Three');
  });

  it('goes on without storage, and that is said once', async () => {
    const { session, pass } = aSession({ storage: undefined });
    session.documents.edit(seeded(2), SEED_CHANGE);
    await pass(MIRROR_AFTER_MS);
    expect(session.run.getState().notice).toMatch(/does not keep the work.*The page’s address has all of/);
    // There are none.
    expect(session.run.getState().notice).not.toMatch(/can be deleted/);
    session.run.dismissNotice();
    session.documents.edit(seeded(3), SEED_CHANGE);
    await pass(MIRROR_AFTER_MS);
    expect(session.run.getState().notice).toBeUndefined();
  });

  it('says no longer that it is not kept once it is', async () => {
    const storage = aStorage();
    const { session, pass } = aSession({ storage });
    const { setItem } = storage;
    storage.setItem = () => {
      throw new DOMException('exceeded', 'QuotaExceededError');
    };
    session.documents.edit(seeded(2), SEED_CHANGE);
    await pass(MIRROR_AFTER_MS);
    expect(session.run.getState().notice).toMatch(
      /does not keep the work [(]its storage for this page is full/,
    );
    storage.setItem = setItem;
    session.documents.edit(seeded(3), SEED_CHANGE);
    await pass(MIRROR_AFTER_MS);
    expect(session.run.getState().notice).toBeUndefined();
  });

  it('that is corrupt is said, and the seed’s design is opened', () => {
    const { session } = aSession({ storage: aStorage({ [WORK_KEY]: '{' }) });
    expect(session.run.getState().notice).toMatch(/could not be read/);
    expect(session.documents.getState().design).toEqual(seedDesign);
  });
});
