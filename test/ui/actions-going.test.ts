import { beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../src/state/session.ts';
import { focusNextOperation } from '../../src/ui/actions.ts';
import { said } from '../../src/ui/said.ts';
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
