import { describe, expect, it } from 'vitest';
import type { Design } from '../../src/design/design.ts';
import { nodeIdOf, nodesOf } from '../../src/design/nodes.ts';
import { HOP, HOP_FLAGS, HOP_WIDTH, MESSAGES, NODE, NODE_WIDTH } from '../../src/design/readings.ts';
import { detailOf } from '../../src/engine/detail.ts';
import { aDesign } from '../support/designs.ts';
import { aSmallDesign, render } from '../support/engineRuns.ts';

/** One app node and one replica; nothing takes time but a millisecond on each link. */
const PLAIN = {
  duration: '2s',
  policy: 'db-only',
  zones: '1',
  'workload.puts': '0/s',
  'workload.gets': '1000/s',
  'workload.arrivals': 'even',
  'workload.readBack': '0%',
  'workload.skew': '0',
  'client.timeout': '500ms',
  'app.nodes': '1',
  'app.service': 'const:0ms',
  'store.shards': '1',
  'store.rf': '1',
  'store.w': '1',
  'store.read': 'const:0ms',
  'store.write': 'const:0ms',
  'network.clientApp': 'const:1ms',
  'network.appStore': 'const:1ms',
  'network.replication': 'const:1ms',
};

interface Hop {
  readonly sentAt: number;
  readonly from: number;
  readonly to: number;
  readonly message: string | undefined;
  readonly lost: boolean;
}

/** Every message that left between two instants. */
function hopsOf(design: Design, from: number, to: number): Hop[] {
  const detail = detailOf(design, undefined, { from, to, sample: 'all', focus: [], key: -1 });
  if (!detail.ok || detail.value.truncated) throw new Error('the whole window is recorded');
  const { hops } = detail.value;
  return Array.from({ length: hops.length / HOP_WIDTH }, (_, i): Hop => {
    const row = hops.subarray(i * HOP_WIDTH, (i + 1) * HOP_WIDTH);
    return {
      sentAt: row[HOP.sentAt] ?? NaN,
      from: row[HOP.from] ?? NaN,
      to: row[HOP.to] ?? NaN,
      message: MESSAGES[row[HOP.message] ?? -1],
      lost: ((row[HOP.flags] ?? 0) & HOP_FLAGS.lost) !== 0,
    };
  }).filter((hop) => hop.sentAt >= from);
}

describe('messages that are dropped', () => {
  it.each([
    ['of a link: the request and the answer', ['client-app:drop:10%@0s'], 0.9 ** 2],
    ['of a node: what it receives and what it sends, on both sides', ['app-1:drop:10%@0s'], 0.9 ** 4],
    ['of a replica', ['shard-1.leader:drop:20%@0s'], 0.8 ** 2],
    ['of a zone: between two of its nodes each has its chance', ['zone-1:drop:10%@0s'], 0.9 ** 6],
    ['by several faults: independent chances', ['app-store:drop:10%@0s', 'app-store:drop:30%@0s'], 0.63 ** 2],
    ['all of them', ['client-app:drop:100%@0s'], 0],
    ['none of them', ['client-app:drop:0%@0s'], 1],
  ])('%s', (_what, fault, expected) => {
    const { attempted, ok } = render(aDesign({ ...PLAIN, fault })).summary.get;
    const deviation = Math.sqrt((expected * (1 - expected)) / attempted);
    expect(attempted).toBe(2000);
    expect(Math.abs(ok / attempted - expected)).toBeLessThanOrEqual(4 * deviation);
  });

  it('draw from a stream of their own, and only while they are', () => {
    const plain = render(aDesign(PLAIN));
    expect(render(aDesign({ ...PLAIN, fault: ['replication:drop:50%@0s'] })).summary.get).toEqual(
      plain.summary.get,
    );
    expect(render(aDesign({ ...PLAIN, fault: ['client-app:drop:0%@0s'] })).digest).toBe(plain.digest);
  });

  it('silence nobody: no leader is replaced', () => {
    const { summary } = render(aSmallDesign({ fault: ['shard-1.leader:drop:100%@300ms-1.5s'] }));
    expect(summary.store.byShard[0]?.leaderChanges).toBe(0);
    expect(summary.availability).toBeLessThan(0.95);
  });

  it('are sent again every 100 ms where they are copies, until they are acknowledged', () => {
    const design = aDesign({
      ...PLAIN,
      'workload.puts': '500/s',
      'workload.gets': '0/s',
      'store.rf': '3',
      'store.w': '3',
      'store.concurrency': '1000',
      'client.timeout': '30s',
      fault: ['replication:drop:50%@0s'],
    });
    const { put } = render(design).summary;
    expect(put).toMatchObject({ attempted: 1000, ok: 1000 });
    // A copy and its acknowledgement both pass in one of four rounds. The later of two followers takes
    // 2/q - 1/(1 - (1 - q)^2) rounds in the mean, 5.714; a lost one costs 100 ms, or 101 if it was the acknowledgement
    // (one loss in three). Six milliseconds are the links'.
    const lost = 2 / 0.25 - 1 / (1 - 0.75 ** 2) - 1;
    const expected = 6 + lost * (100 + 1 / 3);
    const deviation = 340 / Math.sqrt(1000);
    expect(Math.abs(put.meanMs - expected)).toBeLessThan(4 * deviation);
  });
});

/** Each node of the zone by itself, in the order of their numbers. */
const eachOf = (design: Design, zone: number, deed: string): string[] =>
  nodesOf(design).flatMap((node) => (node.zone === zone ? [`${node.name}:${deed}`] : []));

describe('a fault at a zone', () => {
  it.each(['slow:20', 'delay:20ms', 'drop:30%', 'crash', 'destroy', 'pause'])(
    '%s is that fault at each of its nodes',
    (kind) => {
      const deed = `${kind}@400ms-700ms`;
      const design = aSmallDesign({ fault: [`zone-2:${deed}`] });
      const apart = aSmallDesign({ fault: eachOf(design, 2, deed) });
      expect(apart.faults.length).toBeGreaterThan(3);
      expect(render(design).digest).toBe(render(apart).digest);
    },
  );

  const cut = aSmallDesign({ fault: ['zone-1:partition@400ms-900ms'] });
  const zoneOf = (node: number): number => nodesOf(cut)[node]?.zone ?? NaN;

  it('partition loses what crosses its border, both ways, and nothing else', () => {
    const hops = hopsOf(cut, 400_000, 900_000);
    const crosses = ({ from, to }: Hop): boolean => (zoneOf(from) === 1) !== (zoneOf(to) === 1);
    expect(hops.filter((hop) => hop.lost !== crosses(hop))).toEqual([]);
    expect(hops.filter((hop) => hop.lost && zoneOf(hop.from) === 1).length).toBeGreaterThan(0);
    expect(hops.filter((hop) => hop.lost && zoneOf(hop.to) === 1).length).toBeGreaterThan(20);
    expect(hops.filter((hop) => !hop.lost).length).toBeGreaterThan(200);
  });

  it('partition parts its nodes from the rest, not from each other', () => {
    // Clients are in no zone. What had reached the app before the cut is worked off within the zone.
    const design = aDesign({
      ...PLAIN,
      'network.appStore': 'const:30ms',
      fault: ['zone-1:partition@1s-1.5s'],
    });
    const hops = hopsOf(design, 1_000_000, 1_100_000);
    const inside = hops.filter(({ from, to }) => from > 0 && to > 0);
    expect(inside.length).toBeGreaterThan(25);
    expect(inside.every(({ lost }) => !lost)).toBe(true);
    expect(hops.filter(({ from, to }) => from === 0 || to === 0).every(({ lost }) => lost)).toBe(true);
  });

  it('partition elects outside where a majority is, and nowhere else', () => {
    const changes = (zones: string): (number | undefined)[] => {
      const fault = ['zone-1:partition@400ms-900ms'];
      const { summary } = render(aSmallDesign({ fault, zones, 'store.shards': '1' }));
      return [summary.store.byShard[0]?.leaderChanges];
    };
    // Of three replicas the leader alone is in zone 1; then the leader and another; then all.
    expect(changes('3')).toEqual([1]);
    expect(changes('2')).toEqual([0]);
    expect(changes('1')).toEqual([0]);
  });

  it('has recovered when the contract holds again', () => {
    const design = aSmallDesign({
      fault: ['zone-1:partition@400ms-900ms'],
      'contract.readYourWrites': '0%',
      'contract.staleness': '10s',
      'contract.rpo': '10s',
    });
    const [fault] = render(design).summary.faults;
    expect(fault).toMatchObject({ target: 'zone-1', kind: 'partition' });
    expect(fault?.recoveredAfterMs).toBeGreaterThanOrEqual(500);
    // Who was sent into the zone at the very end is given up on 200 ms later.
    expect(fault?.recoveredAfterMs).toBeLessThanOrEqual(800);
  });
});

/** Services that the app node began in each 100 ms. */
function servedByApp(design: Design): number[] {
  const { nodes } = render(design);
  const count = nodesOf(design).length;
  const app = nodeIdOf(design, 'app-1') ?? NaN;
  return Array.from(
    { length: nodes.length / count / NODE_WIDTH },
    (_, bucket) => nodes[(bucket * count + app) * NODE_WIDTH + NODE.served] ?? NaN,
  );
}

describe('what reaches a paused host', () => {
  it('is served when it goes on, though it is cut off by then', () => {
    // A hundred arrive in each 100 ms: 150 before the cut. The one on its way then is lost.
    const fault = ['app-1:pause@100ms-300ms', 'app-1:partition@250ms-600ms'];
    const served = servedByApp(aDesign({ ...PLAIN, fault }));
    expect(served.slice(0, 7)).toEqual([99, 0, 0, 150, 0, 0, 99]);
  });

  it('is served though the cut comes at that very instant', () => {
    const fault = ['app-1:pause@100ms-300ms', 'app-1:partition@300ms-600ms'];
    expect(servedByApp(aDesign({ ...PLAIN, fault })).slice(0, 7)).toEqual([99, 0, 0, 200, 0, 0, 99]);
  });

  it('dies with it when it crashes', () => {
    const fault = ['app-1:pause@100ms-300ms', 'app-1:crash@250ms-600ms'];
    expect(servedByApp(aDesign({ ...PLAIN, fault })).slice(0, 7)).toEqual([99, 0, 0, 0, 0, 0, 100]);
  });
});

describe('a paused leader', () => {
  it('sends nothing, its lost copies included, until it goes on', () => {
    const design = aSmallDesign({
      'store.shards': '1',
      'store.failover': '5s',
      fault: ['replication:partition@300ms-500ms', 'shard-1.leader:pause@400ms-900ms'],
    });
    const leader = nodeIdOf(design, 'shard-1.replica-1');
    const copies = (from: number, to: number): number =>
      hopsOf(design, from, to).filter((hop) => hop.from === leader && hop.message === 'replicate').length;
    // Lost between 300 and 400 ms, due again 100 ms later, and sent when it resumes.
    const lost = hopsOf(design, 300_000, 400_000).filter((hop) => hop.from === leader && hop.lost).length;
    expect(lost).toBeGreaterThan(20);
    expect(copies(400_000, 900_000)).toBe(0);
    expect(copies(900_000, 900_001)).toBeGreaterThanOrEqual(lost);
  });
});
