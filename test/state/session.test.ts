import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seedDesign, type Design } from '../../src/design/design.ts';
import { writeLink } from '../../src/design/links.ts';
import { MIRROR_AFTER_MS } from '../../src/state/mirror.ts';
import { WORK_KEY } from '../../src/state/work.ts';
import { aSession, aStorage } from '../support/sessions.ts';

const SECOND = 1_000_000;
const seeded = (seed: number): Design => ({ ...seedDesign, seed });
const change = { label: 'seed' };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a first visit', () => {
  it('opens the seed’s design, renders it at once and plays', () => {
    const { session, lastRender } = aSession();
    expect(session.documents.getState()).toMatchObject({ design: seedDesign, past: [], problems: [] });
    expect(lastRender().design).toEqual(seedDesign);
    expect(session.view.getState()).toMatchObject({ playing: true, cursor: 0, speed: '1' });
  });

  it('plays what is rendered while the rest is', async () => {
    const { session, progress, answerDetail } = aSession();
    session.view.tick(16);
    expect(session.view.getState().cursor).toBe(0);
    progress(200_000);
    await answerDetail();
    session.view.tick(16);
    expect(session.view.getState().cursor).toBe(16_000);
    session.view.tick(1000);
    expect(session.view.getState().cursor).toBe(200_000);
  });
});

describe('a change of the document', () => {
  it('is rendered with the next frame, many in one frame once', () => {
    const { session, asked, frame } = aSession();
    session.documents.edit(seeded(2), change);
    session.documents.edit(seeded(3), change);
    expect(asked('render')).toHaveLength(1);
    frame();
    expect(asked('render').map(({ design }) => design.seed)).toEqual([1, 3]);
  });

  it('leaves the run before it as the ghost, for a whole drag the one before the drag', () => {
    const { session, frame, progress, done } = aSession();
    progress(60 * SECOND);
    done('first');
    for (const seed of [2, 3, 4]) {
      session.documents.edit(seeded(seed), change, { coalesce: 'drag' });
      frame();
      progress(SECOND);
    }
    expect(session.run.getState()).toMatchObject({
      design: { seed: 4 },
      previous: { summary: { digest: 'first' } },
    });
    session.documents.edit(seeded(5), change);
    frame();
    progress(SECOND);
    expect(session.run.getState()).toMatchObject({ design: { seed: 5 }, previous: { design: { seed: 4 } } });
  });

  it('of words or places alone renders nothing, and keeps run and ghost', () => {
    const { session, asked, frame, progress, done } = aSession();
    progress(60 * SECOND);
    done();
    const titled = { ...seedDesign, title: 'Checkout', layout: { 'cache-1': [4, 2] as const } };
    session.documents.edit(titled, { label: 'title' });
    frame();
    expect(asked('render')).toHaveLength(1);
    expect(session.run.getState()).toMatchObject({ phase: 'done', design: { title: 'Checkout' } });
  });

  it('is undone together with its run', () => {
    const { session, lastRender, frame } = aSession();
    session.documents.edit(seeded(2), change);
    frame();
    session.documents.undo();
    frame();
    expect(lastRender().design.seed).toBe(1);
  });

  it('drops what is no longer there from the view', () => {
    const { session } = aSession();
    session.view.select('app-4');
    session.view.seek(50 * SECOND);
    session.view.setZoom({ from: 0, to: 60 * SECOND });
    session.documents.set('app.nodes', '2');
    expect(session.view.getState().selection).toBeUndefined();
    session.view.select('app-2');
    session.documents.set('app.nodes', '3');
    expect(session.view.getState().selection).toBe('app-2');
    session.documents.set('duration', '20s');
    expect(session.view.getState()).toMatchObject({
      cursor: 20 * SECOND,
      zoom: { from: 0, to: 20 * SECOND },
    });
  });

  it('that the engine refuses leaves the document, and says why, once', async () => {
    const { session, reply, lastRender, asked, pass } = aSession();
    reply({ id: lastRender().id, type: 'error', message: 'out of memory' });
    reply({
      id: asked('detail').at(-1)?.id ?? -1,
      type: 'error',
      message: 'This window is of a run that is not there',
    });
    await pass(0);
    expect(session.run.getState().notice).toBeUndefined();
    expect(session.run.getState()).toMatchObject({ phase: 'failed', error: 'out of memory' });
    expect(session.documents.getState().design).toEqual(seedDesign);
  });
});

describe('a worker that dies', () => {
  it('is started again, the render is asked for again, and the person is told', () => {
    const { session, lines, lastRender, done, progress } = aSession();
    lines[0]?.events.died('out of memory');
    expect(lines).toHaveLength(2);
    expect(lines[1]?.sent).toEqual([lastRender(), expect.objectContaining({ type: 'detail' })]);
    expect(session.run.getState().notice).toMatch(/out of memory.*started again/);
    session.run.dismissNotice();
    progress(60 * SECOND);
    done();
    expect(session.run.getState()).toMatchObject({ phase: 'done', notice: undefined });
  });

  it('twice over one design has failed over it; the document is kept, and is rendered again on request or changed', () => {
    const { session, lines, lastRender, frame } = aSession();
    session.documents.edit(seeded(2), change);
    frame();
    lines[0]?.events.died('out of memory');
    lines[1]?.events.died('out of memory');
    expect(session.run.getState()).toMatchObject({
      phase: 'failed',
      error: expect.stringContaining('twice') as string,
    });
    expect(session.documents.getState().design.seed).toBe(2);
    session.retry();
    expect(lines).toHaveLength(3);
    expect(lastRender().design.seed).toBe(2);
    expect(session.run.getState()).toMatchObject({ phase: 'rendering', error: undefined });
    session.documents.edit(seeded(3), change);
    frame();
    expect(lastRender().design.seed).toBe(3);
    expect(session.run.getState().phase).toBe('rendering');
  });
});

describe('links', () => {
  it('open a design at a moment', () => {
    const { session } = aSession({ fragment: '#/look-aside?seed=7&at=12.34s&speed=1/100' });
    expect(session.documents.getState().design).toMatchObject({ policy: 'look-aside', seed: 7 });
    expect(session.view.getState()).toMatchObject({ cursor: 12.34 * SECOND, speed: '1/100' });
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
    session.documents.set('workload.keys', '20');
    session.documents.set('workload.sessions', '400');
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

  it('without a window mark none', () => {
    const { session, paste } = aSession({ fragment: '#/write-through?window=2s-4s' });
    paste('#/look-aside');
    expect(session.excerpt.getState().span).toBeUndefined();
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
    session.documents.edit(seeded(9), change);
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
    session.documents.edit(seeded(2), change);
    await pass(MIRROR_AFTER_MS - 1);
    session.documents.edit(seeded(3), change);
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
    session.documents.edit(seeded(2), change);
    await pass(MIRROR_AFTER_MS);
    paste(written.at(-1) ?? '');
    expect(session.documents.getState().past).toHaveLength(1);
  });
});

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
    session.documents.edit(seeded(4), change);
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
    sessions[0]?.session.documents.edit(seeded(2), change);
    sessions[1]?.session.documents.edit(seeded(3), change);
    await sessions[0]?.pass(MIRROR_AFTER_MS);
    const seeds = tabs.map((tab) => aSession({ storage, tab }).session.documents.getState().design.seed);
    expect(seeds).toEqual([2, 3]);
  });

  it('of every design that was opened is a document of its own, and undo goes back to the one before', async () => {
    const { session, pass } = aSession();
    const { documents, recent } = session;
    const listed = () => recent.list().map(({ title, isOpen }) => [title, isOpen]);
    documents.edit({ ...seeded(2), title: 'Two' }, change);
    // Not written yet when the next one is opened.
    documents.open({ ...seeded(3), title: 'Three' }, [], 'three.json');
    await pass(MIRROR_AFTER_MS);
    expect(listed()).toEqual([
      ['Three', true],
      ['Two', false],
    ]);
    documents.undo();
    documents.edit({ ...seeded(4), title: 'Two and more' }, change);
    await pass(MIRROR_AFTER_MS);
    expect(listed()).toEqual([
      ['Two and more', true],
      ['Three', false],
    ]);
  });

  it('can be gone back to, named anew and deleted, and its steps are undone as if it had stayed open', async () => {
    const { session, pass } = aSession();
    const { documents, recent } = session;
    documents.edit({ ...seeded(2), title: 'Two' }, change);
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

  it('that is gone back to after a reload has its own steps of undo, and none of another document', async () => {
    const [storage, tab] = [aStorage(), aStorage()];
    const first = aSession({ storage, tab });
    first.session.documents.open({ ...seeded(2), title: 'Two' }, [], 'two.json');
    for (const seed of [3, 4]) first.session.documents.edit({ ...seeded(seed), title: 'Two' }, change);
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
    first.session.documents.edit({ ...seeded(2), title: 'Two' }, change);
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
    session.documents.edit(seeded(2), change);
    await pass(MIRROR_AFTER_MS);
    expect(session.run.getState().notice).toMatch(/does not keep the work/);
    session.run.dismissNotice();
    session.documents.edit(seeded(3), change);
    await pass(MIRROR_AFTER_MS);
    expect(session.run.getState().notice).toBeUndefined();
  });

  it('that is corrupt is said, and the seed’s design is opened', () => {
    const { session } = aSession({ storage: aStorage({ [WORK_KEY]: '{' }) });
    expect(session.run.getState().notice).toMatch(/could not be read/);
    expect(session.documents.getState().design).toEqual(seedDesign);
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
    session.documents.edit(seeded(8), change);
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

it('the command line reproduces the run that is shown', () => {
  const { session } = aSession({ fragment: '#/write-through?seed=7&at=3s' });
  expect(session.command()).toBe("npm run -s throughline -- run '#/write-through?seed=7'");
});

it('a session that is disposed of leaves nothing running', () => {
  const { session, lines } = aSession();
  session.documents.edit(seeded(2), change);
  session.dispose();
  expect(vi.getTimerCount()).toBe(0);
  expect(lines.every(({ closed }) => closed)).toBe(true);
});
