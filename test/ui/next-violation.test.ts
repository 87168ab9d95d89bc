/** From violation to violation, in a run that is there and in one that grows meanwhile. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { nodesOf } from '../../src/design/nodes.ts';
import type { ViolationKind } from '../../src/design/readings.ts';
import { focusNextViolation } from '../../src/ui/nextViolation.ts';
import { said } from '../../src/ui/said.ts';
import { shortcutFor } from '../../src/ui/shell/keyboard.ts';
import { aProgress, aSession, holdTime, SEED_CHANGE, seeded } from '../support/sessions.ts';
import { aSummary } from '../support/summaries.ts';
import { violationsOf } from '../support/violations.ts';

const SECOND = 1_000_000;
const WAITING = 'The next violation opens as soon as it is found.';

/** The second at which it happens, and what. */
type Row = readonly [number, ViolationKind];
const FIRST: Row = [1, 'readYourWrites'];
const QUIET: Row = [2, 'dirtyRead'];
const LAST: Row = [3, 'lostAckedWrite'];

const violations = (rows: readonly Row[]) =>
  violationsOf(...rows.map(([second, kind]) => ({ time: second * SECOND, kind })));

/** A session whose run is rendered, and has its violations found, when the test says so. */
function aRun() {
  const { session, lastRender, reply, frame } = aSession();
  return {
    session,
    press: (direction: 1 | -1 = 1) => focusNextViolation(session, direction),
    seen: () => {
      const { focusedViolation, cursor } = session.view.getState();
      return { row: focusedViolation, second: cursor / SECOND };
    },
    rendered: (toSecond: number, ...rows: readonly Row[]) => {
      const { id, design } = lastRender();
      const progress = aProgress(toSecond * SECOND, nodesOf(design).length);
      reply({ id, type: 'progress', progress: { ...progress, violations: violations(rows) } });
    },
    done: (...rows: readonly Row[]) =>
      reply({
        id: lastRender().id,
        type: 'done',
        summary: aSummary(),
        violations: violations(rows),
        wallMs: 10,
        operations: 100,
        resumedFrom: 0,
      }),
    fail: () => reply({ id: lastRender().id, type: 'error', message: 'the wheel came off' }),
    change: () => {
      session.documents.edit(seeded(7), SEED_CHANGE);
      frame();
    },
  };
}

holdTime();
beforeEach(() => said.setState({ text: undefined }));

describe('in a run that is rendered, the next violation', () => {
  it('is the one after the cursor, passes over what let nobody down, and goes round', () => {
    const { session, press, seen, rendered, done } = aRun();
    rendered(60);
    done(FIRST, QUIET, LAST);
    session.view.seek(1.5 * SECOND);
    press();
    expect(seen()).toEqual({ row: 2, second: 3 });
    press();
    expect(seen()).toEqual({ row: 0, second: 1 });
    press(-1);
    expect(seen()).toEqual({ row: 2, second: 3 });
  });

  it('is said to be none where nobody was let down', () => {
    const { session, press, seen, rendered, done } = aRun();
    rendered(60);
    done(QUIET);
    session.view.seek(1.5 * SECOND);
    press();
    expect(seen()).toEqual({ row: undefined, second: 1.5 });
    expect(said.getState().text).toMatch(/^No violation/);
  });
});

describe('while the run is rendered, the next violation', () => {
  it('is waited for from the first moment on, with play standing still, and opens once it is found', () => {
    const { session, press, seen, rendered } = aRun();
    expect(session.view.getState().playing).toBe(true);
    press();
    expect(session.view.getState().playing).toBe(false);
    expect(said.getState().text).toBe(WAITING);
    rendered(0.5);
    expect(seen().row).toBeUndefined();
    rendered(1.5, FIRST);
    expect(seen()).toEqual({ row: 0, second: 1 });
    expect(said.getState().text).toBeUndefined();
  });

  it('is the one after the cursor, not the first one of those that are known', () => {
    const { session, press, seen, rendered } = aRun();
    session.view.seek(2.5 * SECOND);
    rendered(2, FIRST, QUIET);
    press();
    expect(seen()).toEqual({ row: undefined, second: 2.5 });
    rendered(4, FIRST, QUIET, LAST);
    expect(seen()).toEqual({ row: 2, second: 3 });
  });

  it('is said to be waited for as long as it is', () => {
    const { press, rendered } = aRun();
    press();
    rendered(0.5);
    vi.advanceTimersByTime(4_500);
    expect(said.getState().text).toBe(WAITING);
  });

  it('is given up by Escape, which then does nothing else', () => {
    const { session, press, seen, rendered } = aRun();
    session.view.select('cache-1');
    const back = shortcutFor({
      key: 'Escape',
      shiftKey: false,
      ctrlKey: false,
      metaKey: false,
      altKey: false,
    });
    press();
    back?.act(session, 'Escape');
    expect(said.getState().text).toBeUndefined();
    rendered(1.5, FIRST);
    expect(seen().row).toBeUndefined();
    expect(session.view.getState().selection).toBe('cache-1');
    back?.act(session, 'Escape');
    expect(session.view.getState().selection).toBeUndefined();
  });

  it.each<[string, 1 | -1, number]>([
    ['forward from the last one', 1, 3.5],
    ['backward from the first one', -1, 0.5],
  ])('goes round only once all of them are known: %s', (_, direction, from) => {
    const { session, press, seen, rendered, done } = aRun();
    session.view.seek(from * SECOND);
    rendered(4, FIRST, LAST);
    press(direction);
    expect(seen().row).toBeUndefined();
    done(FIRST, LAST);
    expect(seen().row).toBe(direction === 1 ? 0 : 1);
  });

  it('is waited for backward only from where the run has not got to', () => {
    const { session, press, seen, rendered } = aRun();
    session.view.seek(3.5 * SECOND);
    rendered(2, FIRST);
    press(-1);
    expect(seen().row).toBeUndefined();
    rendered(4, FIRST, LAST);
    expect(seen()).toEqual({ row: 1, second: 3 });
    press(-1);
    expect(seen()).toEqual({ row: 0, second: 1 });
  });

  it('goes on from the focused one to the one after it, once that is found', () => {
    const { press, seen, rendered } = aRun();
    rendered(2, FIRST);
    press();
    press();
    expect(seen()).toEqual({ row: 0, second: 1 });
    rendered(4, FIRST, LAST);
    expect(seen()).toEqual({ row: 1, second: 3 });
  });

  it('is one of the run that was asked for, not of the one before it', () => {
    const { session, press, seen, rendered, done, change } = aRun();
    rendered(60);
    done(FIRST, LAST);
    session.view.seek(0.5 * SECOND);
    press();
    change();
    press();
    expect(seen()).toEqual({ row: 0, second: 1 });
    rendered(2.5, QUIET);
    expect(seen()).toEqual({ row: undefined, second: 1 });
    rendered(4, QUIET, LAST);
    expect(seen()).toEqual({ row: 1, second: 3 });
  });

  it('opens no more once whoever asked for it has moved on', () => {
    const moves: readonly ((run: ReturnType<typeof aRun>) => void)[] = [
      ({ session }) => session.view.seek(0.25 * SECOND),
      ({ session }) => session.view.play(),
      ({ session }) => session.view.focusOperation({ operation: 5, key: 3, at: 0 }),
    ];
    for (const move of moves) {
      const run = aRun();
      run.press();
      move(run);
      expect(said.getState().text).toBeUndefined();
      run.rendered(4, FIRST);
      expect(run.seen().row).toBeUndefined();
    }
  });

  it('is looked for among those that are shown when the run fails, be it before it has any', () => {
    const { session, press, seen, rendered, change, fail } = aRun();
    session.view.seek(2 * SECOND);
    rendered(2, FIRST);
    press();
    fail();
    expect(seen()).toEqual({ row: 0, second: 1 });
    session.view.seek(2 * SECOND);
    session.view.focusViolation(undefined);
    change();
    press();
    expect(seen()).toEqual({ row: undefined, second: 2 });
    fail();
    expect(seen()).toEqual({ row: 0, second: 1 });
  });
});
