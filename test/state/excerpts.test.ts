import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aSession } from '../support/sessions.ts';
import { aSummary } from '../support/summaries.ts';
import { setKey } from '../support/setKey.ts';

const SECOND = 1_000_000;
const span = { from: 2 * SECOND, to: 4 * SECOND };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A session whose run is rendered, with a window marked. */
function marked() {
  const sitting = aSession();
  sitting.progress(10 * SECOND);
  const { excerpt } = sitting.session;
  excerpt.mark(span);
  const last = () => sitting.asked('excerpt').at(-1);
  return {
    ...sitting,
    excerpt,
    last,
    state: () => excerpt.getState(),
    tell: (share: number) => sitting.reply({ id: last()?.id ?? -1, type: 'excerpt', share }),
    answer: async (attempted: number) => {
      const { id = -1, span: of = span } = last() ?? {};
      const { put, ...summary } = aSummary();
      const reading = { ...summary, put: { ...put, attempted }, ...of };
      sitting.reply({ id, type: 'excerpt', share: 1, reading });
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

describe('the marked window', () => {
  it('is asked of the run that is shown, and its figures come with the share of the work before', async () => {
    const { last, lastRender, state, tell, answer } = marked();
    expect(last()).toMatchObject({ run: lastRender().id, span });
    expect(state()).toMatchObject({ span, measuring: 0, reading: undefined });
    tell(0.5);
    expect(state().measuring).toBe(0.5);
    await answer(7);
    expect(state()).toMatchObject({ measuring: undefined, reading: { put: { attempted: 7 } } });
  });

  it('keeps the figures before while an edge moves, and asks for the last window alone', async () => {
    const { excerpt, asked, state, answer } = marked();
    await answer(7);
    excerpt.mark({ ...span, to: 5 * SECOND });
    excerpt.mark({ ...span, to: 6 * SECOND });
    expect(state()).toMatchObject({
      span: { to: 6 * SECOND },
      measuring: 0,
      reading: { put: { attempted: 7 } },
    });
    const [, superseded] = asked('excerpt');
    expect(asked('cancel').map(({ of }) => of)).toContain(superseded?.id);
    await answer(9);
    expect(state()).toMatchObject({ measuring: undefined, reading: { put: { attempted: 9 } } });
  });

  it('survives an edit: it is asked of the new run, as soon as there is some of it', async () => {
    const { session, frame, progress, reply, asked, last, lastRender, state, answer } = marked();
    await answer(7);
    setKey(session, 'cache.ttl', '1s');
    frame();
    expect(asked('excerpt')).toHaveLength(1);
    progress(SECOND);
    expect(last()).toMatchObject({ run: lastRender().id, span });
    await answer(8);
    expect(state()).toMatchObject({ span, error: undefined, reading: { put: { attempted: 8 } } });
    // One that was under way when the edit came is cancelled by it, which is no mistake.
    session.excerpt.mark(span);
    setKey(session, 'cache.ttl', '2s');
    frame();
    reply({ id: last()?.id ?? -1, type: 'cancelled' });
    await vi.advanceTimersByTimeAsync(0);
    expect(state()).toMatchObject({ span, error: undefined });
  });

  it('lies in the run: what is outside is cut off, and what is left without length marks none', async () => {
    const { session, frame, progress, excerpt, state, answer } = marked();
    await answer(7);
    excerpt.mark({ from: -SECOND, to: 99 * SECOND });
    expect(state().span).toEqual({ from: 0, to: 60 * SECOND });
    excerpt.mark({ from: 40 * SECOND, to: 50 * SECOND });
    setKey(session, 'duration', '45s');
    frame();
    progress(SECOND);
    expect(state().span).toEqual({ from: 40 * SECOND, to: 45 * SECOND });
    setKey(session, 'duration', '30s');
    frame();
    progress(SECOND);
    expect(state()).toMatchObject({ span: undefined, reading: undefined, measuring: undefined });
  });

  it('waits no longer for a newer run that failed before there was anything of it', async () => {
    const { session, frame, lastRender, last, reply, state } = marked();
    setKey(session, 'cache.ttl', '1s');
    frame();
    reply({ id: last()?.id ?? -1, type: 'cancelled' });
    await vi.advanceTimersByTimeAsync(0);
    expect(state().measuring).toBe(0);
    reply({ id: lastRender().id, type: 'error', message: 'the engine is away' });
    expect(state()).toMatchObject({ span, measuring: undefined, error: 'the run could not be rendered.' });
  });

  it('says why it cannot be had', async () => {
    const { last, reply, state } = marked();
    reply({ id: last()?.id ?? -1, type: 'error', message: 'the checkpoint was altered' });
    await vi.advanceTimersByTimeAsync(0);
    expect(state()).toMatchObject({ span, measuring: undefined, error: 'the checkpoint was altered' });
  });
});
