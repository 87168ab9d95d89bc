/**
 * A judge of leaderless stores that keeps no order of commits and no lists: from the lines of the whole history it takes
 * what stood on which disk after each of them, and compares everything with everything. Versions are ordered by their
 * timestamps alone; one is committed from the first line on at which w disks hold it or a newer one.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assert } from '../../src/base/assert.ts';
import type { Design } from '../../src/design/design.ts';
import { nodesOf } from '../../src/design/nodes.ts';
import { EVENT_WIDTH, EVENTS, type EventType } from '../../src/design/readings.ts';
import { detailOf } from '../../src/engine/detail.ts';
import { aSmallDesign, render, smallDesigns } from '../support/engineRuns.ts';

interface Line {
  readonly place: number;
  readonly time: number;
  readonly type: EventType;
  readonly operation: number;
  readonly node: number;
  readonly key: number;
  readonly version: number;
  readonly extra: number;
}

function linesOf(design: Design): Line[] {
  // Longer than any run: it ends when every client has its end.
  const to = 1e9;
  const detail = detailOf(design, undefined, { from: 0, to, sample: 'all', focus: [], key: -1 });
  assert(detail.ok && !detail.value.truncated, 'the whole run is recorded');
  const { events } = detail.value;
  return Array.from({ length: events.length / EVENT_WIDTH }, (_, place): Line => {
    const row = events.subarray(place * EVENT_WIDTH, (place + 1) * EVENT_WIDTH);
    const [time = 0, code = 0, operation = 0, node = 0, , key = 0, version = 0, extra = 0] = row;
    const type = EVENTS[code];
    assert(type !== undefined, 'every event has a name');
    return { place, time, type, operation, node, key, version, extra };
  });
}

/** A version of a key: when it arrived at the app, whose it is, and the line that committed it. */
interface Version {
  readonly fence: readonly [time: number, operation: number];
  committed: Line | undefined;
}

const INITIAL: Version = { fence: [-1, 0], committed: undefined };

function newer(a: Version, b: Version): boolean {
  return a.fence[0] > b.fence[0] || (a.fence[0] === b.fence[0] && a.fence[1] > b.fence[1]);
}

/** All versions that arrived at an app node, by key and number; with the lines that committed them. */
function versionsOf(design: Design, lines: readonly Line[]): Map<number, Map<number, Version>> {
  const nodes = nodesOf(design);
  const versions = new Map<number, Map<number, Version>>();
  const disks = new Map<number, Map<number, Version>>(); // by key, then replica
  const arrived = new Map<number, Set<number>>(); // versions that have come to a disk, by key
  for (const line of lines) {
    const { type, node, key, version, operation, time } = line;
    const ofKey = versions.get(key) ?? new Map<number, Version>();
    versions.set(key, ofKey);
    const tier = nodes[node]?.tier;
    if (
      tier === 'app' &&
      (type === 'enqueue' || type === 'startService') &&
      version > 0 &&
      !ofKey.has(version)
    )
      ofKey.set(version, { fence: [time, operation], committed: undefined });
    if (tier !== 'store' || (type !== 'expose' && type !== 'refuse')) continue;
    const known = arrived.get(key) ?? new Set<number>();
    arrived.set(key, known.add(version));
    const held = disks.get(key) ?? new Map<number, Version>();
    disks.set(key, held);
    const one = ofKey.get(version);
    assert(one !== undefined, 'what comes to a disk came through the app');
    if (type === 'expose') held.set(node, one);
    for (const number of known) {
      const each = ofKey.get(number);
      assert(each !== undefined, 'it is known');
      const copies = [...held.values()].filter((on) => !newer(each, on)).length;
      if (copies >= design.store.w) each.committed ??= line;
    }
  }
  return versions;
}

interface Done {
  readonly start: Line;
  readonly end: Line;
  readonly version: Version;
  /** The coordinator's last step before the end: there it had the answer. */
  readonly decided: Line;
}

function judge(design: Design) {
  const lines = linesOf(design);
  const versions = versionsOf(design, lines);
  const starts = new Map<number, Line>();
  const steps = new Map<number, Line>();
  const done: Done[] = [];
  for (const line of lines) {
    if (line.type === 'startOperation') starts.set(line.operation, line);
    if (line.type === 'step') steps.set(line.operation, line);
    const [start, decided] = [starts.get(line.operation), steps.get(line.operation)];
    if (line.type !== 'endOperation' || line.extra !== 0 || start === undefined || decided === undefined)
      continue;
    const version = versions.get(line.key)?.get(line.version) ?? INITIAL;
    done.push({ start, end: line, version, decided });
  }
  const isCommitted = (version: Version, by = Infinity): boolean =>
    version === INITIAL || (version.committed?.place ?? Infinity) < by;
  const older = (a: Version, b: Version): boolean => isCommitted(a) && isCommitted(b) && newer(b, a);
  const before = (a: Done, b: Done): boolean =>
    a.start.key === b.start.key && a.start.extra === b.start.extra && a.end.place < b.start.place;

  const puts = done.filter(({ start }) => start.version > 0);
  const gets = done.filter(({ start }) => start.version === 0);
  const clean = gets.filter(({ version, decided }) => isCommitted(version, decided.place));
  const dirty = gets.filter((get) => !clean.includes(get));
  const floor = gets.filter((get) => puts.some((put) => before(put, get)));
  const staleness = clean.flatMap(({ start, version }) => {
    const commits = [...(versions.get(start.key)?.values() ?? [])].flatMap((other) =>
      newer(other, version) && other.committed !== undefined ? [other.committed.time] : [],
    );
    const first = Math.min(...commits);
    return first < start.time ? [start.time - first] : [];
  });
  return {
    readYourWrites: {
      checked: floor.length,
      violations: clean.filter((get) =>
        puts.some((put) => before(put, get) && older(get.version, put.version)),
      ).length,
    },
    monotonicReads: {
      checked: gets.length,
      violations: clean.filter((get) =>
        clean.some((other) => before(other, get) && older(get.version, other.version)),
      ).length,
    },
    staleReads: staleness.length,
    maxStalenessMs: Math.max(0, ...staleness) / 1000,
    dirtyReads: dirty.length,
    phantomReads: dirty.filter(({ version }) => !isCommitted(version)).length,
  };
}

function expectAgreement(design: Design): ReturnType<typeof judge> {
  const { readYourWrites, monotonicReads, stale, dirtyReads, phantomReads } =
    render(design).summary.consistency;
  const verdict = judge(design);
  expect({
    readYourWrites,
    monotonicReads,
    staleReads: stale.reads,
    maxStalenessMs: stale.maxMs,
    dirtyReads,
    phantomReads,
  }).toEqual(verdict);
  return verdict;
}

describe('the oracle of a store without leaders, and a judge who compares everything with everything', () => {
  it('agree on any small design whose disks are kept', () => {
    const designs = smallDesigns(4).map((design): Design => ({
      ...design,
      policy: 'db-only',
      store: { ...design.store, mode: 'leaderless' },
      faults: design.faults.filter(({ kind, target }) => kind !== 'destroy' && !target.endsWith('.leader')),
    }));
    fc.assert(
      fc.property(designs, (design) => void expectAgreement(design)),
      { seed: 60_001, numRuns: 40 },
    );
  });

  it.each([
    ['1', '1', ['app-1:delay:40ms@100ms-700ms']],
    ['2', '1', ['shard-1.replica-2:slow:20@100ms-700ms']],
    ['3', '1', ['shard-1.replica-2:partition@100ms-400ms', 'shard-1.replica-3:pause@500ms-700ms']],
  ])('agree where keys are fought over, w %s and r %s', (w, r, fault) => {
    const verdict = expectAgreement(
      aSmallDesign({
        policy: 'db-only',
        duration: '1s',
        'workload.puts': '600/s',
        'workload.gets': '1500/s',
        'workload.keys': '3',
        'workload.sessions': '4',
        'store.mode': 'leaderless',
        'store.w': w,
        'store.r': r,
        fault,
      }),
    );
    // With w 1 the first copy commits.
    if (w !== '1') expect(verdict.dirtyReads).toBeGreaterThan(20);
    expect(verdict.readYourWrites.checked).toBeGreaterThan(300);
    if (w !== '3') expect(verdict.staleReads).toBeGreaterThan(20);
  });
});
