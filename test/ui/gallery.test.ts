/** The gallery's pictures: what is drawn is what the design has. And where the arrow keys lead among them. */
import { describe, expect, it } from 'vitest';
import { seedDesign } from '../../src/design/design.ts';
import { GALLERY, galleryEntry } from '../../src/design/gallery/groups.ts';
import { nodesOf } from '../../src/design/nodes.ts';
import { pictureOf, SIZE } from '../../src/ui/gallery/picture.ts';
import { stepTo } from '../../src/ui/gallery/walk.ts';

const designs = GALLERY.flatMap(({ entries }) =>
  entries.flatMap(({ key, design, remedy }) => [
    [key, design] as const,
    ...(remedy === undefined ? [] : [[`${key}, remedied`, remedy.design] as const]),
  ]),
);
const pictureFor = (key: string) => pictureOf(galleryEntry(key)?.design ?? seedDesign);
const huesOf = (key: string) => pictureFor(key).ways.map(({ hue }) => hue);

describe('the picture of a design', () => {
  it.each(designs)('%s has every node, none over another, all inside', (_, design) => {
    const { nodes, shards } = pictureOf(design);
    expect(nodes.map(({ name }) => name)).toEqual(nodesOf(design).map(({ name }) => name));
    expect(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(nodes.length);
    expect(shards).toHaveLength(design.store.shards);
    for (const { x, y } of nodes) {
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(SIZE.width);
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(SIZE.height);
    }
  });

  it.each(designs)('%s shows a fault where there is one, and only there', (_, design) => {
    const { nodes, cuts } = pictureOf(design);
    expect(nodes.some(({ hurt }) => hurt) || cuts.length > 0).toBe(design.faults.length > 0);
  });

  it.each([
    ['write-through', 'client-app, app-cache and cache-store', ['put', 'get', 'put', 'get', 'put', 'get']],
    ['look-aside', 'deletes from the cache and goes past it', ['put', 'get', 'inv', 'get', 'put', 'get']],
    ['db-only', 'goes past the cache alone', ['put', 'get', 'put', 'get']],
    ['twitter-47', 'has no PUT at all', ['get', 'get', 'get']],
  ])('%s: %s', (key, _, hues) => {
    expect(huesOf(key)).toEqual(hues);
  });

  it('draws the wider line for what clients do more of', () => {
    const [put, get] = pictureFor('write-through').ways;
    expect(get?.width).toBeGreaterThan(put?.width ?? Number.NaN);
    const [half, otherHalf] = pictureFor('twitter-8').ways;
    expect(half?.width).toBe(otherHalf?.width);
  });

  it('fades a cache that is never asked', () => {
    const used = (key: string) => pictureFor(key).nodes.map(({ used }) => used);
    expect(used('db-only').filter((each) => !each)).toHaveLength(seedDesign.cache.nodes);
    expect(used('write-around')).not.toContain(false);
  });

  it('fills the leaders, and none where nobody leads', () => {
    const leaders = (design: typeof seedDesign) => pictureOf(design).nodes.filter(({ leads }) => leads);
    expect(leaders(seedDesign)).toHaveLength(seedDesign.store.shards);
    expect(leaders({ ...seedDesign, store: { ...seedDesign.store, mode: 'leaderless' } })).toEqual([]);
  });
});

describe('arrow keys among the entries', () => {
  // Two rows of three, then one of two beneath a heading.
  const places = [0, 0, 0, 1, 1, 1, 3, 3].map((row, i) => ({ left: (i % 3) * 250, top: row * 200 }));

  it.each([
    ['ArrowRight', 2, 3],
    ['ArrowRight', 7, 7],
    ['ArrowLeft', 3, 2],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 1, 4],
    ['ArrowDown', 5, 7],
    ['ArrowDown', 6, 6],
    ['ArrowUp', 6, 3],
    ['ArrowUp', 2, 2],
    ['Home', 5, 0],
    ['End', 0, 7],
    ['ArrowDown', -1, 0],
  ])('%s leads from %i to %i', (key, from, to) => {
    expect(stepTo(places, from, key)).toBe(to);
  });
});
