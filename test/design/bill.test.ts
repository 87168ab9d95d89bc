import { describe, expect, it } from 'vitest';
import { standingItems } from '../../src/design/bill.ts';
import { renderToEnd } from '../../src/engine/render.ts';
import { aDesign } from '../support/designs.ts';

const SIX = {
  'app.nodes': '4',
  'cache.nodes': '3',
  'cache.node': 'cache.small',
  'store.shards': '2',
  'store.rf': '3',
  'store.node': 'db.small',
  'store.disk': '50GiB',
};

describe('what stands there costs', () => {
  it('by the hour for each node, and by the month for the disk of each replica', () => {
    const hourly = new Map(standingItems(aDesign(SIX)).map((one) => [one.item, one.hourly]));
    expect([...hourly.keys()]).toEqual(['app', 'cache.small', 'db.small', 'disk']);
    expect(hourly.get('app')).toBeCloseTo(4 * 0.0816, 10);
    expect(hourly.get('cache.small')).toBeCloseTo(3 * 0.032, 10);
    expect(hourly.get('db.small')).toBeCloseTo(6 * 0.05355, 10);
    expect(hourly.get('disk')).toBeCloseTo((6 * 50 * 1.073741824 * 0.08) / 730, 10);
  });

  it('nothing for a cache that is never asked', () => {
    expect(standingItems(aDesign({ ...SIX, policy: 'db-only' })).map(({ item }) => item)).toEqual([
      'app',
      'db.small',
      'disk',
    ]);
  });

  it('what the bill of a run has beside the transfer between zones', () => {
    const design = aDesign({ ...SIX, duration: '200ms' });
    const { items } = renderToEnd(design).cost;
    expect(items.map(({ item }) => item)).toContain('transfer');
    expect(items.filter(({ item }) => item !== 'transfer')).toEqual(standingItems(design));
  });
});
