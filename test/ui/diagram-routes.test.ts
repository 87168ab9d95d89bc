/** The ways that marks travel: they begin and end where their nodes are, and equal progress is equal distance. */
import { describe, expect, test } from 'vitest';
import { seedDesign, type Design } from '../../src/design/design.ts';
import { nodesOf } from '../../src/design/nodes.ts';
import { tiersOf } from '../../src/ui/diagram/tiers.ts';
import { bow, chain, SAMPLES, sampleCurve, straight } from '../../src/ui/diagram/geometry.ts';
import { layOut } from '../../src/ui/diagram/layout.ts';
import { Routes } from '../../src/ui/diagram/routes.ts';
import { dotOf } from '../../src/ui/diagram/wires.ts';
import { usesIn } from '../../src/ui/diagram/wiring.ts';

function routesOf(design: Design, size = { w: 1096, h: 424 }) {
  const uses = usesIn(design);
  const tiers = tiersOf(design, uses);
  const layout = layOut(tiers, size);
  const names = nodesOf(design).map((node) => node.name);
  return { layout, names, routes: new Routes(layout, tiers, names) };
}

test('points of a sampled curve are at equal distances', () => {
  const points = sampleCurve(bow({ x: 0, y: 0 }, { x: 300, y: 200 }, 'right'));
  const steps = Array.from({ length: SAMPLES - 1 }, (_, i) =>
    Math.hypot(
      (points[2 * i + 2] ?? 0) - (points[2 * i] ?? 0),
      (points[2 * i + 3] ?? 0) - (points[2 * i + 1] ?? 0),
    ),
  );
  const mean = steps.reduce((a, b) => a + b, 0) / steps.length;
  for (const step of steps) expect(Math.abs(step / mean - 1)).toBeLessThan(0.02);
});

test('curves that do not touch are joined by a straight line', () => {
  const joined = chain(straight({ x: 0, y: 0 }, { x: 10, y: 0 }), straight({ x: 20, y: 0 }, { x: 30, y: 0 }));
  const points = sampleCurve(joined);
  expect([points[0], points.at(-2)]).toEqual([0, 30]);
  for (let i = 1; i < SAMPLES; i++)
    expect((points[2 * i] ?? 0) - (points[2 * i - 2] ?? 0)).toBeCloseTo(30 / (SAMPLES - 1), 1);
});

describe('in the seed design', () => {
  const { layout, names, routes } = routesOf(seedDesign);
  const id = (name: string) => names.indexOf(name);
  const where = (from: string, to: string, progress: number) => {
    expect(routes.locate(id(from), id(to), progress)).toBe(true);
    return { x: routes.x, y: routes.y };
  };

  test('a request ends where its answer begins, and the answer takes the same way back', () => {
    for (const [from, to] of [
      ['clients', 'app-2'],
      ['app-2', 'cache-1'],
      ['cache-2', 'shard-1.replica-3'],
      ['app-4', 'shard-2.replica-1'],
    ] as const)
      for (const progress of [0, 0.3, 0.5, 1]) {
        const forth = where(from, to, progress);
        const back = where(to, from, 1 - progress);
        expect(back.x).toBeCloseTo(forth.x, 0);
        expect(back.y).toBeCloseTo(forth.y, 0);
      }
  });

  test('a message to a replica ends at the replica\u2019s dot', () => {
    const card = layout.store[1];
    if (card === undefined) throw new Error('no second shard');
    const end = where('cache-1', 'shard-2.replica-3', 1);
    const dot = dotOf(card, 2);
    expect(end.x).toBeCloseTo(dot.x, 3);
    expect(end.y).toBeCloseTo(dot.y, 3);
  });

  test('what the app sends straight to the store goes through the corridor', () => {
    const { corridor } = layout;
    if (corridor === undefined) throw new Error('no corridor');
    const ys = Array.from({ length: 101 }, (_, i) => where('app-1', 'shard-1.replica-1', i / 100)).filter(
      ({ x }) => x > corridor.from.x && x < corridor.to.x,
    );
    expect(ys.length).toBeGreaterThan(20);
    for (const { y } of ys) expect(y).toBeCloseTo(corridor.from.y, 0);
  });

  test('replication rides the rail of its shard', () => {
    const a = where('shard-1.replica-1', 'shard-1.replica-3', 0.1);
    const b = where('shard-1.replica-1', 'shard-1.replica-3', 0.9);
    expect(a.x).toBeCloseTo(b.x, 3);
    expect(b.y).toBeGreaterThan(a.y);
  });

  test('there is no way between shards, from a node to itself, or to a node that does not exist', () => {
    expect(routes.locate(id('shard-1.replica-1'), id('shard-2.replica-1'), 0.5)).toBe(false);
    expect(routes.locate(id('app-1'), id('app-1'), 0.5)).toBe(false);
    expect(routes.locate(id('app-1'), 999, 0.5)).toBe(false);
  });
});

test('on a phone a message to a replica passes beside the name of its shard', () => {
  const { layout, names, routes } = routesOf(seedDesign, { w: 390, h: 330 });
  const card = layout.store[0];
  if (card?.form !== 'short') throw new Error('no level rail');
  for (const from of ['cache-1', 'cache-2', 'app-4'])
    for (const replica of [1, 2, 3])
      for (let progress = 0; progress <= 1; progress += 0.01) {
        routes.locate(names.indexOf(from), names.indexOf(`shard-1.replica-${replica}`), progress);
        if (routes.y > card.y + 4 && routes.y < card.y + 19)
          expect(routes.x - card.x, `${from} to replica-${replica}`).toBeGreaterThan(64);
      }
});

test('without a cache in use its nodes are not drawn, and what goes to the store still finds its way', () => {
  const { layout, names, routes } = routesOf({ ...seedDesign, policy: 'db-only' });
  expect(layout.cache).toEqual([]);
  expect(routes.locate(names.indexOf('app-1'), names.indexOf('shard-2.replica-2'), 0.5)).toBe(true);
  expect(routes.locate(names.indexOf('app-1'), names.indexOf('cache-1'), 0.5)).toBe(false);
});
