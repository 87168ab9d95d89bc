import { beforeEach, describe, expect, it, vi } from 'vitest';
import { seedDesign, type Design } from '../../src/design/design.ts';
import type { Session } from '../../src/state/session.ts';
import {
  changePace,
  choosePolicy,
  panTimeline,
  showWholeRun,
  toggleWindow,
  zoomTimeline,
} from '../../src/ui/actions.ts';
import { applyField } from '../../src/ui/fieldEdits.ts';
import { idleSession } from '../support/idleSession.ts';

const designOf = (session: Session): Design => session.documents.getState().design;
const changeOf = (session: Session) => session.documents.getState().lastChange;

let session: Session;
beforeEach(() => {
  session = idleSession();
});

describe('changes and their words', () => {
  it('says what a policy was and is', () => {
    choosePolicy(session, 'look-aside');
    expect(changeOf(session)).toEqual({ label: 'policy', before: 'write-through', after: 'look-aside' });
  });

  it('says what a field was and is, in words to read', () => {
    expect(applyField(session, 'cache.timeout', '12ms')).toBeUndefined();
    expect(changeOf(session)).toEqual({
      label: 'cache timeout',
      before: '20\u2009ms',
      after: '12\u2009ms',
    });
  });

  it('changes nothing for a text that cannot be taken', () => {
    const problem = applyField(session, 'cache.ttl', '3sec');
    expect(problem).toMatchObject({ key: 'cache.ttl', nearest: '3s' });
    expect(designOf(session)).toBe(seedDesign);
  });

  it('is slower and faster by steps of ten, and stops at both ends', () => {
    session.view.setSpeed('1/10');
    changePace(session, 1);
    changePace(session, 1);
    expect(session.view.getState().speed).toBe('1');
    for (let n = 0; n < 5; n++) changePace(session, -1);
    expect(session.view.getState().speed).toBe('1/1000');
  });
});

describe('the window of time', () => {
  it('is zoomed around the playhead, moved by half of itself, and shown whole again', () => {
    const { view } = session;
    view.seek(20_000_000);
    zoomTimeline(session, 0.5);
    expect(view.getState().zoom).toEqual({ from: 10_000_000, to: 40_000_000 });
    panTimeline(session, 1);
    expect(view.getState().zoom).toEqual({ from: 25_000_000, to: 55_000_000 });
    // The playhead is out of sight: the middle stays.
    zoomTimeline(session, 0.5);
    expect(view.getState().zoom).toEqual({ from: 32_500_000, to: 47_500_000 });
    showWholeRun(session);
    expect(view.getState().zoom).toEqual({ from: 0, to: 60_000_000 });
  });
});

describe('a window by key', () => {
  it('is a tenth of what is shown, around the playhead and in the run; once more, and none is marked', () => {
    // There is no page here to give the focus in.
    vi.stubGlobal('requestAnimationFrame', () => 0);
    const { view, excerpt } = session;
    view.seek(30_000_000);
    toggleWindow(session);
    expect(excerpt.getState().span).toEqual({ from: 27_000_000, to: 33_000_000 });
    toggleWindow(session);
    expect(excerpt.getState().span).toBeUndefined();
    view.seek(60_000_000);
    toggleWindow(session);
    expect(excerpt.getState().span).toEqual({ from: 54_000_000, to: 60_000_000 });
    vi.unstubAllGlobals();
  });
});
