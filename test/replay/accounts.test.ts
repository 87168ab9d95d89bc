import { describe, expect, it } from 'vitest';
import { ANOMALIES } from '../../src/design/anomalies/table.ts';
import { designsOf } from '../../src/design/anomalies/anomaly.ts';
import { assert } from '../../src/base/assert.ts';
import type { Design } from '../../src/design/design.ts';
import { nodesOf } from '../../src/design/nodes.ts';
import { EVENT, EVENT_WIDTH, EVENTS } from '../../src/design/readings.ts';
import { DetailSource } from '../../src/engine/detail.ts';
import type { DetailReading } from '../../src/engine/readings.ts';
import { accountOf, PARTS, type Account } from '../../src/replay/story/account.ts';
import { explainAccount, titleOfAccount } from '../../src/replay/story/accountWords.ts';
import { historyOf } from '../../src/replay/story/history.ts';
import { logOf } from '../../src/replay/story/log.ts';
import { taleOf } from '../../src/replay/story/tale.ts';
import { wordingOf } from '../../src/replay/story/words.ts';
import { durationInWords } from '../support/durations.ts';
import { aSmallDesign } from '../support/engineRuns.ts';

const scenario = (key: string): Design => {
  const anomaly = ANOMALIES.find((each) => each.key === key);
  assert(anomaly !== undefined, `${key} is a scenario`);
  return designsOf(anomaly).shown;
};

interface Begun {
  readonly operation: number;
  readonly time: number;
}

function windowOf(design: Design, from: number, to: number, key: number): DetailReading {
  const detail = new DetailSource(design).of(undefined, {
    from,
    to,
    sample: 1,
    focus: [],
    key,
    keyInFull: true,
  });
  assert(detail.ok, 'a window of a run');
  return detail.value;
}

/** The operations of a key that begin and end in a window, by a second reading of its rows. */
function begunIn({ events }: DetailReading, key: number): readonly Begun[] {
  const begun = new Map<number, number>();
  const ended = new Set<number>();
  for (let o = 0; o < events.length; o += EVENT_WIDTH) {
    if (events[o + EVENT.key] !== key) continue;
    const type = EVENTS[events[o + EVENT.type] ?? -1];
    const operation = events[o + EVENT.operation] ?? 0;
    if (type === 'startOperation') begun.set(operation, events[o + EVENT.time] ?? 0);
    if (type === 'endOperation') ended.add(operation);
  }
  return [...begun].filter(([each]) => ended.has(each)).map(([operation, time]) => ({ operation, time }));
}

/** The accounts of all operations of the most popular key in a window of a design's run. */
function accounts(design: Design, from: number, to: number): readonly Account[] {
  const key = 0;
  const detail = windowOf(design, from, to, key);
  const history = historyOf(detail, key, design);
  return begunIn(detail, key).map(({ operation }) => {
    const account = accountOf(history, operation, key, design);
    assert(account !== undefined, 'it begins in this window');
    const wording = wordingOf(history, durationInWords);
    const said = `${titleOfAccount(account)} ${Object.values(explainAccount(account, wording)).join(' ')}`;
    expect(said).not.toMatch(/undefined|NaN|−|Infinity/);
    return account;
  });
}

const points = (all: readonly Account[]) => all.map(({ point }) => point.kind);

describe('the account of an operation', () => {
  it('shares out the whole of its time, and no more', () => {
    const all = accounts(aSmallDesign({ 'workload.keys': '2' }), 300_000, 900_000);
    expect(all.length).toBeGreaterThan(100);
    for (const { parts, startedAt, endedAt } of all)
      expect(PARTS.reduce((sum, part) => sum + parts[part], 0)).toBe((endedAt ?? Number.NaN) - startedAt);
  });

  it('is of links and services alone, where everything takes as long as it is told to', () => {
    const design = aSmallDesign({
      policy: 'db-only',
      'workload.puts': '10/s',
      'workload.gets': '50/s',
      'store.readFrom': 'leader',
      'store.rf': '1',
      'store.w': '1',
      'app.service': 'const:1ms',
      'store.read': 'const:2ms',
      'store.write': 'const:3ms',
      'network.clientApp': 'const:1ms',
      'network.appStore': 'const:4ms',
      'network.crossZone': 'const:0ms',
      'workload.keys': '1',
    });
    const all = accounts(design, 0, 2_000_000).filter(({ parts }) => parts.queue === 0);
    expect(all.length).toBeGreaterThan(20);
    for (const { kind, parts } of all) {
      // There and back on two links.
      expect(parts.network).toBe(10_000);
      expect(parts.service).toBe(kind === 'get' ? 3_000 : 4_000);
      expect(parts.idle + parts.replication).toBe(0);
    }
  });

  it('says what it wrote or read, and that of a PUT the copies were waited for', () => {
    const all = accounts(aSmallDesign({ 'workload.keys': '1' }), 300_000, 900_000);
    const puts = all.filter(({ kind, ending }) => kind === 'put' && ending === 'ok');
    expect(puts.length).toBeGreaterThan(50);
    for (const { version } of puts) expect(version).toBeGreaterThan(0);
    expect(puts.filter(({ parts }) => parts.replication > 0).length).toBeGreaterThan(puts.length / 2);
  });
});

describe('where nobody is let down, and somebody waits', () => {
  it('a stampede is told by the loads that were under way with it', () => {
    const all = accounts(scenario('stampede'), 1_490_000, 2_200_000);
    const stampeding = all.flatMap(({ point }) => (point.kind === 'stampede' ? [point.loads] : []));
    expect(stampeding.length).toBeGreaterThan(10);
    // Every miss until the first fill asks the store once more.
    expect(Math.max(...stampeding)).toBeGreaterThan(20);
  });

  it('a hot key is told by the queue of the one shard that has it', () => {
    const all = accounts(scenario('hot-key'), 1_800_000, 2_600_000);
    const queued = all.flatMap(({ point }) => (point.kind === 'queued' ? [point] : []));
    expect(queued.length).toBeGreaterThan(all.length / 2);
    expect(new Set(queued.map(({ node }) => node)).size).toBe(1);
  });

  it('a partial write that surfaces is told by its commit after its client gave up', () => {
    const all = accounts(scenario('surfacing-write'), 900_000, 2_000_000);
    const surfaced = all.flatMap(({ point }) => (point.kind === 'surfaced' ? [point] : []));
    expect(surfaced.length).toBeGreaterThan(10);
    for (const { committedAt, gaveUpAt } of surfaced) {
      expect(committedAt).toBeGreaterThan(gaveUpAt);
      // The network heals at 1.5 s; lost copies are sent again every 100 ms.
      expect(committedAt).toBeGreaterThanOrEqual(1_500_000);
    }
  });

  it.each(['write-through', 'write-through-aside', 'look-aside'] as const)(
    'whose app gave up on a slow cache node is told so, and its client waited no longer: %s',
    (policy) => {
      const design = aSmallDesign({
        policy,
        'workload.keys': '1',
        'client.timeout': '1s',
        'cache.timeout': '10ms',
        'cache.onTimeout': 'fail',
        'cache.nodes': '1',
        fault: 'cache-1:slow:400@400ms-900ms',
      });
      // What was given up on may be forwarded all the same: those have another story.
      const failed = accounts(design, 300_000, 1_200_000).filter(
        ({ ending, point }) => ending !== 'ok' && point.kind !== 'surfaced',
      );
      expect(failed.length).toBeGreaterThan(20);
      expect(new Set(points(failed))).toEqual(new Set(['toldNo']));
      for (const { point, startedAt } of failed) {
        assert(point.kind === 'toldNo' && point.cache !== undefined, 'it knows whom the app gave up on');
        expect(nodesOf(design)[point.cache]?.name).toBe('cache-1');
        expect(point.at - startedAt).toBeLessThan(100_000);
      }
    },
  );

  it('a PUT that comes while nobody leads is told by the loss of its message', () => {
    const all = accounts(scenario('failover-window'), 1_000_000, 3_200_000);
    const lost = all.filter(({ kind, ending }) => kind === 'put' && ending === 'unknown');
    expect(lost.length).toBeGreaterThan(5);
    expect(points(lost)).toContain('lost');
  });

  it('a client that gave up is told so, whatever became of its retries', () => {
    const design = scenario('metastable-retries');
    const fault = design.faults[0];
    assert(fault !== undefined, 'something sets the storm off');
    const all = accounts(design, fault.at, fault.at + 700_000);
    expect(all.length).toBeGreaterThan(5);
    const waited = all.filter(({ timeouts }) => timeouts > 0);
    expect(waited.length).toBeGreaterThan(0);
  });
});

describe('the story of an operation', () => {
  const design = scenario('zombie');
  const detail = windowOf(design, 1_000_000, 1_600_000, 0);
  const history = historyOf(detail, 0, design);
  const all = begunIn(detail, 0).flatMap(({ operation }) => accountOf(history, operation, 0, design) ?? []);

  it('tells of it from its beginning to its end, in order of time, with the writers that were under way', () => {
    const [account] = all.filter(({ point }) => point.kind === 'fallback');
    assert(account !== undefined, 'somebody gives up on a slow cache node');
    const tale = taleOf(history, { kind: 'operation', account });
    expect(tale.operations).toContain(account.operation);
    expect(tale.operations.length).toBeLessThanOrEqual(5);
    const log = logOf(tale, wordingOf(history, durationInWords));
    expect(log.map(({ time }) => time)).toEqual(log.map(({ time }) => time).sort((a, b) => a - b));
    const own = log.filter(({ operation }) => operation === account.operation);
    expect(own[0]?.time).toBe(account.startedAt);
    expect(own.some(({ words }) => words.includes('stops waiting'))).toBe(true);
    // Whoever gave up did so at a step of the policy's table.
    expect(own.find(({ words }) => words.includes('stops waiting'))?.step).toBeTypeOf('number');
  });

  it('tells that a client stops waiting for an attempt that was lost, which does not live on', () => {
    const lossy = aSmallDesign({
      'workload.keys': '1',
      'client.timeout': '40ms',
      'client.retries': '1',
      'client.retryBudget': 'off',
      'client.backoff': 'const:1ms',
      fault: ['client-app:drop:40%@0s'],
    });
    const window = windowOf(lossy, 0, 300_000, 0);
    const told = historyOf(window, 0, lossy);
    const retried = begunIn(window, 0)
      .flatMap(({ operation }) => accountOf(told, operation, 0, lossy) ?? [])
      .find(({ ending, timeouts }) => ending === 'ok' && timeouts === 1);
    assert(retried !== undefined, 'somebody tries again');
    const log = logOf(
      taleOf(told, { kind: 'operation', account: retried }),
      wordingOf(told, durationInWords),
    );
    const own = log.filter(({ operation }) => operation === retried.operation).map(({ words }) => words);
    expect(own).toContain('its client stops waiting; what it waits for is lost');
  });
});
