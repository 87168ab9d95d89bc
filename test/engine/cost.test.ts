import { describe, expect, it } from 'vitest';
import type { Design } from '../../src/design/design.ts';
import { cacheMemory } from '../../src/design/memory.ts';
import { nodesOf } from '../../src/design/nodes.ts';
import { HOP, HOP_FLAGS, HOP_WIDTH, MESSAGES } from '../../src/design/readings.ts';
import { detailOf } from '../../src/engine/detail.ts';
import { renderToEnd } from '../../src/engine/render.ts';
import { aDesign } from '../support/designs.ts';
import { aSmallDesign } from '../support/engineRuns.ts';

/** Nobody asks for anything. */
const IDLE = {
  duration: '100ms',
  'workload.puts': '0/s',
  'workload.gets': '0/s',
};

/** Of us-east-1, on demand, 2026: $ an hour, and bytes. */
const CACHE_NODES = [
  ['cache.small', 0.032, 1471026299],
  ['cache.medium', 0.158, 6854542746],
  ['cache.large', 0.219, 14037181030],
  ['cache.xlarge', 0.437, 28261849702],
  ['cache.2xlarge', 0.873, 56711183565],
] as const;

/** Bytes that crossed between zones in a whole run, from its messages: a value is of 1 KiB, and each weighs 64 B besides. */
function bytesBetweenZones(design: Design): number {
  const detail = detailOf(design, undefined, {
    from: 0,
    to: Number.MAX_SAFE_INTEGER,
    sample: 'all',
    focus: [],
    key: -1,
  });
  if (!detail.ok || detail.value.truncated) throw new Error('the whole small run can be told');
  const { hops } = detail.value;
  const nodes = nodesOf(design);
  let bytes = 0;
  for (let o = 0; o < hops.length; o += HOP_WIDTH) {
    const of = (column: keyof typeof HOP): number => hops[o + HOP[column]] ?? NaN;
    const [from, to] = [nodes[of('from')], nodes[of('to')]];
    if (from?.tier === 'clients' || to?.tier === 'clients' || from?.zone === to?.zone) continue;
    if ((of('flags') & HOP_FLAGS.lost) !== 0) continue;
    const message = MESSAGES[of('message')] ?? '';
    const brings =
      of('answer') === 1
        ? message === 'get' && (of('flags') & HOP_FLAGS.negative) === 0
        : ['put', 'fill', 'replicate'].includes(message);
    bytes += 64 + (brings ? 1024 : 0);
  }
  return bytes;
}

describe('what a design costs', () => {
  it.each(CACHE_NODES)('%s: $%d an hour, with %d bytes', (node, price, bytes) => {
    const design = aDesign({ ...IDLE, 'cache.node': node, 'cache.nodes': '3' });
    expect(cacheMemory(design)).toBe(bytes);
    const item = renderToEnd(design).cost.items.find((one) => one.item === node);
    expect(item?.count).toBe(3);
    expect(item?.hourly).toBeCloseTo(3 * price, 12);
  });

  it('is its nodes by the hour, and disks by size, replica and month of 730 hours', () => {
    const { hourly, monthly, items } = renderToEnd(aDesign({ ...IDLE, 'store.disk': '100000000000B' })).cost;
    const disks = (6 * 100 * 0.08) / 730;
    expect(hourly).toBeCloseTo(4 * 0.0816 + 2 * 0.219 + 6 * 0.1071 + disks, 12);
    expect(monthly).toBeCloseTo(730 * hourly, 9);
    expect(items.map(({ item }) => item)).toEqual(['app', 'cache.large', 'db.large', 'disk']);
  });

  it.each<[string, Record<string, string>]>([
    ['write-through', {}],
    ['look-aside', { policy: 'look-aside' }],
    ['leaderless', { policy: 'db-only', 'store.mode': 'leaderless', 'store.r': '2' }],
  ])('and what its run moves between zones, at $0.01 a GB and direction: %s', (_name, differences) => {
    const fault = ['shard-1.replica-2:partition@100ms-200ms', 'app-cache:drop:20%@100ms-200ms'];
    const design = aSmallDesign({ duration: '400ms', fault, ...differences });
    const gigabytesAnHour = (bytesBetweenZones(design) / 1e9 / 0.4) * 3600;
    const transfer = renderToEnd(design).cost.items.find(({ item }) => item === 'transfer');
    expect(transfer?.count).toBeGreaterThan(1);
    expect(transfer?.count).toBeCloseTo(gigabytesAnHour, 9);
    expect(transfer?.hourly).toBeCloseTo(gigabytesAnHour * 2 * 0.01, 9);
  });

  it('by the prices that it names itself', () => {
    const { cost } = renderToEnd({ ...aDesign(IDLE), prices: { app: 1 } });
    expect(cost.items[0]).toEqual({ item: 'app', count: 4, hourly: 4 });
  });
});
