import { beforeEach, describe, expect, it } from 'vitest';
import { seedDesign, type Design } from '../../src/design/design.ts';
import { LIMITS } from '../../src/design/limits.ts';
import { PRESETS } from '../../src/design/presets.ts';
import type { Session } from '../../src/state/session.ts';
import {
  addFault,
  changeFault,
  faultAtPlayhead,
  faultKindsOf,
  placeFault,
  removeFault,
  targetForFault,
} from '../../src/ui/faultEdits.ts';
import { SHORTCUTS } from '../../src/ui/shell/shortcuts.ts';
import { said } from '../../src/ui/said.ts';
import { idleSession } from '../support/idleSession.ts';

const designOf = (session: Session): Design => session.documents.getState().design;
const changeOf = (session: Session) => session.documents.getState().lastChange;

let session: Session;
beforeEach(() => {
  session = idleSession();
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
    expect(said.getState().text).toBe(
      `${LIMITS.faults + 1} faults with this one. Allowed: at most ${LIMITS.faults} faults.`,
    );
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
    session = idleSession(preset?.design);
    session.view.select(selection);
    faultAtPlayhead(session);
    expect(designOf(session).faults).toMatchObject([{ kind: 'slow', target }]);
  });

  it.each<[string | undefined, string, string]>([
    [undefined, 'write-through', 'cache-1'],
    ['app-2', 'write-through', 'app-2'],
    ['shard-2', 'write-through', 'shard-2.leader'],
    ['app-cache', 'write-through', 'cache-1'],
    [undefined, 'db-only', 'shard-1.leader'],
  ])('with %s selected under %s, another key crashes %s', (selection, policy, target) => {
    const preset = PRESETS.find(({ name }) => name === policy);
    session = idleSession(preset?.design);
    session.view.select(selection);
    SHORTCUTS.find(({ words }) => words.startsWith('crash'))?.act(session, 'x');
    expect(designOf(session).faults).toMatchObject([{ kind: 'crash', target }]);
  });

  it('are aimed at what is selected where it can have them, and else where one of the design can', () => {
    expect(targetForFault(seedDesign, 'shard-2', 'slow')).toBe('shard-2.leader');
    expect(targetForFault(seedDesign, 'app-cache', 'slow')).toBe('cache-1');
    expect(targetForFault(seedDesign, 'app-cache', 'drop')).toBe('app-cache');
    expect(targetForFault(seedDesign, undefined, 'surge')).toBe('workload');
  });

  it('that are refused are said, and change nothing', () => {
    const change = { label: 'cache-9 slow' };
    const fault = { kind: 'slow', target: 'cache-9', at: 0, factor: 2 } as const;
    expect(placeFault(session, fault, change)).toBeUndefined();
    expect(designOf(session).faults).toEqual([]);
    expect(said.getState().text).toContain('there is no cache-9');
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
