/** The small diagrams of a comparison: where their cards stand, and that their words stand clear of each other. */
import { describe, expect, it } from 'vitest';
import {
  BESIDE,
  fitting,
  layMini,
  LEAST_WIDTH,
  shareLine,
  type MiniCard,
} from '../../src/ui/compare/miniLayout.ts';
import { aDesign } from '../support/designs.ts';

const WIDTHS = [LEAST_WIDTH, 358, 390, 512, 600, 683, 720, 1280];

const cardNamed = (cards: readonly MiniCard[], name: string): MiniCard => {
  const card = cards.find((each) => each.name === name);
  if (card === undefined) throw new Error(`there is no ${name}`);
  return card;
};

describe.each(WIDTHS)('in %i pixels', (width) => {
  const { cards } = layMini(aDesign(), width, 190);

  it('the tiers stand clear of each other, inside the picture', () => {
    const columns = [...new Set(cards.map((card) => card.x))].sort((a, b) => a - b);
    expect(columns).toHaveLength(4);
    columns.forEach((x, i) => {
      const right = x + Math.max(...cards.filter((card) => card.x === x).map((card) => card.width));
      expect(right).toBeLessThan(columns[i + 1] ?? width);
    });
  });

  it('a cache has a line for its fault: beside its name, or where it is narrow its last one', () => {
    const cache = cardNamed(cards, 'cache-1');
    if (cache.width < BESIDE) expect(fitting('slow ×20', cache.width)).toBe('slow ×20');
    else expect(fitting('slow ×20', cache.width, 'cache-1')).toBe('slow ×20');
    expect(cache.height).toBeGreaterThanOrEqual(cache.width < BESIDE ? 86 : 70);
  });
});

it('a wide picture has who waits and the hits of a cache on one line', () => {
  const { width } = cardNamed(layMini(aDesign(), 694, 190).cards, 'cache-1');
  expect(shareLine('3 640 queued', '52 % hits', width)).toBe(true);
  expect(shareLine('1 203 640 queued', '52 % hits', width)).toBe(false);
});

it.each([
  ['slow ×20, 5 % lost', 200, undefined, 'slow ×20, 5 % lost'],
  ['slow ×20, 5 % lost', 100, undefined, 'slow ×20'],
  ['slow ×20, 5 % lost', 130, 'cache-1', 'slow ×20'],
  ['slow ×20', 96, 'cache-1', ''],
])('of %j a card of %i pixels with the name %s says %j', (words, width, name, said) => {
  expect(fitting(words, width, name)).toBe(said);
});
