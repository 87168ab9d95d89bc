import { describe, expect, it } from 'vitest';
import { beginningOf, nextBeginning } from '../../src/replay/followed.ts';
import { happeningsBetween } from '../../src/replay/happenings.ts';
import { aDetail } from '../support/details.ts';
import { detail, found } from '../support/stretch.ts';

describe('what happens in a stretch', () => {
  it('is who was let down, in order of time, who was elected, and how often each stopped waiting', () => {
    expect(happeningsBetween(detail, found, 0, 400)).toEqual({
      violations: [1, 0],
      elected: [2],
      timeouts: new Map([
        [0, 3],
        [9, 1],
      ]),
    });
  });

  it.each([
    [100, 149, []],
    [99, 149, [[0, 1]]],
    [
      150,
      299,
      [
        [0, 1],
        [9, 1],
      ],
    ],
  ] as const)('is what comes after %i and up to %i', (after, upTo, timeouts) => {
    expect(happeningsBetween(detail, found, after, upTo)).toEqual({
      violations: [],
      elected: [],
      timeouts: new Map(timeouts),
    });
  });
});

describe('the next operation of whom somebody follows', () => {
  const { events } = aDetail({
    events: [
      { time: 10, is: 'startOperation', key: 4, extra: 1 },
      { time: 20, is: 'startOperation', key: 0, extra: 2 },
      { time: 25, is: 'endOperation', key: 4, extra: 1 },
      { time: 30, is: 'startOperation', key: 4, extra: 2 },
    ],
  });

  it.each([
    [{ session: 2, key: 4 }, 0, 20],
    [{ session: 2, key: 4 }, 20, 30],
    [{ session: undefined, key: 4 }, 10, 30],
    [{ session: undefined, key: 4 }, 30, undefined],
    [{ session: 1, key: 0 }, 10, undefined],
  ])('%o after %i begins at %s', (followed, after, at) => {
    expect(nextBeginning({ events }, followed, after)).toBe(at);
  });
});

describe('what an operation is, and whose', () => {
  const { events } = aDetail({
    events: [
      { time: 10, is: 'startOperation', operation: 7, key: 4, version: 3, extra: 417 },
      { time: 15, is: 'endOperation', operation: 8, key: 4, extra: 1 },
      { time: 20, is: 'startOperation', operation: 9, key: 4, extra: 3 },
    ],
  });

  it.each([
    [7, { kind: 'put', session: 417 }],
    [9, { kind: 'get', session: 3 }],
    // It began before.
    [8, undefined],
  ])('is known of %i: %o', (operation, begun) => {
    expect(beginningOf({ events }, operation)).toEqual(begun);
  });
});
