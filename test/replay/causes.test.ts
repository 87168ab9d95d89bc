import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { assert } from '../../src/base/assert.ts';
import { ANOMALIES } from '../../src/design/anomalies/table.ts';
import { designsOf } from '../../src/design/anomalies/anomaly.ts';
import type { Design } from '../../src/design/design.ts';
import { writeLink } from '../../src/design/links.ts';
import { VIOLATION_KINDS, type ViolationKind } from '../../src/design/readings.ts';
import { explain } from '../../src/replay/story/causeWords.ts';
import { titleOf, wordingOf } from '../../src/replay/story/words.ts';
import { durationInWords } from '../support/durations.ts';
import { audit } from '../support/causeAudit.ts';
import { aSmallDesign, smallDesigns } from '../support/engineRuns.ts';
import { APART } from '../support/leaderless.ts';
import { Storyteller, type Opened } from '../support/stories.ts';

const TRIES_AGAIN = {
  duration: '500ms',
  'workload.keys': '5',
  'client.timeout': '10ms',
  'client.retries': '2',
  'client.retryBudget': 'off',
  'client.backoff': 'const:1ms',
  'store.readFrom': 'leader',
};

/** The story of the violation of this kind that this operation is, its cause held to all that happened. */
function storyAt(design: Design, kind: ViolationKind, operation: number): Opened {
  const teller = new Storyteller(design);
  const violation = teller.violations.find((one) => one.kind === kind && one.operation === operation);
  assert(violation !== undefined, 'it happens');
  const story = teller.open(violation);
  expect(audit(teller.whole(story.violation), design, story.violation, story.cause)).toEqual([]);
  return story;
}

/** What no named scenario shows: stores without leaders, lazy disks, buffers that are read past, writes past the cache, retries. */
const OTHERS: Readonly<Record<string, Design>> = {
  'without a leader': aSmallDesign({ ...APART, 'store.w': '1' }),
  'partial writes shown': aSmallDesign({ ...APART, 'store.w': '3' }),
  'disks that sync now and then': aSmallDesign({
    'store.fsync': 'periodic:200ms',
    fault: [1, 2, 3].map((replica) => `shard-1.replica-${replica}:crash@900ms-1.2s`),
  }),
  'one copy, and an election': aSmallDesign({
    policy: 'db-only',
    'workload.keys': '10',
    'store.w': '1',
    fault: ['replication:delay:100ms@200ms', 'shard-1.leader:crash@600ms-1.9s'],
  }),
  'entries that end before their flush': aSmallDesign({
    policy: 'write-behind',
    'workload.keys': '10',
    'cache.ttl': '20ms',
    'cache.flushDelay': '100ms',
  }),
  'clients that try again': aSmallDesign({
    ...TRIES_AGAIN,
    'cache.timeout': 'off',
    'network.cacheStore': 'exp:6ms',
  }),
  'clients that try again beside the cache': aSmallDesign({
    ...TRIES_AGAIN,
    policy: 'write-through-aside',
    'network.appStore': 'exp:6ms',
  }),
  'flushes that time out': aSmallDesign({
    policy: 'write-behind',
    'workload.keys': '5',
    'client.timeout': '15ms',
    'cache.flushDelay': '5ms',
    'network.cacheStore': 'exp:8ms',
    'store.readFrom': 'leader',
  }),
  'entries that give way': aSmallDesign({
    policy: 'write-behind',
    'workload.keys': '6',
    'cache.fencing': 'version',
    'cache.memory': '1451B',
    'cache.flushDelay': '0s',
    'network.cacheStore': 'exp:4ms',
  }),
  'invalidations that are overtaken': aSmallDesign({
    'cache.fencing': 'version',
    'cache.timeout': '10ms',
    fault: ['cache-1:delay:100ms@400ms-900ms', 'cache-2:delay:100ms@400ms-900ms'],
  }),
  'nobody tells the cache': aSmallDesign({ policy: 'write-around', 'store.readFrom': 'leader' }),
};

const SCENARIOS: readonly (readonly [string, Design])[] = [
  ...ANOMALIES.map((anomaly) => [anomaly.key, designsOf(anomaly).shown] as const),
  ...Object.entries(OTHERS),
];

/** Violations of each kind that are opened in a scenario, spread over its run. */
const EACH = 3;

/** `staleRead: staleFill`, by scenario. */
const opened = new Map<string, string[]>();

describe.each(SCENARIOS)('the violations of %s', (name, design) => {
  it('have causes that the whole history of their keys bears out', () => {
    const teller = new Storyteller(design);
    const found: string[] = [];
    for (const kind of VIOLATION_KINDS) {
      const all = teller.violations.filter((violation) => violation.kind === kind);
      const count = Math.min(EACH, all.length);
      for (let i = 0; i < count; i++) {
        const violation = all[Math.floor((i * all.length) / count)];
        if (violation === undefined) continue;
        const story = teller.open(violation);
        const wording = wordingOf(story.history, durationInWords);
        const { headline, sentence } = explain(story.cause, story.violation, wording);
        const said = `${titleOf(story.violation, wording)} ${headline} ${sentence}`;
        expect(said).not.toMatch(/undefined|NaN|−|Infinity/);
        expect(
          audit(teller.whole(violation), design, story.violation, story.cause),
          `${JSON.stringify(story.violation)} ${JSON.stringify(story.cause)} ${said}`,
        ).toEqual([]);
        found.push(`${kind}: ${story.cause.kind}`);
      }
    }
    opened.set(name, found);
  });
});

afterAll(() => {
  // What follows is of all scenarios together; a single one that is run alone has no share of it.
  if (opened.size < SCENARIOS.length) return;
  const all = [...opened.values()].flat();
  expect(all.length).toBeGreaterThanOrEqual(20);
  expect(new Set(all.map((words) => words.replace(/.*: /, ''))).size).toBeGreaterThanOrEqual(18);
  // In these nobody is let down: somebody waits, in vain or for long, and operations tell of that.
  const silent = [...opened].filter(([, found]) => found.length === 0).map(([name]) => name);
  expect(new Set(silent)).toEqual(new Set(['stampede', 'hot-key', 'surfacing-write', 'metastable-retries']));
});

describe('a read that waited for the load of another', () => {
  it.each(['none', 'version', 'lease'])('is told by it, with %s as fences', (fencing) => {
    const design = aSmallDesign({
      seed: '2',
      duration: '100ms',
      policy: 'look-aside',
      'workload.puts': '800/s',
      'workload.gets': '2500/s',
      'workload.keys': '4',
      'cache.ttl': '30ms',
      'cache.singleFlight': 'true',
      'cache.fencing': fencing,
      'store.read': 'exp:4ms',
      'network.appCache': 'exp:1ms',
      'network.appStore': 'exp:2ms',
    });
    const story = storyAt(design, 'staleRead', 19);
    expect(story.cause.kind).toBe('joinedLoad');
  });
});

describe('a version that was overtaken on its way to the disks', () => {
  it.each<[string, string, ViolationKind, number, string]>([
    [
      'once a replica had turned it away, though its writer was told later',
      '2',
      'readYourWrites',
      392,
      'laggingRefill',
    ],
    [
      'once a replica showed it, though it is never committed itself',
      '4',
      'monotonicReads',
      907,
      'staleFill',
    ],
  ])('was there %s', (_, seed, kind, operation, cause) => {
    const design = aSmallDesign({
      seed,
      duration: '400ms',
      policy: 'look-aside',
      'workload.puts': '800/s',
      'workload.gets': '2500/s',
      'workload.keys': '4',
      'cache.ttl': '30ms',
      'cache.singleFlight': 'true',
      'store.mode': 'leaderless',
      'store.w': '1',
      'store.read': 'exp:4ms',
      'network.appCache': 'exp:1ms',
      'network.appStore': 'exp:2ms',
    });
    const story = storyAt(design, kind, operation);
    expect(story.cause.kind).toBe(cause);
  });
});

describe('a write-behind cache that its app has written past', () => {
  it.each([
    ['replaced in the flush buffer, and a copy of it', 7],
    ['written twice, and its second copy', 10],
  ])('lets the store go back to a version that was %s came late', (words, operation) => {
    const design = aSmallDesign({
      seed: '1',
      duration: '400ms',
      policy: 'write-behind',
      'workload.keys': '5',
      'cache.flushDelay': '5ms',
      'cache.timeout': '5ms',
      'network.appCache': 'exp:4ms',
      'store.readFrom': 'leader',
    });
    const story = storyAt(design, 'storeRegression', operation);
    const { headline } = explain(story.cause, story.violation, wordingOf(story.history, durationInWords));
    expect(headline).toContain(`was ${words} reached the leader`);
  });
});

describe('a cache node that its app gave up on', () => {
  it.each([
    ['the store had been written first', 14, 'write-through-aside', 'cache-first', '2ms'],
    ['its forward had reached the store', 306, 'write-through', 'store-first', '4ms'],
  ])('was still to be told where %s', (_, operation, policy, order, timeout) => {
    const design = aSmallDesign({
      policy,
      duration: '500ms',
      'workload.keys': '5',
      'cache.order': order,
      'cache.timeout': timeout,
      'cache.onTimeout': 'db',
      'network.appCache': 'exp:1ms',
      'network.cacheStore': 'exp:1ms',
    });
    expect(storyAt(design, 'staleRead', operation).cause.kind).toBe('notToldYet');
  });
});

describe('copies that are lost without a leader', () => {
  it('are destroyed, and nobody decides who leads on', () => {
    const design = aSmallDesign({
      ...APART,
      'store.w': '2',
      zones: '1',
      fault: 'zone-1:destroy@400ms-600ms',
    });
    const teller = new Storyteller(design);
    const violation = teller.violations.find(({ kind }) => kind === 'lostAckedWrite');
    assert(violation !== undefined, 'it happens');
    const story = storyAt(design, 'lostAckedWrite', violation.operation);
    const { sentence } = explain(story.cause, story.violation, wordingOf(story.history, durationInWords));
    expect(sentence).toMatch(/^Then every disk that had it was destroyed\. It had been acknowledged /);
  });
});

it('says of what takes no time that it is an instant', () => {
  const { span } = wordingOf({ nodes: [] }, durationInWords);
  expect([span(0), span(1)]).toEqual(['an instant', '1us']);
});

describe('any design with any faults', () => {
  it('has violations whose causes the whole history of their keys bears out, or that are not known', () => {
    let told = 0;
    let unknown = 0;
    for (const design of fc.sample(smallDesigns(3), { seed: 1, numRuns: 24 })) {
      const teller = new Storyteller(design);
      for (const kind of VIOLATION_KINDS)
        for (const violation of teller.violations.filter((one) => one.kind === kind).slice(0, 2)) {
          const story = teller.open(violation);
          told++;
          if (story.cause.kind === 'unknown') unknown++;
          else
            expect(
              audit(teller.whole(violation), design, story.violation, story.cause),
              `${writeLink(design)} ${JSON.stringify(story.violation)} ${JSON.stringify(story.cause)}`,
            ).toEqual([]);
        }
    }
    expect(told).toBeGreaterThan(50);
    expect(unknown / told).toBeLessThan(0.05);
  });
});
