import { describe, expect, test } from 'vitest';
import { seedDesign } from '../../src/design/design.ts';
import { nodeIdOf, nodesOf, targetClassOf, targetsOf } from '../../src/design/nodes.ts';
import { aDesign } from '../support/designs.ts';

describe('the nodes of a design', () => {
  test('are numbered clients, app, cache, then the replicas shard by shard', () => {
    const nodes = nodesOf(seedDesign);
    expect(nodes.map(({ name }) => name)).toEqual([
      'clients',
      ...['app-1', 'app-2', 'app-3', 'app-4', 'cache-1', 'cache-2'],
      ...['shard-1.replica-1', 'shard-1.replica-2', 'shard-1.replica-3'],
      ...['shard-2.replica-1', 'shard-2.replica-2', 'shard-2.replica-3'],
    ]);
    expect(nodes.map(({ id }) => id)).toEqual(nodes.map((_, i) => i));
  });

  test('are spread over the zones, and a shard starts one zone further than the one before', () => {
    expect(nodesOf(seedDesign).map(({ zone }) => zone)).toEqual([0, 1, 2, 3, 1, 1, 2, 1, 2, 3, 2, 3, 1]);
    expect(
      nodesOf(aDesign({ zones: '1' })).every(({ zone, tier }) => zone === (tier === 'clients' ? 0 : 1)),
    ).toBe(true);
  });

  test('have ids by their names; leaders, links and strangers have none', () => {
    expect(nodeIdOf(seedDesign, 'clients')).toBe(0);
    expect(nodeIdOf(seedDesign, 'shard-2.replica-3')).toBe(12);
    for (const name of ['shard-1.leader', 'app-cache', 'cache-3', 'constructor'])
      expect(nodeIdOf(seedDesign, name)).toBeUndefined();
  });

  test('and what else a fault can be aimed at are told by their names', () => {
    for (const design of [seedDesign, aDesign({ 'app.nodes': '16', 'store.shards': '16', 'store.rf': '7' })])
      for (const { name, what } of targetsOf(design)) expect(targetClassOf(design, name)).toBe(what);
    for (const name of [
      'clients',
      'cache-0',
      'cache-3',
      'cache-01',
      'shard-3.leader',
      'shard-1.replica-4',
      'zone-4',
      '',
    ])
      expect(targetClassOf(seedDesign, name)).toBeUndefined();
  });
});
