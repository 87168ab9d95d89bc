import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_QUESTION } from '../../src/design/visibility.ts';
import { aSession } from '../support/sessions.ts';
import { setKey } from '../support/setKey.ts';

const reading = (fresh: number) => ({
  points: [{ afterMs: 0, fresh, trials: 10, unanswered: 0 }],
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A session in which the curve was asked for. */
function measuring() {
  const sitting = aSession();
  const { freshness } = sitting.session;
  freshness.measure();
  const id = () => sitting.asked('visibility').at(-1)?.id ?? -1;
  const tell = async (fresh: number, share: number, done = false): Promise<void> => {
    sitting.reply({ id: id(), type: 'visibility', reading: reading(fresh), share, done });
    await vi.advanceTimersByTimeAsync(0);
  };
  return { ...sitting, freshness, tell, state: () => freshness.getState() };
}

describe('the curve of freshness', () => {
  it('is measured when it is asked for, of the open design, and shows what was found so far', async () => {
    const { asked, session, tell, state } = measuring();
    expect(asked('visibility')).toMatchObject([
      { design: session.documents.getState().design, question: DEFAULT_QUESTION },
    ]);
    expect(state()).toMatchObject({ reading: { points: [] }, measuring: 0, stale: false });
    await tell(0.5, 0.4);
    expect(state()).toMatchObject({ reading: reading(0.5), measuring: 0.4 });
    await tell(0.75, 1, true);
    expect(state()).toEqual({
      reading: reading(0.75),
      measuring: undefined,
      stale: false,
      error: undefined,
    });
  });

  it('stays when the design changes, and is said to be of another until that is undone', async () => {
    const { session, frame, tell, state } = measuring();
    await tell(0.75, 1, true);
    setKey(session, 'cache.ttl', '1s');
    frame();
    expect(state()).toMatchObject({ stale: true, reading: reading(0.75) });
    session.documents.undo();
    frame();
    expect(state().stale).toBe(false);
    setKey(session, 'title', 'the same run');
    frame();
    expect(state().stale).toBe(false);
  });

  it('is given up when the design changes while it is measured, or when it is stopped', async () => {
    const { session, frame, asked, tell, state, freshness } = measuring();
    await tell(0.5, 0.4);
    setKey(session, 'cache.ttl', '1s');
    frame();
    expect(state()).toMatchObject({ measuring: undefined, stale: true });
    expect(asked('cancel')).toHaveLength(1);
    await tell(0.9, 1, true);
    expect(state().reading).toEqual(reading(0.5));
    freshness.measure();
    freshness.stop();
    expect(asked('cancel')).toHaveLength(2);
    expect(state()).toMatchObject({ measuring: undefined, stale: false, error: undefined });
  });

  it('says why it could not be measured', async () => {
    const { asked, reply, state } = measuring();
    reply({ id: asked('visibility')[0]?.id ?? -1, type: 'error', message: 'the wheel came off' });
    await vi.advanceTimersByTimeAsync(0);
    expect(state()).toMatchObject({ measuring: undefined, error: 'the wheel came off' });
  });
});
