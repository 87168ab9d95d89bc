import { describe, expect, test } from 'vitest';
import { saveCheckpoint } from '../../../src/engine/kernel/archive.ts';
import { restoreCheckpoint } from '../../../src/engine/kernel/restore.ts';
import { Streams } from '../../../src/engine/kernel/streams.ts';
import { chiSquareLimit } from '../../support/statistics.ts';

const draw = (streams: Streams, stream: number, count: number) =>
  Array.from({ length: count }, () => streams.u32(stream));

describe('random streams', () => {
  test('are sfc32: the published recurrence, step by step', () => {
    const streams = new Streams(7, 1);
    let state = new Int32Array(4);
    streams.persist({
      restoring: false,
      ints: (_name, array) => {
        state = array.slice();
        return array;
      },
      floats: (_name, array) => array,
      number: (_name, value) => value,
    });
    let [a = 0, b = 0, c = 0, counter = 0] = state;
    const expected = Array.from({ length: 100 }, () => {
      const drawn = (a + b + counter++) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + drawn) | 0;
      return drawn >>> 0;
    });
    expect(draw(streams, 0, 100)).toEqual(expected);
  });

  test('depend on the seed and on their own index alone', () => {
    const few = new Streams(1, 3);
    const many = new Streams(1, 50);
    draw(many, 7, 1000);
    expect(draw(many, 2, 20)).toEqual(draw(few, 2, 20));
  });

  test('differ between seeds and between indices, from the first draw on', () => {
    const firsts = new Set<number>();
    for (let seed = 0; seed < 200; seed++) {
      const streams = new Streams(seed, 200);
      for (let stream = 0; stream < 200; stream++) firsts.add(streams.u32(stream));
    }
    // 40,000 draws out of 2^32 meet 0.19 times on average.
    expect(firsts.size).toBeGreaterThanOrEqual(39_997);
  });

  test('are not correlated with their neighbours, of index or of seed', () => {
    const [one, two] = [new Streams(1, 2), new Streams(2, 2)];
    const count = 100_000;
    let [neighbour, seed, lag] = [0, 0, 0];
    let last = 0;
    for (let i = 0; i < count; i++) {
      const x = one.unit(0) - 0.5;
      neighbour += x * (one.unit(1) - 0.5) * 12;
      seed += x * (two.unit(0) - 0.5) * 12;
      lag += x * last * 12;
      last = x;
    }
    const limit = 4 / Math.sqrt(count);
    for (const sum of [neighbour, seed, lag]) expect(Math.abs(sum / count)).toBeLessThan(limit);
  });

  test.each([1, 2, 3, 7, 10, 1000, 1 << 21, (1 << 21) + 1, 3_000_000_000, 2 ** 32])(
    'draw integers below %d evenly',
    (n) => {
      const streams = new Streams(11, 1);
      const groups = Math.min(n, 10);
      const counts = new Array<number>(groups).fill(0);
      const count = 100_000;
      let outside = 0;
      for (let i = 0; i < count; i++) {
        const drawn = streams.below(0, n);
        if (!Number.isInteger(drawn) || drawn < 0 || drawn >= n) outside++;
        const group = Math.floor((drawn / n) * groups);
        counts[group] = (counts[group] ?? 0) + 1;
      }
      expect(outside).toBe(0);
      let chiSquare = 0;
      for (let group = 0; group < groups; group++) {
        const share = (Math.ceil(((group + 1) * n) / groups) - Math.ceil((group * n) / groups)) / n;
        chiSquare += ((counts[group] ?? 0) - share * count) ** 2 / (share * count);
      }
      expect(chiSquare).toBeLessThan(chiSquareLimit(groups - 1));
    },
  );

  test('draw integers with the bias of truncation taken out', () => {
    // 2^32 words are four for every three of these integers: the rest of a division would draw the lowest third twice as often.
    const streams = new Streams(5, 1);
    const n = 3 * 2 ** 30;
    const thirds = [0, 0, 0];
    for (let i = 0; i < 90_000; i++) {
      const third = Math.floor(streams.below(0, n) / 2 ** 30);
      thirds[third] = (thirds[third] ?? 0) + 1;
    }
    const chiSquare = thirds.reduce((sum, count) => sum + (count - 30_000) ** 2 / 30_000, 0);
    expect(chiSquare).toBeLessThan(chiSquareLimit(2));
  });

  test('draw reals evenly in the open interval from 0 to 1', () => {
    const streams = new Streams(3, 1);
    const count = 1_000_000;
    let [sum, squares, least, most] = [0, 0, 1, 0];
    for (let i = 0; i < count; i++) {
      const x = streams.unit(0);
      sum += x;
      squares += x * x;
      least = Math.min(least, x);
      most = Math.max(most, x);
    }
    expect(sum / count).toBeCloseTo(1 / 2, 2.9);
    expect(squares / count).toBeCloseTo(1 / 3, 2.9);
    expect(least).toBeGreaterThan(0);
    expect(most).toBeLessThan(1);
  });

  test('go on from a checkpoint where they stood', () => {
    const streams = new Streams(9, 4);
    draw(streams, 3, 10);
    const checkpoint = saveCheckpoint(0, { streams }, undefined);
    const expected = draw(streams, 3, 50);
    const restored = new Streams(1, 4);
    expect(restoreCheckpoint(checkpoint, { streams: restored }).ok).toBe(true);
    expect(draw(restored, 3, 50)).toEqual(expected);
  });
});
