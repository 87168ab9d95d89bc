/** What leaves the page and comes back to it: links that are opened and shared, the address, the mark of a run. */
import { describe, expect, it, vi } from 'vitest';
import { seedDesign } from '../../src/design/design.ts';
import { writeLink } from '../../src/design/links.ts';
import { MIRROR_AFTER_MS } from '../../src/state/mirror.ts';
import { WORK_KEY } from '../../src/state/work.ts';
import { aSession, aStorage, holdTime, SEED_CHANGE, seeded } from '../support/sessions.ts';
import { setKey } from '../support/setKey.ts';

const SECOND = 1_000_000;
holdTime();

describe('links', () => {
  it('open a design at a moment', () => {
    const { session } = aSession({ fragment: '#/look-aside?seed=7&at=12.34s&speed=1/100' });
    expect(session.documents.getState().design).toMatchObject({ policy: 'look-aside', seed: 7 });
    expect(session.view.getState()).toMatchObject({ cursor: 12.34 * SECOND, speed: '1/100' });
  });

  it.each([
    ['?cache.ttl=3s', '', '#/write-through?cache.ttl=3s'],
    ['?embed&fault=cache-1:flush@1s&at=3s', '#', '#/write-through?fault=cache-1:flush@1s&at=3s'],
    ['?/look-aside?cache.ttl=3s', '', '#/look-aside?cache.ttl=3s'],
    ['?cache.ttl=3s', '#/look-aside', undefined],
    ['?utm_source=mail&at=noon&key=7', '', undefined],
    ['', '', undefined],
  ])('of settings without a # (%s%s) say how they are written', (query, fragment, meant) => {
    const { session } = aSession({ query, fragment });
    const { notice } = session.run.getState();
    expect(notice).toBe(
      meant && `The settings of this address have no # before them and are not read. Write: ${meant}`,
    );
    expect(session.documents.getState().past).toHaveLength(fragment.length > 1 ? 1 : 0);
  });

  it('carry the moment that is shown, and reading one gives it back', () => {
    const { session } = aSession({ fragment: '#/write-through?seed=7' });
    session.view.seek(3_000_000.4);
    session.view.setSpeed('1/10');
    const link = session.link();
    expect(link).toBe('https://throughline.example/play/#/write-through?seed=7&at=3s&speed=1/10');
    expect(aSession({ fragment: link.slice(link.indexOf('#')) }).session.link()).toBe(link);
  });

  it('carry whom the eye follows, as long as the design has it', () => {
    const { session } = aSession({ fragment: '#/write-through?key=12&session=417' });
    expect(session.view.getState()).toMatchObject({ watchedKey: 12, followedSession: 417 });
    session.view.watch(30);
    expect(session.link()).toMatch(/\?key=30&session=417$/);
    setKey(session, 'workload.keys', '20');
    setKey(session, 'workload.sessions', '400');
    expect(session.view.getState()).toMatchObject({ watchedKey: 0, followedSession: undefined });
    expect(session.link()).not.toMatch(/key=|session=/);
  });

  it('carry the window that is marked, which is asked of the run as soon as there is some of it', async () => {
    const { session, asked, lastRender, progress, written, pass } = aSession({
      fragment: '#/write-through?window=2s-4s',
    });
    const window = { from: 2 * SECOND, to: 4 * SECOND };
    expect(session.excerpt.getState()).toMatchObject({ span: window, measuring: 0 });
    expect(asked('excerpt')).toEqual([]);
    progress(SECOND);
    expect(asked('excerpt')).toMatchObject([{ run: lastRender().id, span: window }]);
    session.excerpt.mark({ from: 3 * SECOND, to: 5 * SECOND });
    expect(session.link()).toMatch(/\?window=3s-5s$/);
    await pass(MIRROR_AFTER_MS);
    expect(written.at(-1)).toBe('#/write-through?window=3s-5s');
    session.excerpt.mark(undefined);
    expect(session.link()).not.toContain('window');
  });

  it('are opened again where what they said was changed a moment ago', async () => {
    const { session, paste, written, pass } = aSession({ fragment: '#/write-through' });
    paste('#/look-aside?vs=db-only');
    await pass(MIRROR_AFTER_MS);
    session.comparison.close();
    setKey(session, 'cache.ttl', '3s');
    paste('#/look-aside?vs=db-only');
    expect(session.comparison.getState().versus).toMatchObject({ policy: 'db-only' });
    await pass(MIRROR_AFTER_MS);
    expect(written.at(-1) ?? '').not.toContain('cache.ttl');
    expect(session.link()).toMatch(/look-aside[?]vs=db-only/);
  });

  it('are opened as they were changed right before a reload, which asks for what the address said before', () => {
    const given = { storage: aStorage(), tab: aStorage(), fragment: '#/look-aside?seed=7' };
    const { session, leave } = aSession(given);
    setKey(session, 'cache.ttl', '3s');
    session.view.pause();
    session.view.seek(2 * SECOND);
    leave();
    // It is told twice: the page is hidden, and goes.
    leave();
    const reloaded = aSession(given).session;
    expect(reloaded.documents.getState().design.cache.ttl).toBe(3 * SECOND);
    expect(reloaded.view.getState().cursor).toBe(2 * SECOND);
    // Whoever opens the link once more means what it says.
    expect(aSession(given).session.documents.getState().design.cache.ttl).toBe(5 * SECOND);
  });

  it('are opened as they are by who comes back to them in the same tab later', () => {
    const given = { storage: aStorage(), tab: aStorage(), fragment: '#/look-aside?seed=7' };
    const { session, leave } = aSession(given);
    setKey(session, 'cache.ttl', '3s');
    leave();
    vi.advanceTimersByTime(60_000);
    expect(aSession(given).session.documents.getState().design.cache.ttl).toBe(5 * SECOND);
  });

  it('without a window mark none', () => {
    const { session, paste } = aSession({ fragment: '#/write-through?window=2s-4s' });
    paste('#/look-aside');
    expect(session.excerpt.getState().span).toBeUndefined();
  });

  it('carry the ghost that is pinned, and reading one pins it and renders it after the run', async () => {
    const { session, asked, progress, done, written, pass } = aSession({ fragment: '#/write-through' });
    progress(60 * SECOND);
    done();
    session.ghost.pin({ ...seedDesign, policy: 'db-only' });
    expect(session.link()).toMatch(/#\/write-through\?ghost=db-only\?run=\w+$/);
    await pass(MIRROR_AFTER_MS);
    expect(written.at(-1)).toBe('#/write-through?ghost=db-only');
    session.ghost.choose('none');
    await pass(MIRROR_AFTER_MS);
    expect(written.at(-1)).toBe('#/write-through');
    expect(asked('render')).toHaveLength(2);

    const opened = aSession({ fragment: '#/write-through?vs=look-aside&ghost=db-only?title=Ours&at=2s' });
    expect(opened.session.ghost.getState()).toMatchObject({
      choice: 'pinned',
      design: { policy: 'db-only', title: 'Ours' },
    });
    expect(opened.session.comparison.getState().versus).toMatchObject({ policy: 'look-aside' });
    expect(opened.asked('render')).toHaveLength(1);
    opened.progress(60 * SECOND);
    opened.done();
    expect(opened.asked('render').at(-1)?.design.policy).toBe('db-only');
    expect(opened.session.link()).toContain('vs=look-aside&ghost=db-only?title=Ours&at=2s');
  });

  it('keep the ghost through undo, reset and other designs, and let it go where another link has none', () => {
    const { session, paste } = aSession({ fragment: '#/write-through?seed=7&ghost=db-only' });
    const { documents, ghost } = session;
    documents.edit(seeded(8), SEED_CHANGE);
    documents.undo();
    documents.reset();
    documents.open(seeded(9), [], 'a preset');
    expect(session.link()).toMatch(/#\/write-through\?seed=9&ghost=db-only$/);
    paste('#/look-asid');
    expect(ghost.getState().choice).toBe('pinned');
    paste('#/look-aside');
    expect(session.link()).toMatch(/#\/look-aside$/);
    ghost.choose('pinned');
    expect(session.link()).toMatch(/#\/look-aside\?ghost=db-only$/);
  });

  it('win over the work of the last visit, which is one undo away', () => {
    const storage = aStorage({ [WORK_KEY]: JSON.stringify({ fragment: writeLink(seeded(5)) }) });
    const { session } = aSession({ storage, fragment: '#/write-through?seed=7' });
    expect(session.documents.getState().design.seed).toBe(7);
    session.documents.undo();
    expect(session.documents.getState().design.seed).toBe(5);
  });

  it('that are wrong in a place show it and keep the rest, and stay in the address to be mended', async () => {
    const { session, written, pass } = aSession({ fragment: '#/write-through?seed=7&cache.ttl=3sec' });
    expect(session.documents.getState()).toMatchObject({
      design: { seed: 7, cache: { ttl: seedDesign.cache.ttl } },
      problems: [{ key: 'cache.ttl', value: '3sec' }],
    });
    await pass(MIRROR_AFTER_MS);
    expect(written).toEqual([]);
    session.documents.dismissProblems();
    await pass(MIRROR_AFTER_MS);
    expect(written).toEqual(['#/write-through?seed=7']);
  });

  it('of which nothing can be read leave open what was open', () => {
    const storage = aStorage({ [WORK_KEY]: JSON.stringify({ fragment: writeLink(seeded(5)) }) });
    const { session } = aSession({ storage, fragment: `#/z/${'!'.repeat(50)}` });
    expect(session.documents.getState()).toMatchObject({ design: { seed: 5 }, past: [] });
    expect(session.documents.getState().problems).not.toEqual([]);
  });

  it('that name no preset and say nothing else leave open what was open', () => {
    const { session, paste } = aSession({ fragment: '#/look-aside?seed=5' });
    const steps = session.documents.getState().past.length;
    paste('#/no-such-thing');
    expect(session.documents.getState()).toMatchObject({ design: { seed: 5 }, refused: true });
    expect(session.documents.getState().past).toHaveLength(steps);
  });

  it('that are broken and undone leave the address to what is open again', async () => {
    const { session, paste, written, pass } = aSession({ fragment: '#/write-through?seed=7' });
    await pass(MIRROR_AFTER_MS);
    paste('#/write-through?seed=8&cache.ttl=3sec');
    await pass(MIRROR_AFTER_MS);
    session.documents.undo();
    await pass(MIRROR_AFTER_MS);
    expect(session.documents.getState().problems).toEqual([]);
    expect(written.at(-1)).toBe('#/write-through?seed=7');
  });

  it('that a person pastes into the address bar are opened, and undone', () => {
    const { session, paste, lastRender, frame } = aSession();
    paste('#/db-only?seed=3&at=2s');
    frame();
    expect(lastRender().design).toMatchObject({ policy: 'db-only', seed: 3 });
    expect(session.view.getState().cursor).toBe(2 * SECOND);
    session.documents.undo();
    expect(session.documents.getState().design).toEqual(seedDesign);
  });

  it('that a person pastes are opened, although the page wrote its own before it heard of that', async () => {
    const { session, type, written, pass } = aSession();
    session.documents.edit(seeded(9), SEED_CHANGE);
    const hear = type('#/db-only?seed=3');
    await pass(1000);
    expect(written.at(-1)).toBe('#/write-through?seed=9');
    hear();
    expect(session.documents.getState().design).toMatchObject({ policy: 'db-only', seed: 3 });
  });
});

describe('the address', () => {
  it('follows the document, some time after the last change', async () => {
    const { session, written, pass } = aSession();
    session.documents.edit(seeded(2), SEED_CHANGE);
    await pass(MIRROR_AFTER_MS - 1);
    session.documents.edit(seeded(3), SEED_CHANGE);
    await pass(MIRROR_AFTER_MS - 1);
    expect(written).toEqual([]);
    await pass(1);
    expect(written).toEqual(['#/write-through?seed=3']);
  });

  it('follows the moment when the eye stands still, and not while it plays', async () => {
    const { session, written, progress, pass, answerDetail } = aSession();
    progress(60 * SECOND);
    await pass(MIRROR_AFTER_MS);
    for (let i = 0; i < 100; i++) {
      if (session.view.getState().detailPending) await answerDetail();
      session.view.tick(16);
      await pass(16);
    }
    expect(written).toEqual([]);
    session.view.pause();
    await pass(MIRROR_AFTER_MS);
    expect(written.at(-1)).toBe('#/write-through?at=1.6s');
  });

  it('is not opened again because the session wrote it', async () => {
    const { session, paste, written, pass } = aSession();
    session.documents.edit(seeded(2), SEED_CHANGE);
    await pass(MIRROR_AFTER_MS);
    paste(written.at(-1) ?? '');
    expect(session.documents.getState().past).toHaveLength(1);
  });
});

describe('the mark of a run', () => {
  const [digest, other] = ['0123456789abcdef', 'fedcba9876543210'];

  /** A link to the seed, shared by somebody whose engine came to this digest. */
  const shared = (seen: string): string => {
    const { session, progress, done } = aSession({ fragment: '#/write-through?seed=7' });
    expect(session.link()).not.toMatch(/run=/);
    progress(SECOND);
    done(seen);
    return new URL(session.link()).hash;
  };

  it('is in a link once the run is there, and never in the address', async () => {
    const fragment = shared(digest);
    expect(fragment).toMatch(/^#\/write-through\?seed=7&run=01234567[0-9a-f]{4}$/);
    const { written, pass } = aSession({ fragment });
    await pass(MIRROR_AFTER_MS);
    expect(written).toEqual(['#/write-through?seed=7']);
  });

  it('tells that the engine has changed since, once the run is there', () => {
    const { session, progress, done } = aSession({ fragment: shared(digest) });
    progress(SECOND);
    expect(session.run.getState().notice).toBeUndefined();
    done(other);
    expect(session.run.getState().notice).toMatch(/engine has changed since this link was made/);
  });

  it('tells nothing where the run is the same, and links without one open silently', () => {
    for (const fragment of [shared(digest), '#/write-through?seed=7']) {
      const { session, progress, done } = aSession({ fragment });
      progress(SECOND);
      done(digest);
      expect(session.run.getState().notice).toBeUndefined();
    }
  });

  it('tells nothing of a design that was changed before its run was there, until that is undone', () => {
    const { session, progress, done, frame } = aSession({ fragment: shared(digest) });
    session.documents.edit(seeded(8), SEED_CHANGE);
    frame();
    progress(SECOND);
    done(other);
    expect(session.run.getState().notice).toBeUndefined();
    session.documents.undo();
    frame();
    progress(SECOND);
    done(other);
    expect(session.run.getState().notice).toMatch(/engine has changed/);
  });
});
