/**
 * What the anomalies of the literature come to in every order of a few operations: which policy shows them, and which
 * remedy makes them impossible.
 */
import { describe, expect, it } from 'vitest';
import { designOf } from '../../src/design/anomalies/anomaly.ts';
import { EXPLORED_ANOMALIES, type ExploredDesign } from '../../src/design/anomalies/explored.ts';
import { engineFor } from '../../src/engine/orders/engine.ts';
import type { OperationKind } from '../../src/engine/orders/scope.ts';
import { exploreOrders, type Findings } from '../../src/explore/orders.ts';
import { explore, kindsOf, LONE } from '../support/orders.ts';

const aside = { policy: 'look-aside', ...LONE };

describe('an anomaly and what removes it', () => {
  const versions = { 'cache.fencing': 'version' };
  const leases = { 'cache.fencing': 'lease' };
  const patient = { ...LONE, 'cache.timeout': 'off' };
  it.each<[string, string, string, Record<string, string>, Record<string, string>, string?]>([
    ['stale set', 'put,get', 'staleAtRest', aside, versions],
    ['stale set', 'put,get', 'staleAtRest', aside, leases],
    ['two writers in two orders', 'put,put', 'staleAtRest', patient, versions],
    [
      'two writers in two orders',
      'put,put',
      'staleAtRest',
      { ...patient, policy: 'write-through-aside' },
      versions,
    ],
    ['a zombie', 'put,put', 'storeRegression', LONE, versions],
    ['phantom', 'put,get', 'phantomRead', patient, { 'cache.order': 'store-first' }, 'shard-1.leader'],
    [
      'refill from a lagging replica',
      'put,get',
      'staleAtRest',
      { policy: 'look-aside', 'store.rf': '2', 'store.w': '1' },
      versions,
    ],
    ['a set against a slow fill', 'put,get', 'staleAtRest', patient, versions],
    ['reload ahead of the end', 'put,get', 'staleAtRest', { ...patient, policy: 'refresh-ahead' }, versions],
    ['a write around', 'get,put', 'staleAtRest', { ...LONE, policy: 'write-around' }, { policy: 'db-only' }],
    ['a dirty read', 'put,get', 'dirtyRead', LONE, { 'cache.order': 'store-first' }],
    [
      'a crash before the flush',
      'put,get',
      'lostAckedWrite',
      { ...patient, policy: 'write-behind' },
      { policy: 'write-through' },
      'cache-2',
    ],
    ['a flush sent twice', 'put,put', 'storeRegression', { ...patient, policy: 'write-behind' }, versions],
    [
      'a write that one replica had',
      'put',
      'lostAckedWrite',
      { policy: 'db-only', 'store.rf': '3', 'store.w': '1' },
      { 'store.w': '2' },
      'shard-1.leader',
    ],
  ])('%s: %s shows %s with %o, and not with %o', (_, operations, kind, shown, remedy, crash) => {
    const more = crash === undefined ? {} : { crash };
    const [before, after] = [
      explore(operations, shown, more),
      explore(operations, { ...shown, ...remedy }, more),
    ];
    expect([before.complete, after.complete]).toEqual([true, true]);
    expect(kindsOf(before)).toContain(kind);
    expect(kindsOf(after)).not.toContain(kind);
  });
});

describe('what no design can say', () => {
  const found = (
    { differences, ...more }: ExploredDesign,
    operations: readonly OperationKind[],
  ): Findings => {
    const one = exploreOrders(engineFor({ design: designOf(differences), operations, ...more }));
    expect(one.complete).toBe(true);
    return one;
  };

  it.each(EXPLORED_ANOMALIES)('$key is shown, and removed by its remedy', (anomaly) => {
    const { operations, kind, shownBy, removedBy } = anomaly;
    expect(kindsOf(found(shownBy, operations))).toContain(kind);
    expect(kindsOf(found(removedBy, operations))).not.toContain(kind);
  });

  it('of a design that shows nothing no class is bad', () => {
    const [bad, good] = [
      explore('put,get', aside),
      explore('put,get', { ...aside, 'cache.fencing': 'lease' }),
    ];
    expect([bad.bad, good.bad]).toEqual([4, 0]);
  });
});
