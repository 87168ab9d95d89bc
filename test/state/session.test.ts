import { describe, expect, it, vi } from 'vitest';
import { seedDesign } from '../../src/design/design.ts';
import { HOP, HOP_WIDTH } from '../../src/design/readings.ts';
import { FILMED_LIMIT } from '../../src/design/sampling.ts';
import { AN_EMPTY_FILM } from '../support/details.ts';
import { aProgress, aSession, holdTime, SEED_CHANGE, seeded } from '../support/sessions.ts';
import { setKey } from '../support/setKey.ts';

const SECOND = 1_000_000;
holdTime();

describe('a first visit', () => {
  it('opens the seed’s design, renders it at once and plays', () => {
    const { session, lastRender } = aSession();
    expect(session.documents.getState()).toMatchObject({ design: seedDesign, past: [], problems: [] });
    expect(lastRender().design).toEqual(seedDesign);
    expect(session.view.getState()).toMatchObject({ playing: true, cursor: 0, speed: '1' });
  });

  it('plays what is rendered while the rest is', () => {
    const { session, progress } = aSession();
    session.view.tick(16);
    expect(session.view.getState().cursor).toBe(0);
    progress(200_000);
    session.view.tick(16);
    expect(session.view.getState().cursor).toBe(16_000);
    session.view.tick(1000);
    expect(session.view.getState().cursor).toBe(200_000);
  });

  it('asks for nothing else while a run of a minute is rendered', async () => {
    const { session, progress, done, asked, answerDetail } = aSession();
    progress(900_000);
    session.view.tick(16);
    progress(59 * SECOND);
    expect(asked('detail')).toEqual([]);
    done();
    expect(asked('detail')).toMatchObject([{ request: { from: 0 } }]);
    await answerDetail();
  });

  it('asks for windows of a longer run once the render is far ahead of the playhead', async () => {
    const { session, progress, asked, answerDetail } = aSession();
    session.documents.edit({ ...seedDesign, duration: 300 * SECOND }, SEED_CHANGE);
    progress(59 * SECOND);
    expect(asked('detail')).toEqual([]);
    progress(61 * SECOND);
    expect(asked('detail')).toMatchObject([{ request: { from: 0 } }]);
    await answerDetail();
  });

  it('asks for what a full film no longer has, also while the render is not far ahead of the playhead', () => {
    const { asked, lastRender, reply } = aSession();
    const hops = new Int32Array(FILMED_LIMIT * HOP_WIDTH);
    hops[hops.length - HOP_WIDTH + HOP.sentAt] = 100_000;
    const progress = { ...aProgress(200_000), film: { ...AN_EMPTY_FILM, hops } };
    reply({ id: lastRender().id, type: 'progress', progress });
    expect(asked('detail')).toMatchObject([{ request: { from: 0, to: 200_000 } }]);
  });
});

describe('a link', () => {
  it('to a moment plays on from it', () => {
    const { session } = aSession({ fragment: '#/write-through?duration=4s&at=3s' });
    expect(session.view.getState()).toMatchObject({ playing: true, cursor: 3 * SECOND });
  });

  it('to the end stands there, and begins anew once play is pressed', () => {
    const { session } = aSession({ fragment: '#/write-through?duration=4s&at=4s' });
    expect(session.view.getState()).toMatchObject({ playing: false, cursor: 4 * SECOND });
    session.view.toggle();
    expect(session.view.getState()).toMatchObject({ playing: true, cursor: 0 });
  });
});

describe('a page whose first picture is awaited', () => {
  const pictureWithin = 1_000;

  it('has the engine give way until it has drawn the picture, and moved it', () => {
    const { session, asked, progress, lastRender } = aSession({ pictureWithin });
    expect(lastRender().givesWay).toBe(true);
    progress(200_000);
    session.view.tick(100);
    expect(session.view.getState().cursor).toBe(0);
    session.view.stage();
    session.view.tick(40);
    expect(asked('proceed')).toHaveLength(0);
    session.view.tick(20);
    expect(session.view.getState().cursor).toBe(60_000);
    expect(asked('proceed')).toHaveLength(1);
    expect(asked('detail')).toEqual([]);
  });

  it('does not wait for it longer than that', () => {
    const { session, asked, progress } = aSession({ pictureWithin });
    vi.advanceTimersByTime(10 * pictureWithin);
    expect(asked('proceed')).toHaveLength(0);
    progress(200_000);
    vi.advanceTimersByTime(pictureWithin);
    expect(asked('proceed')).toHaveLength(1);
    session.view.tick(16);
    expect(session.view.getState().cursor).toBe(16_000);
  });

  it('needs no more than the picture where nothing plays', () => {
    const { session, asked, progress } = aSession({ pictureWithin });
    progress(200_000);
    session.view.pause();
    expect(asked('proceed')).toHaveLength(0);
    session.view.stage();
    expect(asked('proceed')).toHaveLength(1);
  });

  it('has what lies before a later moment rendered at once', () => {
    const { session, lastRender } = aSession({ pictureWithin, fragment: '#/write-through?at=12.34s' });
    expect(session.view.getState().cursor).toBe(12_340_000);
    expect(lastRender().givesWay).toBe(false);
  });

  it('asks for later runs as it always does', () => {
    const { session, frame, progress, lastRender } = aSession({ pictureWithin });
    progress(200_000);
    session.view.pause();
    session.view.stage();
    session.documents.edit(seeded(2), SEED_CHANGE);
    frame();
    expect(lastRender()).toMatchObject({ design: { seed: 2 }, givesWay: false });
  });
});

describe('a change of the document', () => {
  it('is rendered with the next frame, many in one frame once', () => {
    const { session, asked, frame } = aSession();
    session.documents.edit(seeded(2), SEED_CHANGE);
    session.documents.edit(seeded(3), SEED_CHANGE);
    expect(asked('render')).toHaveLength(1);
    frame();
    expect(asked('render').map(({ design }) => design.seed)).toEqual([1, 3]);
  });

  it('leaves the run before it as the ghost, for a whole drag the one before the drag', () => {
    const { session, frame, progress, done } = aSession();
    progress(60 * SECOND);
    done('first');
    for (const seed of [2, 3, 4]) {
      session.documents.edit(seeded(seed), SEED_CHANGE, { coalesce: 'drag' });
      frame();
      progress(SECOND);
    }
    expect(session.run.getState()).toMatchObject({
      design: { seed: 4 },
      previous: { summary: { digest: 'first' } },
    });
    session.documents.edit(seeded(5), SEED_CHANGE);
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
    session.documents.edit(seeded(2), SEED_CHANGE);
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
    setKey(session, 'app.nodes', '2');
    expect(session.view.getState().selection).toBeUndefined();
    session.view.select('app-2');
    setKey(session, 'app.nodes', '3');
    expect(session.view.getState().selection).toBe('app-2');
    setKey(session, 'duration', '20s');
    expect(session.view.getState()).toMatchObject({
      cursor: 20 * SECOND,
      zoom: { from: 0, to: 20 * SECOND },
    });
  });

  it('that is undone before it was rendered leaves the messages of the run that is there', async () => {
    const { session, progress, done, asked, answerDetail, frame } = aSession();
    session.view.pause();
    progress(60 * SECOND);
    done();
    await answerDetail();
    const { detail } = session.view.getState();
    expect(detail).toBeDefined();
    setKey(session, 'app.nodes', '2');
    // They would light the wrong nodes of this design.
    expect(session.view.getState().detail).toBeUndefined();
    session.documents.undo();
    frame();
    expect(session.view.getState().detail).toBe(detail);
    session.view.seek(30 * SECOND);
    expect(asked('detail').at(-1)).toMatchObject({ request: { to: 31 * SECOND } });
  });

  it('that the engine refuses leaves the document, and says why, once', async () => {
    const { session, reply, lastRender, asked, pass } = aSession();
    reply({ id: lastRender().id, type: 'error', message: 'out of memory' });
    reply({
      id: asked('detail').at(-1)?.id ?? -1,
      type: 'error',
      message: 'That run is not there',
    });
    await pass(0);
    expect(session.run.getState().notice).toBeUndefined();
    expect(session.run.getState()).toMatchObject({ phase: 'failed', error: 'out of memory' });
    expect(session.documents.getState().design).toEqual(seedDesign);
  });
});

describe('a worker that dies', () => {
  it('is started again, the render is asked for again, and the person is told', () => {
    const { session, lines, lastRender, done, progress } = aSession({
      fragment: '#/write-through?speed=1/100',
    });
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
    session.documents.edit(seeded(2), SEED_CHANGE);
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
    session.documents.edit(seeded(3), SEED_CHANGE);
    frame();
    expect(lastRender().design.seed).toBe(3);
    expect(session.run.getState().phase).toBe('rendering');
  });
});

it('the command line reproduces the run that is shown', () => {
  const { session } = aSession({ fragment: '#/write-through?seed=7&at=3s' });
  expect(session.command()).toBe("npm run -s throughline -- run '#/write-through?seed=7'");
});

it('a session that is disposed of leaves nothing running', () => {
  const { session, lines } = aSession();
  session.documents.edit(seeded(2), SEED_CHANGE);
  session.dispose();
  expect(vi.getTimerCount()).toBe(0);
  expect(lines.every(({ closed }) => closed)).toBe(true);
});
