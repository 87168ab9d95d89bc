import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Design } from '../../src/design/design.ts';
import { aSmallDesign, healthySmallDesigns, smallFaults } from '../support/engineRuns.ts';
import { watch, type Line } from '../support/judge/watch.ts';
import { contradictionIn, type RegisterOperation } from '../support/linearizability.ts';

/** Every operation of a run by key. Failed GETs returned nothing; a PUT without an acknowledgement has no end. */
function registersOf(design: Design): RegisterOperation[][] {
  const keys = new Map<number, RegisterOperation[]>();
  const begun = new Map<number, { place: number; isPut: boolean }>();
  const lines: Line[] = [];
  watch(design, (_, moment) => lines.push(...moment.lines));
  for (const [place, { type, operation, key, version, extra }] of lines.entries()) {
    const start = begun.get(operation);
    if (type === 'startOperation' && start === undefined) begun.set(operation, { place, isPut: version > 0 });
    if (type !== 'endOperation' || start === undefined || (extra !== 0 && !start.isPut)) continue;
    const kind = start.isPut ? 'put' : 'get';
    const to = extra === 0 ? place : Infinity;
    keys.set(key, [...(keys.get(key) ?? []), { kind, value: version, from: start.place, to }]);
  }
  return [...keys.values()];
}

const contradictionsOf = (design: Design): string[] =>
  registersOf(design).flatMap((operations) => contradictionIn(operations) ?? []);

/** Slow and obvious: tries every order that respects who ended before whom began. */
function hasOrder(operations: readonly RegisterOperation[], value: number): boolean {
  if (operations.every(({ to }) => to === Infinity)) return true;
  return operations.some((next, i) => {
    if (operations.some((other) => other.to < next.from)) return false;
    if (next.kind === 'get' && next.value !== value) return false;
    return hasOrder(operations.toSpliced(i, 1), next.kind === 'put' ? next.value : value);
  });
}

describe('the check of a register', () => {
  it('says what trying every order says, of any short history', () => {
    const operation = fc.record({
      isPut: fc.boolean(),
      value: fc.nat(3),
      from: fc.nat(12),
      length: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: 6 }) }, fc.constant(Infinity)),
    });
    const counts = { linearizable: 0, not: 0 };
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 6 }), (drawn) => {
        const operations = drawn
          .map(({ isPut, value, from, length }, i): RegisterOperation => {
            // No two things happen at one place; every PUT writes a value of its own.
            const at = from * 100 + i;
            const to = length === Infinity && !isPut ? at + 50 : at + length * 100 + 10;
            return { kind: isPut ? 'put' : 'get', value: isPut ? i + 1 : value, from: at, to };
          })
          .map((op, i) =>
            drawn[i]?.length === Infinity && op.kind === 'put' ? { ...op, to: Infinity } : op,
          );
        const linearizable = hasOrder(operations, 0);
        counts[linearizable ? 'linearizable' : 'not']++;
        expect(contradictionIn(operations) === undefined).toBe(linearizable);
      }),
      { seed: 37, numRuns: 3000 },
    );
    expect(Math.min(counts.linearizable, counts.not)).toBeGreaterThan(300);
  });
});

describe('a store without a cache', () => {
  const strict = healthySmallDesigns('300ms').chain((design) => {
    const { rf, w } = design.store;
    const plain: Design = {
      ...design,
      policy: 'db-only',
      // A PUT that is sent again may be taken twice, and the second time over a newer one.
      client: { ...design.client, retries: 0 },
      store: {
        ...design.store,
        mode: 'leader',
        readFrom: 'leader',
        fsync: 'always',
        w: Math.max(w, (rf >> 1) + 1),
      },
    };
    return smallFaults(plain, 12).map((faults) => ({
      ...plain,
      faults: faults.filter(({ kind }) => kind === 'slow' || kind === 'delay' || kind === 'crash'),
    }));
  });
  it('is linearizable by key: written by majority, read at the leader, whatever is slow, late or crashes', () => {
    let crashes = 0;
    fc.assert(
      fc.property(strict, (design) => {
        crashes += design.faults.filter(({ kind }) => kind === 'crash').length;
        expect(contradictionsOf(design)).toEqual([]);
      }),
      { seed: 41_000, numRuns: 90, endOnFailure: true },
    );
    expect(crashes).toBeGreaterThan(20);
  });

  const STRICT = {
    duration: '1s',
    policy: 'db-only',
    'workload.keys': '3',
    'workload.puts': '600/s',
    'store.shards': '1',
    'store.readFrom': 'leader',
    'store.w': '2',
    'network.replication': 'const:20ms',
    fault: ['shard-1.leader:crash@300ms-700ms'],
  };
  // A leader that was cut off or paused answers nobody who came after its successor was elected: all know of that at once.
  it.each(['crash', 'pause', 'partition'])(
    'so is one whose leader meets a %s while replication lags',
    (kind) => {
      expect(
        contradictionsOf(aSmallDesign({ ...STRICT, fault: [`shard-1.leader:${kind}@300ms-700ms`] })),
      ).toEqual([]);
    },
  );
  it.each([
    ['read at any replica', { 'store.readFrom': 'replica' }],
    ['written to one copy', { 'store.w': '1' }],
    [
      'when two disks of three are destroyed',
      {
        fault: [
          'shard-1.replica-3:slow:200@100ms-600ms',
          'shard-1.replica-1:destroy@500ms-600ms',
          'shard-1.replica-2:destroy@500ms-600ms',
        ],
      },
    ],
    [
      'when clients send again what took too long',
      {
        'client.timeout': '25ms',
        'client.retries': '2',
        'client.retryBudget': 'off',
        'client.backoff': 'const:5ms',
        'network.replication': 'uniform:0ms:30ms',
      },
    ],
    ['behind a cache that it is written through', { policy: 'write-through' }],
    ['behind a cache that writes delete from', { policy: 'look-aside', 'network.appCache': 'exp:5ms' }],
  ])('is not, %s', (_, dropped) => {
    const [shown = ''] = contradictionsOf(aSmallDesign({ ...STRICT, ...dropped }));
    expect(shown).toMatch(/^\d+ was (there while \d+ was|read)/);
  });
});
