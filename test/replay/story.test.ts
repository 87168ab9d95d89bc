import { describe, expect, it } from 'vitest';
import type { Design } from '../../src/design/design.ts';
import type { ViolationKind } from '../../src/design/readings.ts';
import { assert } from '../../src/base/assert.ts';
import { applicable, REMEDIES } from '../../src/design/remedies.ts';
import type { Cause } from '../../src/replay/story/findings.ts';
import type { KeyHistory } from '../../src/replay/story/history.ts';
import { logOf } from '../../src/replay/story/log.ts';
import { taleOf } from '../../src/replay/story/tale.ts';
import { explain } from '../../src/replay/story/causeWords.ts';
import { titleOf, wordingOf } from '../../src/replay/story/words.ts';
import { durationInWords } from '../support/durations.ts';
import { aDesign } from '../support/designs.ts';
import { aSmallDesign, render } from '../support/engineRuns.ts';
import { Storyteller, type Opened } from '../support/stories.ts';

/** The first violations of a kind in a design's run, each with its derived cause. */
function told(design: Design, kind: ViolationKind, count = 6): Opened[] {
  const teller = new Storyteller(design);
  const stories = teller.violations.filter((violation) => violation.kind === kind).slice(0, count);
  expect(stories.length, `${kind} happens`).toBe(count);
  return stories.map((violation) => teller.open(violation));
}

function of<K extends Cause['kind']>(cause: Cause, kind: K): Extract<Cause, { kind: K }> {
  expect(cause.kind).toBe(kind);
  return cause as Extract<Cause, { kind: K }>;
}

const named = ({ nodes }: KeyHistory, node: number) => nodes[node]?.name;

describe('the cause of a violation', () => {
  it('is the replica that lags, where only replicas can be behind', () => {
    const design = aSmallDesign({
      policy: 'db-only',
      'store.w': '1',
      fault: ['replication:delay:60ms@0s'],
    });
    let shown = 0;
    for (const { cause, history } of told(design, 'staleRead', 40)) {
      const lag = of(cause, 'laggingReplica');
      expect(named(history, lag.replica)).toMatch(/replica-[23]$/);
      expect(lag.readAt).toBeGreaterThan(lag.newerAt);
      // The copy, or the news of the commit, comes 60 ms late.
      if (lag.shownAt === undefined) continue;
      shown++;
      expect(lag.shownAt - lag.newerAt).toBeGreaterThan(50_000);
    }
    expect(shown).toBeGreaterThan(0);
  });

  it('is that nobody told the cache, where writes go around it and the store never lags', () => {
    const design = aSmallDesign({
      policy: 'write-around',
      'store.readFrom': 'leader',
      'workload.puts': '40/s',
    });
    const kinds = told(design, 'staleRead', 8).map(({ cause }) => cause.kind);
    expect(new Set(kinds)).toEqual(new Set(['neverTold']));
  });

  it('is the late forward, where a slow node’s queue outlives its callers’ patience', () => {
    const design = aSmallDesign({
      'workload.keys': '4',
      'workload.skew': '0',
      'cache.timeout': '10ms',
      'cache.concurrency': '1',
      fault: ['cache-1:slow:200@300ms-900ms', 'cache-2:slow:200@300ms-900ms'],
    });
    for (const { cause, violation, history } of told(design, 'storeRegression', 8)) {
      const late = of(cause, 'lateForward');
      expect(named(history, late.cache)).toMatch(/^cache-/);
      expect(late.committedAt).toBe(violation.time);
      expect(late.gaveUpAt).toBeLessThan(late.forwardedAt);
      expect(late.newerAt).toBeLessThan(late.committedAt);
      // The app waited 10 ms from the moment of its call, so the message was older than that when it came out.
      expect(late.forwardedAt - late.gaveUpAt).toBeGreaterThan(0);
    }
  });

  it('is two orders, where the way to the cache and the way to the leader differ', () => {
    const design = aSmallDesign({
      'workload.keys': '1',
      'workload.puts': '800/s',
      'store.readFrom': 'leader',
      'store.rf': '1',
      'store.w': '1',
      'network.cacheStore': 'uniform:0ms:6ms',
    });
    const stories = told(design, 'staleRead', 6);
    for (const { cause, violation } of stories) {
      const order = of(cause, 'twoOrders');
      expect(order.newerAppliedAt).toBeLessThan(order.olderAppliedAt);
      expect(order.olderAppliedAt).toBeLessThanOrEqual(violation.time);
      expect(order.gaveUpAt).toBeUndefined();
    }
  });

  it('is a stale set, where the app fills what it read before the write', () => {
    const design = aSmallDesign({
      policy: 'look-aside',
      'workload.keys': '3',
      'store.rf': '1',
      'store.w': '1',
      'network.appStore': 'const:1ms',
      'network.appCache': 'uniform:0ms:20ms',
      'cache.timeout': 'off',
    });
    const causes = told(design, 'staleRead', 40).map(({ cause }) => cause);
    const fills = causes.flatMap((cause) => (cause.kind === 'staleFill' ? [cause] : []));
    expect(fills.length).toBeGreaterThan(5);
    for (const fill of fills) {
      expect(fill.readAt).toBeLessThan(fill.filledAt);
      expect(fill.newerAt).toBeLessThanOrEqual(fill.filledAt);
    }
    // What else there is: the delete that follows the write has not been done yet.
    for (const cause of causes) expect(['staleFill', 'lateInvalidation', 'notToldYet']).toContain(cause.kind);
  });

  it('is that the cache shows a write before it is committed; later, or never', () => {
    let committed = 0;
    for (const { cause, violation } of told(aSmallDesign(), 'dirtyRead')) {
      const early = of(cause, 'servedUncommitted');
      expect(early.servedAt).toBeLessThanOrEqual(violation.time);
      if (early.committedAt === undefined) continue;
      committed++;
      expect(early.committedAt).toBeGreaterThan(early.servedAt);
    }
    expect(committed).toBeGreaterThan(0);
    const crash = aSmallDesign({ fault: ['shard-1.leader:crash@400ms-1.2s'] });
    for (const { cause, history } of told(crash, 'phantomRead')) {
      const never = of(cause, 'neverCommitted');
      expect(named(history, never.cache)).toMatch(/^cache-/);
    }
  });

  it('is too few copies, where one disk was enough for an acknowledgement', () => {
    const design = aSmallDesign({
      'store.w': '1',
      fault: ['replication:delay:100ms@200ms', 'shard-1.leader:crash@600ms-1.9s'],
    });
    for (const { cause, history } of told(design, 'lostAckedWrite')) {
      const loss = of(cause, 'lostCopies');
      expect(loss.copies).toBe(1);
      expect(loss.holders.map((node) => named(history, node))).toEqual(['shard-1.replica-1']);
      expect(loss.ackedAt).toBeLessThan(600_000);
    }
  });
});

describe('a story', () => {
  const design = aSmallDesign({
    'workload.keys': '4',
    'workload.skew': '0',
    'cache.timeout': '10ms',
    'cache.concurrency': '1',
    fault: ['cache-1:slow:200@300ms-900ms', 'cache-2:slow:200@300ms-900ms'],
  });

  it('says in words what its facts say, in order of time, up to the harm itself', () => {
    for (const { violation, cause, history } of told(design, 'readYourWrites', 4)) {
      const wording = wordingOf(history, durationInWords);
      const { headline, sentence } = explain(cause, violation, wording);
      for (const text of [headline, sentence, titleOf(violation, wording)])
        expect(text).not.toMatch(/undefined|NaN|−/);
      const log = logOf(taleOf(history, { kind: 'violation', violation, cause }), wording);
      expect(log.map(({ time }) => time)).toEqual(log.map(({ time }) => time).sort((a, b) => a - b));
      expect(log.filter(({ harm }) => harm)).toMatchObject([
        { time: violation.time, words: `s-${violation.session} gets v${violation.version}` },
      ]);
      expect(log.some(({ words }) => words.endsWith(`writes v${violation.expected}`))).toBe(true);
      // Several messages of one operation stand in the same queue: each line says which one it is of.
      const queued = log.filter(({ words }) => words.includes('joins the queue'));
      expect(queued.length).toBeGreaterThan(0);
      for (const { words } of queued) expect(words).toMatch(/^(v\d+|the (read|invalidation|fill)) joins/);
    }
  });

  it.each([
    ['staleFill', aDesign({ duration: '3s', fault: 'cache-1:slow:20@1s-2s' })],
    ['laggingRefill', aDesign({ duration: '3s', policy: 'look-aside' })],
  ] as const)('names that remedy first that leaves less: %s', (kind, design) => {
    const teller = new Storyteller(design);
    let opened: Opened | undefined;
    for (const violation of teller.violations.filter((each) => each.kind === 'readYourWrites')) {
      opened = teller.open(violation);
      if (opened.cause.kind === kind) break;
    }
    assert(opened?.cause.kind === kind, `${kind} happens`);
    const { cause, violation, history } = opened;
    const [first, second] = explain(cause, violation, wordingOf(history, durationInWords)).remedies.map(
      (name) => {
        const { key, text } = REMEDIES[name];
        return render(aDesign({ [key]: text(design) }, design)).summary.consistency.stale.reads;
      },
    );
    assert(first !== undefined && second !== undefined, 'two remedies are named');
    expect(first).toBeLessThan(second / 1.5);
  });

  it('offers remedies that change the design, and offers none that stands already', () => {
    const fenced = aSmallDesign({ 'cache.fencing': 'version' });
    expect(applicable(design, ['fenceByVersion']).map(({ key }) => key)).toEqual(['cache.fencing']);
    expect(applicable(fenced, ['fenceByVersion'])).toEqual([]);
  });
});

describe('the title of a violation', () => {
  const rest = { time: 0, operation: 0, session: 7, key: 0 };
  const title = (kind: ViolationKind, version: number, expected: number, extra = 0) =>
    titleOf({ ...rest, kind, version, expected, extra }, { span: (us) => `${us / 1000} ms` });

  it.each([
    ['readYourWrites', 41, 42, 's-7 read v41 after its own v42 was acknowledged'],
    ['monotonicReads', 41, 42, 's-7 read v41 after it had read v42'],
    ['storeRegression', 41, 42, 'The store went back from v42 to v41'],
  ] as const)('says which of two versions came back: %s', (kind, version, expected, words) => {
    expect(title(kind, version, expected)).toBe(words);
  });

  it.each([
    ['readYourWrites', 's-7 read v30 after its own v29 was acknowledged: v30 was committed first'],
    ['monotonicReads', 's-7 read v30 after it had read v29: v30 was committed first'],
    ['storeRegression', 'The store went back from v29 to v30: v30 was committed first'],
  ] as const)('says why the one with the higher number is the older one: %s', (kind, words) => {
    expect(title(kind, 30, 29)).toBe(words);
  });

  it.each([
    ['staleRead', 5, 's-7 read v3, out of date for 1.5 ms'],
    ['dirtyRead', 0, 's-7 read v3 when it was not committed yet'],
    ['phantomRead', 0, 's-7 read v3, which was never committed'],
    ['lostAckedWrite', 0, 'v3 of s-7 was lost although it was acknowledged'],
  ] as const)('compares nothing where one version tells all: %s', (kind, expected, words) => {
    expect(title(kind, 3, expected, 1500)).toBe(words);
  });
});
