/** Where the diagram puts things, for every number of nodes that a design can have, on wide and on narrow screens. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cacheRowsIn } from '../../src/ui/diagram/cache.ts';
import {
  cardsOf,
  isCrowned,
  isUpright,
  type Card,
  type Layout,
  type Tiers,
} from '../../src/ui/diagram/cards.ts';
import type { Point } from '../../src/ui/diagram/geometry.ts';
import { between } from '../../src/ui/diagram/reflow.ts';
import { fit, layOut, NARROW, placeOf } from '../../src/ui/diagram/layout.ts';

const named = (tier: string, count: number) => Array.from({ length: count }, (_, i) => `${tier}-${i + 1}`);

function tiers(app: number, cache: number, shards: number, rf: number): Tiers {
  return {
    app: named('app', app),
    cache: named('cache', cache),
    shards: named('shard', shards).map((name) => ({
      name,
      replicas: named(`${name}.replica`, rf),
    })),
  };
}

const anyTiers = fc
  .tuple(
    fc.integer({ min: 1, max: 16 }),
    fc.integer({ min: 0, max: 16 }),
    fc.integer({ min: 1, max: 16 }),
    fc.integer({ min: 1, max: 7 }),
  )
  .map((counts) => tiers(...counts));
const wide = fc.record({ w: fc.integer({ min: NARROW, max: 2600 }), h: fc.integer({ min: 200, max: 1400 }) });
const narrow = fc.record({
  w: fc.integer({ min: 320, max: NARROW - 1 }),
  h: fc.integer({ min: 200, max: 1000 }),
});
const seeded = { seed: 20, numRuns: 300 } as const;

function overlap(a: Card, b: Card): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

function overlapping(layout: Layout): string[] {
  const cards = cardsOf(layout);
  return cards.flatMap((a, i) =>
    cards.slice(i + 1).flatMap((b) => (overlap(a, b) ? [`${a.name} ${b.name}`] : [])),
  );
}

test('the usual cards are whole on the lowest of windows, above what is said of the drawing', () => {
  // The stage of a window of 560 × 360 pixels, whose last 15 have the legend.
  const room = { w: 295, h: 204 };
  const layout = layOut(tiers(4, 2, 2, 3), room);
  const { y, zoom } = fit(layout, room);
  for (const card of cardsOf(layout)) expect(y + (card.y + card.h) * zoom).toBeLessThan(204 - 14);
});

describe.each([
  ['to the right', wide],
  ['downward', narrow],
])('%s', (_, rooms) => {
  test('every node has a card, no two cards overlap, and all lie inside the drawing', () => {
    fc.assert(
      fc.property(anyTiers, rooms, (nodes, room) => {
        const layout = layOut(nodes, room);
        expect(cardsOf(layout).map((card) => card.name)).toEqual([
          'clients',
          ...nodes.app,
          ...nodes.cache,
          ...nodes.shards.map((shard) => shard.name),
        ]);
        expect(overlapping(layout)).toEqual([]);
        const least = room.w < NARROW ? 16 : 14;
        const isInside = ({ x, y, w, h }: Card) =>
          w > 0 && h >= least && x >= 0 && y >= 0 && x + w <= layout.size.w && y + h <= layout.size.h;
        expect(cardsOf(layout).filter((card) => !isInside(card))).toEqual([]);
      }),
      seeded,
    );
  });

  test('every replica has a dot on its own card, and no two share a place', () => {
    fc.assert(
      fc.property(anyTiers, rooms, (nodes, room) => {
        const layout = layOut(nodes, room);
        layout.store.forEach((card, i) => {
          expect(card.dots).toHaveLength(nodes.shards[i]?.replicas.length ?? 0);
          expect(new Set(card.dots.map(({ x, y }) => `${x} ${y}`)).size).toBe(card.dots.length);
          const isOn = ({ x, y }: Point) => x > 0 && x < card.w && y > 0 && y < card.h;
          expect(card.dots.filter((dot) => !isOn(dot))).toEqual([]);
        });
      }),
      seeded,
    );
  });

  test('what is said of replicas on a level rail stands clear of what travels there, and of its neighbours', () => {
    // A mark reaches 6 px from the rail; figures are 8 px high and at most 32 px wide.
    fc.assert(
      fc.property(anyTiers, rooms, (nodes, room) => {
        for (const { dots, toldAt, w, h } of layOut(nodes, room).store) {
          if (toldAt === undefined) continue;
          expect(toldAt + 4).toBeLessThan(h);
          const isClear = ({ x, y }: Point, i: number) =>
            toldAt - 4 > y + 6 && x >= 16 && x + 16 <= w && (dots[i + 1]?.x ?? Infinity) - x > 32;
          expect(dots.filter((dot, i) => !isClear(dot, i))).toEqual([]);
        }
      }),
      seeded,
    );
  });

  test('the crown of a leader stands clear of the name of its shard', () => {
    fc.assert(
      fc.property(anyTiers, rooms, (nodes, room) => {
        // The crown is drawn from 12 px above the dot on a level rail; the name's letters end 20 px below the card's edge.
        for (const card of layOut(nodes, room).store)
          if (isCrowned(card) && !isUpright(card))
            expect((card.dots[0]?.y ?? 0) - 12).toBeGreaterThanOrEqual(20);
      }),
      seeded,
    );
  });

  test('the way straight to the store crosses no card', () => {
    fc.assert(
      fc.property(anyTiers, rooms, (nodes, room) => {
        const layout = layOut(nodes, room);
        expect(layout.corridor === undefined).toBe(nodes.cache.length === 0);
        if (layout.corridor === undefined) return;
        const { from, to } = layout.corridor;
        const box = {
          x: Math.min(from.x, to.x) - 1,
          y: Math.min(from.y, to.y) - 1,
          w: Math.abs(to.x - from.x) + 2,
          h: Math.abs(to.y - from.y) + 2,
        };
        const crossed = layout.cache.filter(
          (card) =>
            card.x < box.x + box.w &&
            box.x < card.x + card.w &&
            card.y < box.y + box.h &&
            box.y < card.y + card.h,
        );
        expect(crossed.map((card) => card.name)).toEqual([]);
      }),
      seeded,
    );
  });
});

test('the seed design fits a laptop at full size, with every card in its full form', () => {
  const room = { w: 1096, h: 424 };
  const layout = layOut(tiers(4, 2, 2, 3), room);
  expect(fit(layout, room).zoom).toBe(1);
  expect(cardsOf(layout).map((card) => card.form)).toEqual(Array.from({ length: 9 }, () => 'full'));
});

test('on a phone the seed design says of every replica how busy it is', () => {
  const { store } = layOut(tiers(4, 2, 2, 3), { w: 390, h: 376 });
  expect(store.map(({ toldAt }) => toldAt)).toEqual([expect.any(Number), expect.any(Number)]);
});

test('what room a low phone leaves shows all of the seed design, which says less before it is hard to read', () => {
  const nodes = tiers(4, 2, 2, 3);
  const forms = (h: number) => {
    const room = { w: 360, h };
    const layout = layOut(nodes, room);
    const { zoom } = fit(layout, room);
    expect(layout.size.h * zoom).toBeLessThanOrEqual(h);
    expect(zoom).toBeGreaterThan(0.9);
    return new Set(cardsOf(layout).map((card) => `${card.tier} ${card.form}`));
  };
  expect(forms(320)).toEqual(new Set(['clients line', 'app short', 'cache full', 'store short']));
  expect(forms(268)).toEqual(new Set(['clients line', 'app line', 'cache full', 'store short']));
  expect(forms(224)).toEqual(new Set(['clients line', 'app line', 'cache short', 'store short']));
});

test('a drawing that is lower than its room stands near the middle of it, in either direction', () => {
  for (const room of [
    { w: 390, h: 1400 },
    { w: 1096, h: 1400 },
  ]) {
    const layout = layOut(tiers(4, 2, 2, 3), room);
    const { y, zoom } = fit(layout, room);
    const left = room.h - layout.size.h * zoom;
    expect(left).toBeGreaterThan(100);
    expect(y / left).toBeCloseTo(0.4, 2);
  }
});

test('tops and bottoms of the seed design align across app, cache and store', () => {
  const { app, cache, store } = layOut(tiers(4, 2, 2, 3), { w: 1096, h: 424 });
  const edges = [app, cache, store].map((cards) => [
    cards[0]?.y,
    Math.max(...cards.map((card) => card.y + card.h)),
  ]);
  expect(edges[1]).toEqual(edges[0]);
  expect(edges[2]).toEqual(edges[0]);
});

test('sixteen shards of seven replicas still stand at full size on a laptop, a line each', () => {
  const room = { w: 1096, h: 424 };
  const layout = layOut(tiers(16, 16, 16, 7), room);
  expect(fit(layout, room).zoom).toBe(1);
  expect(new Set(layout.store.map((card) => card.form))).toEqual(new Set(['line']));
});

/** The room that a window of 1024 by 768 leaves beside the panel and above the timeline. */
const TABLET = { w: 728, h: 298 };
/** CSS pixels of the smallest text in a drawing of that scale. */
const smallest = (zoom: number) => 11 * zoom;

test('a drawing is scaled to its room, and grows by eighths, three at the most', () => {
  const large = layOut(tiers(16, 16, 16, 7), TABLET);
  const scale = fit(large, TABLET);
  expect(scale.zoom).toBeLessThan(1);
  expect(large.size.h * scale.zoom).toBeLessThanOrEqual(TABLET.h + 0.001);
  const zoomIn = (room: { w: number; h: number }) => fit(layOut(tiers(4, 2, 2, 3), room), room).zoom;
  expect(zoomIn({ w: 1570, h: 690 })).toBe(1);
  expect(zoomIn({ w: 1800, h: 900 })).toBe(1.125);
  expect(zoomIn({ w: 4000, h: 3000 })).toBe(1.375);
});

test('the seed design stands at full size on a tablet, beside the panel', () => {
  expect(fit(layOut(tiers(4, 2, 2, 3), TABLET), TABLET)).toMatchObject({ x: 0, zoom: 1 });
});

test('on a low tablet all of the seed design is there, and legible', () => {
  const low = { ...TABLET, h: 182 };
  const layout = layOut(tiers(4, 2, 2, 3), low);
  const { zoom } = fit(layout, low);
  expect(layout.size.h * zoom).toBeLessThanOrEqual(low.h);
  expect(smallest(zoom)).toBeGreaterThan(10);
});

test('text is no smaller than 10 px: what does not fit at that is moved about, and begins at its top', () => {
  const crowded = tiers(16, 16, 16, 7);
  expect(smallest(fit(layOut(crowded, TABLET), TABLET).zoom)).toBeGreaterThan(10);
  const low = { ...TABLET, h: 200 };
  const layout = layOut(crowded, low);
  const { y, zoom } = fit(layout, low);
  expect(smallest(zoom)).toBeCloseTo(10);
  expect(layout.size.h * zoom).toBeGreaterThan(low.h);
  expect(y).toBe(0);
});

test('the words of the way straight to the store have their room above it, however close the caches stand', () => {
  for (const h of [200, 298, 340, 380, 424, 600]) {
    const { corridor, cache } = layOut(tiers(16, 16, 16, 3), { w: 728, h });
    const above = cache.filter((card) => card.y < (corridor?.from.y ?? 0));
    expect(
      (corridor?.from.y ?? 0) - Math.max(...above.map((card) => card.y + card.h)),
    ).toBeGreaterThanOrEqual(19);
  }
});

test('a drawing that cannot be moved about is seen whole, however low its room', () => {
  const room = { w: 480, h: 170 };
  const layout = layOut(tiers(4, 2, 2, 3), room);
  expect(layout.size.h * fit(layout, room).zoom).toBeGreaterThan(room.h);
  expect(layout.size.h * fit(layout, room, true).zoom).toBeLessThanOrEqual(room.h);
});

describe('a card that was moved', () => {
  const room = { w: 1096, h: 424 };
  const nodes = tiers(4, 2, 2, 3);
  const app1 = (layout: Layout) => layout.app[0] ?? layout.clients;

  test('stands where it was put, from the middle of the drawing, and takes no other card along', () => {
    const still = layOut(nodes, room);
    const place = placeOf(still, app1(still), { x: 300, y: 100 });
    const moved = layOut(nodes, room, { 'app-1': place });
    // Places are whole pixels of the card's middle, which can lie between two.
    expect(Math.abs(app1(moved).x - 300)).toBeLessThanOrEqual(1);
    expect(Math.abs(app1(moved).y - 100)).toBeLessThanOrEqual(1);
    expect(cardsOf(moved).filter((card) => card.name !== 'app-1')).toEqual(
      cardsOf(still).filter((card) => card.name !== 'app-1'),
    );
  });

  test('stands at the edge where it was put beyond it', () => {
    const moved = layOut(nodes, room, { 'app-1': [100_000, -100_000] });
    expect(app1(moved).x + app1(moved).w).toBe(moved.size.w);
    expect(app1(moved).y).toBe(0);
  });

  test('has its place like all others on a narrow screen', () => {
    const small = { w: 390, h: 376 };
    expect(layOut(nodes, small, { 'app-1': [50, 50] })).toEqual(layOut(nodes, small));
  });
});

describe('a tall narrow screen', () => {
  const nodes = tiers(4, 2, 2, 3);
  const formsIn = (h: number) => layOut(nodes, { w: 390, h }).store.map(({ form }) => form);

  test('is filled from top to bottom', () => {
    for (const h of [450, 560, 700, 796]) {
      const { size } = layOut(nodes, { w: 390, h });
      expect(size.h).toBeGreaterThan(h - 8);
      expect(size.h).toBeLessThanOrEqual(h + 2);
    }
  });

  test('shows what a cache node has in rows, and replicas by name with room for a finger', () => {
    const { cache, store } = layOut(nodes, { w: 390, h: 700 });
    for (const { h } of cache) expect(cacheRowsIn(h)).toContain('key');
    for (const { form, dots } of store) {
      expect(form).toBe('rows');
      dots.slice(1).forEach(({ y }, i) => expect(y - (dots[i]?.y ?? 0)).toBeGreaterThanOrEqual(24));
    }
  });

  test('has replicas in rows or on a level rail, and nothing between', () => {
    for (let h = 300; h < 700; h += 10)
      for (const { form, dots } of layOut(nodes, { w: 390, h }).store)
        if (form !== 'short') expect((dots[1]?.y ?? 0) - (dots[0]?.y ?? 0)).toBe(24);
    expect(formsIn(350)).toEqual(['short', 'short']);
  });
});

describe('the way from one layout to the next', () => {
  const room = { w: 1200, h: 500 };
  const [from, to] = [layOut(tiers(4, 2, 2, 3), room), layOut(tiers(4, 3, 1, 3), room)];
  const boxOf = (layout: Layout, name: string) => {
    const { x, y, w, h } = cardsOf(layout).find((card) => card.name === name) ?? { x: 0, y: 0, w: 0, h: 0 };
    return [x, y, w, h];
  };

  test('begins where cards were, ends where they belong, and is in between on the way', () => {
    for (const name of ['cache-1', 'cache-2', 'shard-1', 'app-4']) {
      expect(boxOf(between(from, to, 0), name)).toEqual(boxOf(from, name));
      const [, half = 0] = boxOf(between(from, to, 0.5), name);
      expect(half).toBeCloseTo(((boxOf(from, name)[1] ?? 0) + (boxOf(to, name)[1] ?? 0)) / 2);
    }
    expect(between(from, to, 1)).toEqual(to);
    expect(boxOf(from, 'shard-1')).not.toEqual(boxOf(to, 'shard-1'));
  });

  test('has the new cards at their places from the beginning, and none that are gone', () => {
    const start = between(from, to, 0);
    expect(boxOf(start, 'cache-3')).toEqual(boxOf(to, 'cache-3'));
    expect(cardsOf(start).map(({ name }) => name)).toEqual(cardsOf(to).map(({ name }) => name));
  });

  test('is no way at all where the drawing turns', () => {
    const down = layOut(tiers(4, 2, 2, 3), { w: 390, h: 500 });
    expect(between(from, down, 0)).toBe(down);
  });
});
