import { beforeEach, describe, expect, it, vi } from 'vitest';
import { err, ok } from '../../src/base/result.ts';
import type { Session } from '../../src/state/session.ts';
import { focusNextOperation, goToNextFollowed } from '../../src/ui/actions.ts';
import { said, say } from '../../src/ui/said.ts';
import { aDetail } from '../support/details.ts';
import { idleSession } from '../support/idleSession.ts';

let session: Session;
beforeEach(() => {
  session = idleSession();
});

describe('going from operation to operation', () => {
  const begun = (operation: number) => ({
    time: operation,
    is: 'startOperation' as const,
    operation,
    key: 3,
    extra: 1,
  });
  const detail = aDetail({ from: 0, to: 1000, events: [begun(1), begun(2), begun(3)] });
  const focused = ({ view }: Session) => view.getState().focusedOperation?.operation;

  it('goes round those that are under way at the cursor, either way', () => {
    session.view.setState({ detail, cursor: 2 });
    const visit = (direction: 1 | -1) => {
      focusNextOperation(session, direction);
      return focused(session);
    };
    expect([visit(1), visit(1), visit(1), visit(-1)]).toEqual([1, 2, 1, 2]);
  });

  it('waits for the messages of the moment where they are not there yet', () => {
    session.view.setState({ cursor: 2, detailPending: true });
    focusNextOperation(session, 1);
    expect(focused(session)).toBeUndefined();
    expect(said.getState().text).toMatch(/^The story opens as soon as/);
    session.view.setState({ detail, detailPending: false });
    expect(focused(session)).toBe(1);
    expect(said.getState().text).toBeUndefined();
  });

  it('calls nobody back who has moved on meanwhile', () => {
    session.view.setState({ cursor: 2, detailPending: true });
    focusNextOperation(session, 1);
    session.view.seek(3);
    session.view.setState({ detail, detailPending: false });
    expect(focused(session)).toBeUndefined();
  });

  it('does not wait for a window that only adds to the one that is there', () => {
    session.view.setState({ detail, cursor: 2, detailPending: true });
    focusNextOperation(session, 1);
    expect(focused(session)).toBe(1);
  });

  it('says so where none is known', () => {
    session.view.setState({ detail: aDetail({ from: 0, to: 1000 }), cursor: 2 });
    focusNextOperation(session, 1);
    expect(said.getState().text).toMatch(/^No operation/);
  });
});

describe('going to the next operation of whom one follows', () => {
  const begins = (time: number, key: number) => ({
    time,
    is: 'startOperation' as const,
    operation: time,
    key,
    extra: 1,
  });
  const windowWith = (...events: ReturnType<typeof begins>[]) => Promise.resolve(ok(aDetail({ events })));

  it('stops where it begins, a few windows on', async () => {
    const messages = vi
      .fn<Session['messages']>()
      .mockReturnValueOnce(windowWith(begins(40_000, 3)))
      .mockReturnValueOnce(windowWith(begins(150_000, 3), begins(160_000, 0)));
    await goToNextFollowed({ ...session, messages });
    expect(session.view.getState()).toMatchObject({ cursor: 160_000, playing: false });
    expect(messages.mock.calls).toEqual([
      [0, 100_000],
      [100_000, 200_000],
    ]);
  });

  it('says that there is none only of what was looked through', async () => {
    await goToNextFollowed({ ...session, messages: () => windowWith() });
    expect(said.getState().text).toBe('No operation of key 0 begins in the next 3 s.');
    await goToNextFollowed({ ...session, messages: () => Promise.resolve(err('the engine stopped')) });
    expect(said.getState().text).toBe('The next operation of key 0 cannot be looked for: the engine stopped');
  });

  it('calls nobody back for whom another run has begun', async () => {
    say('before');
    await goToNextFollowed({ ...session, messages: () => Promise.resolve(err('cancelled')) });
    expect(said.getState().text).toBe('before');
  });
});
