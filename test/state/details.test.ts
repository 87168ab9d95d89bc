import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seedDesign } from '../../src/design/design.ts';
import { nodesOf } from '../../src/design/nodes.ts';
import { VIOLATION, VIOLATION_WIDTH } from '../../src/design/readings.ts';
import { windowAt } from '../../src/state/windows.ts';
import { aSession } from '../support/sessions.ts';
import { setKey } from '../support/setKey.ts';

const SECOND = 1_000_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A session that is rendered, at 1/100, paused. */
function rendered(fragment = '#/write-through?speed=1/100') {
  const given = aSession({ fragment });
  given.session.view.pause();
  given.progress(60 * SECOND);
  given.done();
  return {
    ...given,
    view: given.session.view,
    requests: () => given.asked('detail').map(({ request }) => request),
  };
}

describe('the detail around the cursor', () => {
  it('is asked for with the run, and shown when it comes', async () => {
    const { view, requests, answerDetail } = rendered();
    expect(requests()).toEqual([{ from: 0, to: 50_000, sample: 'all', focus: [], key: 0 }]);
    expect(view.getState()).toMatchObject({ detail: undefined, detailPending: true });
    await answerDetail();
    expect(view.getState()).toMatchObject({ detail: { from: 0, to: 50_000, key: 0 }, detailPending: false });
  });

  it('is asked for once, however often the cursor moves in it', async () => {
    const { view, requests, answerDetail } = rendered();
    await answerDetail();
    for (let i = 0; i < 50; i++) view.seek(i * 1000);
    expect(requests()).toHaveLength(1);
  });

  it('is never asked for twice at the same time: what is wanted is decided when the answer is there', async () => {
    const { view, requests, asked, reply, answerDetail, pass } = rendered();
    await answerDetail();
    for (const second of [10, 20, 30, 40]) view.seek(second * SECOND);
    expect(requests()).toHaveLength(2);
    expect(asked('cancel').length).toBeGreaterThan(0);
    reply({ id: asked('detail').at(-1)?.id ?? -1, type: 'cancelled' });
    await pass(0);
    expect(requests()).toHaveLength(3);
    await answerDetail();
    expect(view.getState().detail).toMatchObject(windowEdges(40 * SECOND));
  });

  it('that comes too late is kept for later and not shown now', async () => {
    const { view, requests, answerDetail } = rendered();
    await answerDetail();
    view.seek(10 * SECOND);
    view.seek(20 * SECOND);
    await answerDetail();
    expect(view.getState().detail).toMatchObject({ from: 0 });
    await answerDetail();
    expect(view.getState().detail).toMatchObject(windowEdges(20 * SECOND));
    view.seek(10 * SECOND);
    expect(view.getState().detail).toMatchObject(windowEdges(10 * SECOND));
    expect(requests()).toHaveLength(3);
  });

  it('is fetched ahead while playing, and is there when the cursor gets to it', async () => {
    const { view, requests, answerDetail } = rendered('#/write-through?speed=1&at=1s');
    await answerDetail();
    view.play();
    view.tick(500);
    expect(requests().at(-1)).toMatchObject({ to: 3 * SECOND });
    await answerDetail();
    expect(view.getState().detail).toMatchObject({ to: 2 * SECOND });
    expect(requests()).toHaveLength(2);
    view.tick(600);
    expect(view.getState()).toMatchObject({ detail: { to: 3 * SECOND }, detailPending: false });
  });

  it('is waited for by play, also where one has come to by a seek', async () => {
    const { view, answerDetail } = rendered();
    view.play();
    view.tick(500);
    expect(view.getState().cursor).toBe(0);
    await answerDetail();
    view.tick(500);
    expect(view.getState().cursor).toBe(5_000);
    view.seek(30 * SECOND);
    view.tick(500);
    expect(view.getState().cursor).toBe(30 * SECOND);
    await answerDetail();
    view.tick(500);
    expect(view.getState().cursor).toBe(30 * SECOND + 5_000);
  });

  it('is what the film knows until it is there, at full speed, and play goes on with that', async () => {
    const { view, answerDetail, session } = rendered('#/write-through?speed=1&at=1s');
    expect(view.getState()).toMatchObject({
      detail: { sketched: true, to: 2 * SECOND },
      detailPending: true,
    });
    view.seek(30 * SECOND);
    expect(view.getState()).toMatchObject({
      detail: { sketched: true, to: 31 * SECOND },
      detailPending: true,
    });
    const sketch = view.getState().detail;
    expect(sketch?.held).toHaveLength(nodesOf(seedDesign).length);
    view.play();
    view.tick(100);
    expect(view.getState().cursor).toBe(30 * SECOND + 100_000);
    // The same film of another moment is another sketch; of the same window it is put together once.
    expect(view.getState().detail).toBe(sketch);
    await answerDetail();
    await answerDetail();
    expect(view.getState().detail).toMatchObject({ key: 0, to: 31 * SECOND });
    expect(view.getState().detail?.sketched).toBeUndefined();
    view.setSpeed('1/100');
    view.seek(40 * SECOND);
    expect(view.getState().detail).toMatchObject({ to: 31 * SECOND });
    session.dispose();
  });

  it('is sketched as far as its window is rendered, without a step of the cursor', () => {
    const { session, progress } = aSession({ fragment: '#/write-through?speed=1&at=1s' });
    const { view } = session;
    progress(1 * SECOND - 1);
    expect(view.getState()).toMatchObject({ detail: undefined, detailPending: true });
    progress(1.5 * SECOND);
    expect(view.getState()).toMatchObject({
      detail: { sketched: true, to: 1.5 * SECOND + 1 },
      detailPending: true,
    });
    // Play comes as far as that, and still sees it there.
    view.play();
    for (let i = 0; i < 10; i++) view.tick(100);
    expect(view.getState().cursor).toBe(1.5 * SECOND);
    expect(view.getState().detail?.to).toBeGreaterThan(1.5 * SECOND);
    progress(3 * SECOND);
    expect(view.getState()).toMatchObject({
      detail: { sketched: true, to: 2 * SECOND },
      detailPending: true,
    });
  });

  it('is fetched where a pointer rests, and is there when that is pressed', async () => {
    const { view, requests, answerDetail } = rendered();
    await answerDetail();
    for (const place of [10, 20, 30, 40, 50]) {
      view.point({ at: place * SECOND });
      await answerDetail();
    }
    // However much was pointed at, what is shown stays.
    view.point(undefined);
    view.seek(10);
    expect(requests()).toHaveLength(6);
    view.seek(50 * SECOND);
    expect(view.getState()).toMatchObject({ detail: { from: 49_980_000 }, detailPending: false });
    expect(requests()).toHaveLength(6);
  });

  it('is fetched with the operation of the violation on which a pointer rests, and is there when that is pressed', async () => {
    const { session, view, requests, answerDetail } = rendered('#/write-through');
    await answerDetail();
    const violations = new Int32Array(2 * VIOLATION_WIDTH);
    violations[VIOLATION_WIDTH + VIOLATION.time] = 30 * SECOND;
    violations[VIOLATION_WIDTH + VIOLATION.operation] = 4711;
    session.run.setState({ violations });
    view.point({ row: 1 });
    const wanted = requests().at(-1);
    expect(wanted).toMatchObject({ focus: [4711] });
    await answerDetail();
    const asked = requests().length;
    view.focusViolation(1);
    expect(view.getState()).toMatchObject({ detail: { from: wanted?.from }, detailPending: false });
    // The story asks for what it tells; nobody asks for this moment again, with the operation or without.
    expect(requests().slice(asked)).not.toContainEqual(expect.objectContaining({ to: wanted?.to }));
  });

  it('where a pointer rests gives way to what one goes to', async () => {
    const { view, asked, requests, answerDetail, reply, pass } = rendered();
    await answerDetail();
    view.point({ at: 20 * SECOND });
    const guessed = asked('detail').at(-1)?.id;
    view.seek(40 * SECOND);
    expect(new Set(asked('cancel').map(({ of }) => of))).toEqual(new Set([guessed]));
    reply({ id: guessed ?? -1, type: 'cancelled' });
    await pass(0);
    expect(requests().at(-1)).toMatchObject({ from: 39_980_000 });
  });

  it('is not fetched where a pointer rests on what is not rendered yet', async () => {
    const { session, progress, asked, answerDetail } = aSession({ fragment: '#/write-through?speed=1/100' });
    progress(10 * SECOND);
    await answerDetail();
    session.view.pause();
    session.view.point({ at: 20 * SECOND });
    expect(asked('detail')).toHaveLength(1);
    session.view.point({ at: 5 * SECOND });
    expect(asked('detail')).toHaveLength(2);
  });

  it('is another one for another speed, another watched key and a focused operation', async () => {
    const { view, requests, answerDetail } = rendered();
    await answerDetail();
    view.setSpeed('1');
    await answerDetail();
    view.watch(9);
    await answerDetail();
    expect(requests().slice(1)).toMatchObject([
      { sample: expect.any(Number) as number, key: 0 },
      { sample: expect.any(Number) as number, key: 9 },
    ]);
    expect(view.getState().detail?.key).toBe(9);
  });

  it('at the end of the run is that of its last moment', async () => {
    const { view, requests, answerDetail } = rendered();
    await answerDetail();
    view.seek(60 * SECOND);
    expect(requests().at(-1)).toMatchObject({ from: 59_930_000, to: 60 * SECOND + 1 });
  });

  it('that was cut short is asked for again in shorter windows', async () => {
    const { view, requests, answerDetail } = rendered();
    await answerDetail({ truncated: true, to: 40_000 });
    expect(requests().at(-1)).toMatchObject({ from: 0, to: 25_000 });
    await answerDetail();
    expect(view.getState().detail).toMatchObject({ to: 25_000, truncated: false });
  });

  it('that cannot be had is said, not asked for again and again, and not waited for', async () => {
    const { session, view, requests, asked, reply, pass } = rendered();
    reply({ id: asked('detail')[0]?.id ?? -1, type: 'error', message: 'the checkpoint was altered' });
    await pass(0);
    expect(session.run.getState().notice).toMatch(/the checkpoint was altered/);
    view.play();
    view.tick(1);
    expect(view.getState().cursor).toBe(10);
    expect(requests()).toHaveLength(1);
  });

  it('of another run takes its place when that run is there; until then the old one stays', async () => {
    const { session, view, frame, asked, lastRender, answerDetail } = rendered();
    await answerDetail();
    const before = view.getState().detail;
    session.documents.edit({ ...seedDesign, seed: 2 }, { label: 'seed' });
    frame();
    expect(asked('detail').at(-1)?.run).toBe(lastRender().id);
    expect(view.getState()).toMatchObject({ detail: before, detailPending: true });
    await answerDetail();
    expect(view.getState().detail).not.toBe(before);
  });

  it('of another run is sketched from that run’s film, never from the film of the run before', () => {
    const { session, view, frame, progress } = rendered('#/write-through?speed=1&at=1s');
    const before = view.getState().detail;
    session.documents.edit({ ...seedDesign, seed: 2 }, { label: 'seed' });
    frame();
    view.seek(30 * SECOND);
    expect(view.getState().detail).toBe(before);
    progress(31 * SECOND);
    expect(view.getState().detail).toMatchObject({ sketched: true, to: 31 * SECOND });
  });

  it('is of nobody’s use beside a comparison: none is asked for or waited for until it is closed', async () => {
    const { session, view, requests, asked, reply, answerDetail, pass } = rendered();
    await answerDetail();
    view.seek(10 * SECOND);
    session.comparison.open(seedDesign);
    expect(view.getState()).toMatchObject({ detail: undefined, detailPending: false });
    expect(asked('cancel').at(-1)).toMatchObject({ of: asked('detail').at(-1)?.id });
    reply({ id: asked('detail').at(-1)?.id ?? -1, type: 'cancelled' });
    await pass(0);
    view.play();
    view.tick(1000);
    expect(view.getState().cursor).toBe(10.01 * SECOND);
    expect(requests()).toHaveLength(2);
    session.comparison.close();
    expect(requests()).toHaveLength(3);
    await answerDetail();
    expect(view.getState().detail).toMatchObject(windowEdges(10.01 * SECOND));
  });

  it('is not asked for by a link that opens a comparison', () => {
    expect(rendered('#/write-through?vs=look-aside').requests()).toEqual([]);
  });

  it('of other places goes at once: its numbers would mean other nodes', async () => {
    const { session, view, frame, answerDetail } = rendered();
    await answerDetail();
    setKey(session, 'app.nodes', '2');
    expect(view.getState().detail).toBeUndefined();
    view.seek(5);
    expect(view.getState().detail).toBeUndefined();
    frame();
    await answerDetail();
    expect(view.getState().detail).toBeDefined();
  });
});

function windowEdges(cursor: number): { from: number; to: number } {
  const { from, to } = windowAt(cursor, '1/100', seedDesign);
  return { from, to };
}
