import { beforeAll, describe, expect, it, vi } from 'vitest';
import { saveCheckpoint, type Archive, type Checkpoint } from '../../src/engine/kernel/archive.ts';
import { CHECKPOINT_EVERY_US, Checkpoints, loadThinning } from '../../src/worker/handle-checkpoints.ts';

/** A page, its mask and one int: what a state that changes in one place takes. */
const CHANGE_BYTES = 3 * 4;

/** A state of one int in every page; `places` of them are other than they were in the checkpoint before. */
function aCheckpoint(time: number, previous: Checkpoint | undefined, places: readonly number[]): Checkpoint {
  const state = new Int32Array(32 * 64);
  const part = {
    persist: (archive: Archive) => {
      archive.ints('state', state, state.length);
    },
  };
  for (const layer of previous?.layers ?? [])
    for (const { pages, ints } of layer.sections)
      pages.forEach((page, i) => (state[page * 32] = ints[i] ?? 0));
  for (const place of places) state[place * 32] = time + 1;
  return saveCheckpoint(time, { part }, previous);
}

/** Each one changes a place of its own, unless told which. */
function fill(checkpoints: Checkpoints, times: readonly number[], place?: number): void {
  for (const time of times) checkpoints.add(aCheckpoint(time, checkpoints.last, [place ?? (time / 2) % 64]));
}

/** Of those that are kept, in order. */
function timesOf(checkpoints: Checkpoints): number[] {
  const times: number[] = [];
  let each = checkpoints.last;
  for (; each !== undefined; each = checkpoints.before(each.time)) times.unshift(each.time);
  return times;
}

const unlimited = { count: 1000, bytes: 1e9 };

it('are all kept until what thins them out is there, which one too many asks for', async () => {
  const checkpoints = new Checkpoints({ count: 4, bytes: 1e9 });
  fill(checkpoints, [0, 2, 4, 6, 8, 10]);
  expect(timesOf(checkpoints)).toHaveLength(6);
  await vi.waitFor(() => {
    fill(checkpoints, [(checkpoints.last?.time ?? 0) + 2]);
    expect(timesOf(checkpoints)).toHaveLength(4);
  });
});

describe('checkpoints', () => {
  beforeAll(loadThinning);

  it('are due at 0, then at even distances', () => {
    const checkpoints = new Checkpoints();
    expect(checkpoints.nextDue).toBe(0);
    fill(checkpoints, [0]);
    expect(checkpoints.nextDue).toBe(CHECKPOINT_EVERY_US);
    // One that was saved for a window stands between them.
    fill(checkpoints, [2.6 * CHECKPOINT_EVERY_US]);
    expect(checkpoints.nextDue).toBe(3 * CHECKPOINT_EVERY_US);
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
      return timesOf(checkpoints);
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
    const times = timesOf(checkpoints);
    const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
    expect(times).toHaveLength(16);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(3 * (998 / 15));
  });

  it('past the limit on their bytes are thinned out too, as far as that frees any', () => {
    // What changes at one place again and again needs the room of one change once those between are gone.
    const checkpoints = new Checkpoints({ count: 1000, bytes: 5 * CHANGE_BYTES });
    fill(checkpoints, [0, 2, 4, 6, 8], 1);
    expect(timesOf(checkpoints)).toEqual([0, 2, 4, 6, 8]);
    fill(checkpoints, [10], 1);
    expect(timesOf(checkpoints)).toEqual([0, 4, 6, 8, 10]);
  });

  it('that each change a place of their own keep three, whatever they need', () => {
    const checkpoints = new Checkpoints({ count: 1000, bytes: 5 * CHANGE_BYTES });
    fill(checkpoints, [0, 2, 4, 6, 8, 10, 12]);
    expect(timesOf(checkpoints)).toEqual([0, 10, 12]);
  });

  it('are the same states after others were thinned out', () => {
    const checkpoints = new Checkpoints({ count: 6, bytes: 1e9 });
    fill(checkpoints, [0, 2, 4, 6, 8, 10, 12, 14, 16]);
    const alone = new Checkpoints(unlimited);
    fill(alone, [0, 2, 4, 6, 8, 10, 12, 14, 16]);
    const placesOf = (checkpoint: Checkpoint | undefined) =>
      new Map(
        checkpoint?.layers.flatMap(({ sections }) =>
          sections.flatMap(({ pages, ints }) => [...pages].map((page, i) => [page, ints[i]] as const)),
        ),
      );
    for (const time of timesOf(checkpoints))
      expect(placesOf(checkpoints.before(time + 1))).toEqual(placesOf(alone.before(time + 1)));
  });

  it('at and after an edit are forgotten, and their room is free again', () => {
    const checkpoints = new Checkpoints({ count: 4, bytes: 4 * CHANGE_BYTES });
    fill(checkpoints, [0, 2, 4, 6]);
    checkpoints.forgetFrom(4);
    expect(timesOf(checkpoints)).toEqual([0, 2]);
    fill(checkpoints, [4, 6]);
    expect(timesOf(checkpoints)).toEqual([0, 2, 4, 6]);
    checkpoints.forgetFrom(0);
    expect(checkpoints.last).toBeUndefined();
    expect(checkpoints.nextDue).toBe(0);
  });
});
