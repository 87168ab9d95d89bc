import { beforeEach, describe, expect, it, vi } from 'vitest';
import { err, ok } from '../../src/base/result.ts';
import { seedDesign, type Design } from '../../src/design/design.ts';
import { LIMITS } from '../../src/design/limits.ts';
import { PRESETS } from '../../src/design/presets.ts';
import { createDocumentStore } from '../../src/state/documents.ts';
import { createComparisonStore } from '../../src/state/comparison.ts';
import { createExcerpts } from '../../src/state/excerpts.ts';
import { createFreshnessStore } from '../../src/state/freshness.ts';
import { createGhostStore } from '../../src/state/ghost.ts';
import { createRunStore } from '../../src/state/run.ts';
import type { Session } from '../../src/state/session.ts';
import { createStops } from '../../src/state/stops.ts';
import { createTrials } from '../../src/state/trials.ts';
import { createViewStore } from '../../src/state/view.ts';
import {
  addFault,
  changeFault,
  changePace,
  choosePolicy,
  faultAtPlayhead,
  faultKindsOf,
  focusNextOperation,
  panTimeline,
  removeFault,
  showWholeRun,
  toggleWindow,
  zoomTimeline,
} from '../../src/ui/actions.ts';
import { createStore } from 'zustand/vanilla';
import type { StoryState } from '../../src/state/stories.ts';
import { applyField } from '../../src/ui/fieldEdits.ts';
import { said } from '../../src/ui/said.ts';
import { aDetail } from '../support/details.ts';
import { NO_COMPARISONS } from '../support/sessions.ts';

/** A session of the real stores, with nobody behind it who would run anything. */
function aSession(design: Design = seedDesign): Session {
  const documents = createDocumentStore(design);
  const run = createRunStore();
  const view = createViewStore({
    duration: () => documents.getState().design.duration,
    renderedTo: () => documents.getState().design.duration,
    violations: () => run.getState().violations,
  });
  const story = createStore<StoryState>()(() => ({ phase: 'none' }));
  const visibility = () => ({ result: new Promise<never>(() => undefined), cancel: () => undefined });
  const freshness = createFreshnessStore({ visibility }, () => true);
  return {
    documents,
    run,
    view,
    story,
    trials: createTrials(() => {
      throw new Error('nobody tries out a remedy here');
    }),
    stops: createStops({ detail: visibility }, view, run),
    freshness,
    excerpt: createExcerpts({ excerpt: visibility }, run, () => documents.getState().design.duration),
    ghost: createGhostStore(run, () => {
      throw new Error('nobody pins a ghost here');
    }),
    comparison: createComparisonStore(NO_COMPARISONS, () => true),
    link: () => '',
    linkTo: () => '',
    retry: () => undefined,
    messages: () => Promise.resolve(err('nobody runs anything')),
    footage: () => Promise.resolve(err('nobody runs anything')),
    recent: {
      list: () => [],
      open: () => undefined,
      rename: () => ok(undefined),
      remove: () => ok(undefined),
    },
    command: () => '',
    dispose: () => undefined,
  };
}

const designOf = (session: Session): Design => session.documents.getState().design;
const changeOf = (session: Session) => session.documents.getState().lastChange;

let session: Session;
beforeEach(() => {
  session = aSession();
});

describe('faults that are pointed at', () => {
  it('begin at the cursor, in whole milliseconds, and stay for eight seconds', () => {
    session.view.seek(12_340_567.8);
    expect(addFault(session, 'cache-1', 'slow')).toBe(0);
    expect(designOf(session).faults).toEqual([
      { kind: 'slow', target: 'cache-1', at: 12_340_000, for: 8_000_000, factor: 20 },
    ]);
    expect(changeOf(session)).toMatchObject({ label: 'cache-1 slow' });
  });

  it('begin before the end of the run where the playhead is at its end', () => {
    const session = aSession();
    const { duration } = seedDesign;
    session.view.seek(duration);
    addFault(session, 'cache-1', 'slow');
    expect(designOf(session).faults[0]?.at).toBe(duration - 8_000_000);
    expect(session.view.getState().cursor).toBe(duration - 8_000_000);
    expect(said.getState().text).toContain('52');
  });

  it('are refused past the limit, and the limit is named', () => {
    for (let n = 0; n < LIMITS.faults; n++) addFault(session, 'app-1', 'crash');
    expect(addFault(session, 'app-1', 'crash')).toBeUndefined();
    expect(designOf(session).faults).toHaveLength(LIMITS.faults);
    expect(said.getState().text).toContain(`${LIMITS.faults} of ${LIMITS.faults} faults`);
  });

  it('are one step of undo for a whole drag', () => {
    addFault(session, 'cache-1', 'slow');
    const [fault] = designOf(session).faults;
    if (fault === undefined) throw new Error('no fault');
    for (const at of [1, 2, 3]) changeFault(session, 0, { ...fault, at: at * 1_000_000 }, 'drag');
    expect(designOf(session).faults[0]?.at).toBe(3_000_000);
    session.documents.undo();
    expect(designOf(session).faults[0]?.at).toBe(0);
  });

  it('are removed by their place in the list', () => {
    addFault(session, 'cache-1', 'slow');
    addFault(session, 'cache-2', 'crash');
    removeFault(session, 0);
    expect(designOf(session).faults.map(({ target }) => target)).toEqual(['cache-2']);
  });

  it.each<[string | undefined, string, string]>([
    [undefined, 'write-through', 'cache-1'],
    ['app-2', 'write-through', 'app-2'],
    ['shard-2', 'write-through', 'shard-2.leader'],
    ['clients', 'write-through', 'cache-1'],
    [undefined, 'db-only', 'shard-1.leader'],
  ])('with %s selected under %s, one key slows %s', (selection, policy, target) => {
    const preset = PRESETS.find(({ name }) => name === policy);
    session = aSession(preset?.design);
    session.view.select(selection);
    faultAtPlayhead(session);
    expect(designOf(session).faults).toMatchObject([{ kind: 'slow', target }]);
  });

  it('are offered where they can hit', () => {
    expect(faultKindsOf(seedDesign, 'cache-1')).toContain('flush');
    expect(faultKindsOf(seedDesign, 'app-1')).not.toContain('flush');
    expect(faultKindsOf(seedDesign, 'app-cache')).toEqual(['delay', 'partition', 'drop']);
    expect(faultKindsOf(seedDesign, 'workload')).toEqual(['surge', 'hotkey']);
    expect(faultKindsOf(seedDesign, 'zone-3')).not.toContain('flush');
    expect(faultKindsOf(seedDesign, 'cache-9')).toEqual([]);
  });
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
    const session = aSession();
    session.view.setState({ detail, cursor: 2 });
    const visit = (direction: 1 | -1) => {
      focusNextOperation(session, direction);
      return focused(session);
    };
    expect([visit(1), visit(1), visit(1), visit(-1)]).toEqual([1, 2, 1, 2]);
  });

  it('waits for the messages of the moment where they are not there yet', () => {
    const session = aSession();
    session.view.setState({ cursor: 2, detailPending: true });
    focusNextOperation(session, 1);
    expect(focused(session)).toBeUndefined();
    expect(said.getState().text).toMatch(/^The story opens as soon as/);
    session.view.setState({ detail, detailPending: false });
    expect(focused(session)).toBe(1);
  });

  it('calls nobody back who has moved on meanwhile', () => {
    const session = aSession();
    session.view.setState({ cursor: 2, detailPending: true });
    focusNextOperation(session, 1);
    session.view.seek(3);
    session.view.setState({ detail, detailPending: false });
    expect(focused(session)).toBeUndefined();
  });

  it('does not wait for a window that only adds to the one that is there', () => {
    const session = aSession();
    session.view.setState({ detail, cursor: 2, detailPending: true });
    focusNextOperation(session, 1);
    expect(focused(session)).toBe(1);
  });

  it('says so where none is known', () => {
    const session = aSession();
    session.view.setState({ detail: aDetail({ from: 0, to: 1000 }), cursor: 2 });
    focusNextOperation(session, 1);
    expect(said.getState().text).toMatch(/^No operation/);
  });
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
