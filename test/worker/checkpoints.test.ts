import { describe, expect, it } from 'vitest';
import type { Checkpoint, Chunk } from '../../src/engine/kernel/archive.ts';
import { CHECKPOINT_EVERY_US, Checkpoints } from '../../src/worker/handle-checkpoints.ts';

const CHUNK_BYTES = 40;

/** A checkpoint of chunks, some of which it shares. */
function aCheckpoint(time: number, chunks: readonly Chunk[], ownChunks: number): Checkpoint {
  const section = { name: 'all', kind: 'ints' as const, length: 0, where: new Int32Array(0), hash: '' };
  return { time, hash: '', ownBytes: ownChunks * CHUNK_BYTES, sections: [{ ...section, chunks }] };
}

const aChunk = (): Chunk => ({ ints: new Int32Array(CHUNK_BYTES / 4 - 2), hashes: new Int32Array(2) });

/** Each one shares its first chunk with all others, and has a second one of its own. */
function fill(checkpoints: Checkpoints, times: readonly number[]): void {
  const shared = aChunk();
  times.forEach((time, i) => {
    checkpoints.add(aCheckpoint(time, [shared, aChunk()], i === 0 ? 2 : 1));
  });
}

const unlimited = { count: 1000, bytes: 1e9 };

describe('checkpoints', () => {
  it('are due at 0, then at even distances', () => {
    const checkpoints = new Checkpoints();
    expect(checkpoints.nextDue).toBe(0);
    fill(checkpoints, [0]);
    expect(checkpoints.nextDue).toBe(CHECKPOINT_EVERY_US);
  });

  it('give the last one before an instant: one at it has gone through it already', () => {
    const checkpoints = new Checkpoints(unlimited);
    fill(checkpoints, [0, 20, 40]);
    expect(checkpoints.before(41)?.time).toBe(40);
    expect(checkpoints.before(40)?.time).toBe(20);
    expect(checkpoints.before(0)).toBeUndefined();
  });

  it('past the limit on their number are thinned out from the oldest on, never the first or the last', () => {
    const checkpoints = new Checkpoints({ count: 6, bytes: 1e9 });
    fill(checkpoints, [0, 2, 4, 6, 8, 10]);
    const timesAfter = [12, 14, 16].map((time) => {
      fill(checkpoints, [time]);
      return [...checkpoints.times];
    });
    expect(timesAfter).toEqual([
      [0, 4, 6, 8, 10, 12],
      [0, 4, 8, 10, 12, 14],
      [0, 4, 8, 12, 14, 16],
    ]);
  });

  it('of a long run stay about evenly spaced', () => {
    const checkpoints = new Checkpoints({ count: 16, bytes: 1e9 });
    fill(
      checkpoints,
      Array.from({ length: 500 }, (_, i) => i * 2),
    );
    const { times } = checkpoints;
    const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
    expect(times).toHaveLength(16);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(3 * (998 / 15));
  });

  it('past the limit on their bytes are thinned out too, and what is shared counts once', () => {
    // The shared chunk and one own chunk each: six of them are seven chunks.
    const checkpoints = new Checkpoints({ count: 1000, bytes: 7 * CHUNK_BYTES });
    fill(checkpoints, [0, 2, 4, 6, 8, 10]);
    expect(checkpoints.times).toEqual([0, 2, 4, 6, 8, 10]);
    checkpoints.add(aCheckpoint(12, [aChunk()], 1));
    expect(checkpoints.times).toEqual([0, 4, 6, 8, 10, 12]);
  });

  it('that were shared by a dropped one still count for the others', () => {
    const first = aChunk();
    const second = aChunk();
    const checkpoints = new Checkpoints({ count: 1000, bytes: 3 * CHUNK_BYTES });
    checkpoints.add(aCheckpoint(0, [first], 1));
    checkpoints.add(aCheckpoint(2, [second], 1));
    checkpoints.add(aCheckpoint(4, [second], 0));
    checkpoints.add(aCheckpoint(6, [aChunk()], 1));
    expect(checkpoints.times).toEqual([0, 2, 4, 6]);
    checkpoints.add(aCheckpoint(8, [aChunk()], 1));
    // Dropping the one at 2 alone frees nothing.
    expect(checkpoints.times).toEqual([0, 4, 8]);
  });

  it('at and after an edit are forgotten, and their room is free again', () => {
    const checkpoints = new Checkpoints({ count: 4, bytes: 5 * CHUNK_BYTES });
    fill(checkpoints, [0, 2, 4, 6]);
    checkpoints.forgetFrom(4);
    expect(checkpoints.times).toEqual([0, 2]);
    checkpoints.add(aCheckpoint(4, [aChunk()], 1));
    checkpoints.add(aCheckpoint(6, [aChunk()], 1));
    expect(checkpoints.times).toEqual([0, 2, 4, 6]);
    checkpoints.forgetFrom(0);
    expect(checkpoints.last).toBeUndefined();
    expect(checkpoints.nextDue).toBe(0);
  });
});
