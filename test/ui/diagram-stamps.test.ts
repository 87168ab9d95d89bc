/** Marks stamped by hand: that they look as if a browser had drawn them, and end where the canvas does. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { over, stamp, stampsOf } from '../../src/ui/diagram/stamps.ts';

const byte = fc.integer({ min: 0, max: 255 });
const pixel = fc.tuple(byte, byte, byte, byte);
type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

const asInt = ([red, green, blue, alpha]: Pixel) => (alpha << 24) | (blue << 16) | (green << 8) | red;
const asPixel = (value: number): Pixel => [
  value & 255,
  (value >>> 8) & 255,
  (value >>> 16) & 255,
  value >>> 24,
];

/** Light that a pixel gives off over a background, 0 to 255: all that an eye can tell of it. */
const seen = ([red, green, blue, alpha]: Pixel, background: number) =>
  [red, green, blue].map((colour) => (colour * alpha + background * (255 - alpha)) / 255);

test('a stamp over a pixel looks like the stamp laid over what the pixel looks like', () => {
  fc.assert(
    fc.property(pixel, pixel, byte, (stamp, below, background) => {
      const result = asPixel(over(asInt(stamp), stamp[3], asInt(below)));
      const expected = seen(below, background).map(
        (colour, i) => ((stamp[i] ?? 0) * stamp[3] + colour * (255 - stamp[3])) / 255,
      );
      // Colour and alpha are whole numbers: each may be off by a half.
      seen(result, background).forEach((colour, i) => {
        expect(Math.abs(colour - (expected[i] ?? NaN))).toBeLessThanOrEqual(1);
      });
    }),
    { seed: 1, numRuns: 2000 },
  );
});

test('a stamp over nothing is itself, and nothing over nothing is nothing', () => {
  expect(asPixel(over(asInt([10, 20, 30, 77]), 77, 0))).toEqual([10, 20, 30, 77]);
  expect(over(asInt([10, 20, 30, 77]), 0, 0)).toBe(0);
});

/** An image of letters, a colour each. */
const COLOURS: Readonly<Record<string, number>> = {
  '.': 0,
  r: asInt([255, 0, 0, 255]),
  b: asInt([0, 0, 255, 255]),
};
const imageOf = (...rows: string[]) => ({
  width: rows[0]?.length ?? 0,
  height: rows.length,
  colours: Int32Array.from(rows.join(''), (letter) => COLOURS[letter] ?? 0),
});

test.each([
  { what: 'in the middle', picture: 0, x: 2.5, y: 2.5, image: ['.....', '..r..', '.rrr.', '..r..', '.....'] },
  {
    what: 'the second one',
    picture: 1,
    x: 2.5,
    y: 2.5,
    image: ['.....', '.....', '.bbb.', '.....', '.....'],
  },
  {
    what: 'over the right edge',
    picture: 0,
    x: 5,
    y: 2.5,
    image: ['.....', '.....', '....r', '.....', '.....'],
  },
  { what: 'over a corner', picture: 0, x: 0.5, y: 0.5, image: ['rr...', 'r....', '.....', '.....', '.....'] },
  { what: 'outside', picture: 1, x: 9, y: 9, image: ['.....', '.....', '.....', '.....', '.....'] },
])(
  'a picture is stamped where it is told, and ends where the image does: $what',
  ({ picture, x, y, image }) => {
    const stamps = stampsOf(imageOf('.r....', 'rrrbbb', '.r....'), 3, 2, 2);
    const drawn = imageOf('.....', '.....', '.....', '.....', '.....');
    stamp(drawn, stamps, picture, x, y, 1);
    expect(drawn).toEqual(imageOf(...image));
  },
);
