/** Which picture a mark is drawn with: shape and finish tell every kind of message apart without its hue. */
import { expect, test } from 'vitest';
import { MARK_FLAGS, PACKET_SHAPES } from '../../src/replay/packets.ts';
import { CROSS_SPRITE, isTurned, lookOf, spriteOf } from '../../src/ui/diagram/atlas.ts';

const shape = (name: (typeof PACKET_SHAPES)[number]) => PACKET_SHAPES.indexOf(name);

test('every shape has a picture of its own as request, as answer, and when given up on', () => {
  const sprites = PACKET_SHAPES.flatMap((_, i) =>
    [0, MARK_FLAGS.answer, MARK_FLAGS.givenUp].map((flags) => spriteOf(i, flags, 0)),
  );
  expect(new Set([...sprites, CROSS_SPRITE]).size).toBe(PACKET_SHAPES.length * 3 + 1);
});

test('an answer that was given up on looks given up on', () => {
  const { answer, givenUp } = MARK_FLAGS;
  expect(spriteOf(shape('square'), answer | givenUp, 0)).toBe(spriteOf(shape('square'), givenUp, 0));
});

test('what is read can be stale or dirty, what is written can be old, and a copy is a copy', () => {
  const { stale, dirty } = MARK_FLAGS;
  const looks = (name: (typeof PACKET_SHAPES)[number]) =>
    new Set([0, stale, dirty].map((flags) => spriteOf(shape(name), flags, 0))).size;
  expect((['circle', 'square', 'diamond', 'triangle'] as const).map(looks)).toEqual([3, 2, 1, 1]);
});

test('only a triangle turns with its way, and a full turn is none', () => {
  expect(PACKET_SHAPES.filter((_, i) => isTurned(i))).toEqual(['triangle']);
  const turned = (turn: number) => spriteOf(shape('triangle'), 0, turn);
  expect(turned(Math.PI)).not.toBe(turned(0));
  expect(turned(2 * Math.PI)).toBe(turned(0));
  expect(turned(-Math.PI / 2)).toBe(turned((3 * Math.PI) / 2));
});

test('every picture can be told what it shows', () => {
  const { answer, givenUp, stale, dirty } = MARK_FLAGS;
  const looks = [
    { flags: 0, finish: 'filled', value: 'plain' },
    { flags: answer | stale, finish: 'hollow', value: 'stale' },
    { flags: givenUp | dirty, finish: 'alive', value: 'dirty' },
  ];
  for (const { flags, ...look } of looks)
    expect(lookOf(spriteOf(shape('circle'), flags, 0))).toEqual({ ...look, shape: 'circle', turn: 0 });
  expect(lookOf(spriteOf(shape('diamond'), answer, 0))).toMatchObject({ shape: 'diamond', finish: 'hollow' });
  const upward = lookOf(spriteOf(shape('triangle'), givenUp, -Math.PI / 2));
  expect(upward).toMatchObject({ shape: 'triangle', finish: 'alive', value: 'plain' });
  expect(upward?.turn).toBeCloseTo((3 * Math.PI) / 2);
  expect(lookOf(CROSS_SPRITE)).toBeUndefined();
});
