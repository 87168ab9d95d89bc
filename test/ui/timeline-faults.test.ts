import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seedDesign, type Design, type Fault } from '../../src/design/design.ts';
import {
  dragged,
  drawn,
  endOf,
  FINE_SNAP_US,
  heldBy,
  SNAP_US,
  timed,
} from '../../src/ui/timeline/faultDrag.ts';
import { deedOf, isFlag, sentenceOf } from '../../src/ui/timeline/faultWords.ts';
import { layLane } from '../../src/ui/timeline/laneLayout.ts';
import { draftOf, faultFrom, firstDraft } from '../../src/ui/timeline/newFault.ts';

const S = 1_000_000;
const MINUTE = 60 * S;

const slow: Fault = { kind: 'slow', target: 'cache-1', at: 10 * S, for: 8 * S, factor: 20 };
const crash: Fault = { kind: 'crash', target: 'shard-1.leader', at: 20 * S };
const flush: Fault = { kind: 'flush', target: 'cache-2', at: 32 * S };

/** Thin spaces are hard to see; here they are written as ordinary ones. */
const plain = (text: string): string => text.replaceAll('\u2009', ' ');

/** Instants that hold an edge from a tenth of a second on. */
const magnetsAt = (instants: readonly number[]) => ({ instants, reach: 0.1 * S, step: SNAP_US });

describe('a dragged fault', () => {
  it('moves as a whole, in tenths of a second', () => {
    expect(dragged(slow, 'body', 1_234_567, { step: SNAP_US, duration: MINUTE })).toEqual({
      at: 11.2 * S,
      for: 8 * S,
    });
    expect(dragged(slow, 'body', 1_234_567, { step: FINE_SNAP_US, duration: MINUTE })).toEqual({
      at: 11.23 * S,
      for: 8 * S,
    });
  });

  it('begins within the run, though it may end after it', () => {
    expect(dragged(slow, 'body', -99 * S, { step: SNAP_US, duration: MINUTE }).at).toBe(0);
    expect(dragged(slow, 'body', 99 * S, { step: SNAP_US, duration: MINUTE })).toEqual({
      at: MINUTE,
      for: 8 * S,
    });
  });

  it('keeps its other end where it is when one is pulled', () => {
    expect(dragged(slow, 'start', 2 * S, { step: SNAP_US, duration: MINUTE })).toEqual({
      at: 12 * S,
      for: 6 * S,
    });
    expect(dragged(slow, 'end', 2 * S, { step: SNAP_US, duration: MINUTE })).toEqual({
      at: 10 * S,
      for: 10 * S,
    });
  });

  it('keeps a least length, never turned inside out', () => {
    const handle = fc.constantFrom('body' as const, 'start' as const, 'end' as const);
    const step = fc.constantFrom(SNAP_US, FINE_SNAP_US);
    fc.assert(
      fc.property(handle, fc.integer({ min: -MINUTE, max: MINUTE }), step, (end, by, snapTo) => {
        const time = dragged(slow, end, by, { step: snapTo, duration: MINUTE });
        expect(time.at).toBeGreaterThanOrEqual(0);
        expect(time.for).toBeGreaterThanOrEqual(snapTo);
        expect(endOf(time, MINUTE)).toBeGreaterThan(time.at);
      }),
      { seed: 1 },
    );
  });

  it('that lasts to the end does so until its end is pulled into the run', () => {
    const { for: _length, ...open } = slow;
    expect(dragged(open, 'body', 5 * S, { step: SNAP_US, duration: MINUTE })).toEqual({
      at: 15 * S,
      for: undefined,
    });
    expect(dragged(open, 'start', 5 * S, { step: SNAP_US, duration: MINUTE })).toEqual({
      at: 15 * S,
      for: undefined,
    });
    expect(dragged(open, 'end', 5 * S, { step: SNAP_US, duration: MINUTE })).toEqual({
      at: 10 * S,
      for: undefined,
    });
    expect(dragged(open, 'end', -20 * S, { step: SNAP_US, duration: MINUTE })).toEqual({
      at: 10 * S,
      for: 30 * S,
    });
  });

  it('takes its new time and keeps all else; without a length the key is gone', () => {
    expect(timed(slow, { at: 1, for: 2 })).toEqual({ ...slow, at: 1, for: 2 });
    expect('for' in timed(slow, { at: 1, for: undefined })).toBe(false);
  });

  it('is held by what is near: the nearer edge of a body, or the end that is pulled', () => {
    const near = { at: 10.04 * S, for: 8 * S };
    expect(heldBy(near, 'body', magnetsAt([10 * S, 40 * S]))).toEqual({
      at: 10 * S,
      time: { at: 10 * S, for: 8 * S },
    });
    expect(heldBy(near, 'body', magnetsAt([10 * S, 18.03 * S]))).toEqual({
      at: 18.03 * S,
      time: { at: 10.03 * S, for: 8 * S },
    });
    expect(heldBy(near, 'start', magnetsAt([10 * S, 18 * S]))?.time).toEqual({
      at: 10 * S,
      for: 8_040_000,
    });
    expect(heldBy(near, 'end', magnetsAt([10 * S, 18 * S]))?.time).toEqual({
      at: 10.04 * S,
      for: 7.96 * S,
    });
  });

  it('is held by nothing that is far, or that would leave nothing of it', () => {
    const near = { at: 10.04 * S, for: 0.1 * S };
    expect(heldBy(near, 'body', magnetsAt([11 * S]))).toBeUndefined();
    expect(heldBy(near, 'end', magnetsAt([10.1 * S]))).toBeUndefined();
    expect(heldBy({ at: 0.02 * S, for: S }, 'body', magnetsAt([S]))?.time).toEqual({ at: 0, for: S });
    expect(heldBy({ at: 0.02 * S, for: S }, 'body', magnetsAt([0.95 * S]))).toBeUndefined();
    expect(heldBy({ at: 5 * S }, 'end', magnetsAt([5 * S]))).toBeUndefined();
  });

  it('can be drawn from either side, and stays within the run', () => {
    expect(drawn(20 * S, 12 * S, { step: SNAP_US, duration: MINUTE })).toEqual({ at: 12 * S, for: 8 * S });
    expect(drawn(59.99 * S, 70 * S, { step: SNAP_US, duration: MINUTE })).toEqual({
      at: 59.9 * S,
      for: 0.1 * S,
    });
  });
});

describe('a fault in words', () => {
  it.each<[Fault, string, string]>([
    [slow, 'slow ×20', 'slow ×20 on cache-1 from 10 s to 18 s'],
    [crash, 'crash', 'crash on shard-1.leader from 20 s to the end'],
    [flush, 'flush', 'flush on cache-2 at 32 s'],
    [
      { kind: 'delay', target: 'app-cache', at: 0, for: 500_000, by: 200_000 },
      'delay 200 ms',
      'delay 200 ms on app-cache from 0 s to 500 ms',
    ],
  ])('says what it does, where and when', (fault, deed, sentence) => {
    expect(plain(deedOf(fault))).toBe(deed);
    expect(plain(sentenceOf(fault))).toBe(sentence);
  });

  it('is a flag when it has no end to draw', () => {
    expect([slow, crash, flush].map(isFlag)).toEqual([false, true, true]);
    expect(isFlag({ ...crash, for: S })).toBe(false);
  });
});

describe('the fault lane', () => {
  const axis = { from: 0, to: MINUTE, width: 1200 };
  const design = (...faults: Fault[]): Design => ({ ...seedDesign, faults });

  it('has a block for each fault, in the order of the design', () => {
    const { blocks, shape } = layLane(design(flush, slow), axis);
    expect(blocks.map(({ left, flag }) => ({ left, flag }))).toEqual([
      { left: 640, flag: true },
      { left: 200, flag: false },
    ]);
    expect(blocks[1]).toMatchObject({ width: 160, words: 'inside' });
    expect(shape.rows).toBe(1);
  });

  it('puts what overlaps into rows, a flag with the room of its words', () => {
    expect(layLane(design(slow, { ...slow, at: 12 * S }), axis).shape.rows).toBe(2);
    expect(layLane(design(flush, { ...slow, at: 33 * S }), axis).shape.rows).toBe(2);
  });

  it('writes the words of a short fault beside it, where there is room', () => {
    const short: Fault = { ...slow, for: S };
    expect(layLane(design(short), axis).blocks[0]?.words).toBe('beside');
    expect(layLane(design(short, { ...slow, at: 12 * S }), axis).blocks[0]?.words).toBe('none');
  });

  it('draws what lasts to the end to the end', () => {
    const { for: _length, ...open } = slow;
    expect(layLane(design(open), axis).blocks[0]).toMatchObject({ left: 200, width: 1000 });
  });
});

describe('the form of a new fault', () => {
  const design = seedDesign;

  it('is filled in as the rest of the page writes it', () => {
    const first = firstDraft(design, undefined);
    expect(plain(first.length)).toBe('8 s');
    expect(first.parameter).toBe('×20');
    expect(plain(draftOf(design, 'app-cache', 'delay', first.length).parameter)).toBe('200 ms');
    expect(plain(draftOf(design, 'app-cache', 'drop', first.length).parameter)).toBe('1 %');
  });

  it('is taken as it was filled in', () => {
    expect(faultFrom(firstDraft(design, undefined), 10 * S)).toEqual({ ok: true, value: slow });
    const drop = draftOf(design, 'app-cache', 'drop', '');
    expect(faultFrom(drop, 0)).toMatchObject({ ok: true, value: { kind: 'drop', share: 0.01 } });
  });
});
