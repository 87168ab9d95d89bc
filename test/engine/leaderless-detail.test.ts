import { describe, expect, it } from 'vitest';
import { nodesOf } from '../../src/design/nodes.ts';
import { EVENT, EVENT_WIDTH, EVENTS, HOP, HOP_WIDTH, MESSAGES } from '../../src/design/readings.ts';
import { detailOf } from '../../src/engine/detail.ts';
import { aSmallDesign } from '../support/engineRuns.ts';
import { BARE } from '../support/leaderless.ts';

describe('the detail of a leaderless operation', () => {
  const PUT = MESSAGES.indexOf('put');
  const design = aSmallDesign({
    ...BARE,
    'store.readRepair': 'true',
    fault: ['shard-1.replica-2:crash@300ms-600ms'],
  });
  const reading = detailOf(design, undefined, { from: 0, to: 1_500_000, sample: 'all', focus: [], key: 0 });
  if (!reading.ok) throw new Error(reading.error);
  const { hops, events } = reading.value;
  const rows = (array: Int32Array, width: number): number[][] =>
    Array.from({ length: array.length / width }, (_, i) => [...array.subarray(i * width, (i + 1) * width)]);
  const at = (row: readonly number[], column: number): number => row[column] ?? NaN;
  const isReplica = (node: number): boolean => nodesOf(design)[node]?.tier === 'store';

  it('shows the coordinator ask every replica of the shard and each of them answer', () => {
    const asked = new Map<number, number[]>();
    const answered = new Map<number, number>();
    for (const hop of rows(hops, HOP_WIDTH)) {
      if (at(hop, HOP.message) !== PUT || at(hop, HOP.arrivesAt) > 300_000) continue;
      const operation = at(hop, HOP.operation);
      if (at(hop, HOP.answer) === 1) {
        if (isReplica(at(hop, HOP.from))) answered.set(operation, (answered.get(operation) ?? 0) + 1);
      } else if (isReplica(at(hop, HOP.to)))
        asked.set(operation, [...(asked.get(operation) ?? []), at(hop, HOP.to)]);
    }
    const complete = [...answered].filter(([, count]) => count === 3);
    expect(complete.length).toBeGreaterThan(50);
    for (const [operation] of complete) expect(new Set(asked.get(operation)).size).toBe(3);
  });

  it('shows copies sent by read repair, what each replica holds from then on, and commits', () => {
    const repairs = rows(hops, HOP_WIDTH).filter(
      (hop) => at(hop, HOP.message) === MESSAGES.indexOf('replicate'),
    );
    expect(repairs.length).toBeGreaterThan(20);
    expect(
      repairs.filter(
        (hop) => at(hop, HOP.to) === nodesOf(design).findIndex(({ name }) => name === 'shard-1.replica-2'),
      ).length,
    ).toBeGreaterThan(10);
    for (const type of ['durable', 'expose', 'commit'] as const)
      expect([type, rows(events, EVENT_WIDTH).some((row) => EVENTS[at(row, EVENT.type)] === type)]).toEqual([
        type,
        true,
      ]);
  });
});
