/** Which operations are under way at a cursor: by what their clients know, and by the messages that are still alive. */
import { describe, expect, it } from 'vitest';
import { underWayAt } from '../../src/replay/underWay.ts';
import { aDetail } from '../support/details.ts';

const PUT = 7;
const GET = 8;
const EARLIER = 3;

const detail = aDetail({
  events: [
    { time: 100, is: 'startOperation', operation: PUT, key: 12, extra: 417, version: 5 },
    { time: 150, is: 'startOperation', operation: GET, key: 12, extra: 418 },
    { time: 180, is: 'startService', operation: EARLIER, key: 4 },
    { time: 200, is: 'endOperation', operation: GET, key: 12 },
    { time: 300, is: 'endOperation', operation: PUT, key: 12, version: 5 },
  ],
  hops: [
    { sentAt: 50, arrivesAt: 90, kind: 'fill', operation: EARLIER, key: 4 },
    { sentAt: 260, arrivesAt: 400, kind: 'put', operation: PUT, key: 12 },
    { sentAt: 450, arrivesAt: 460, kind: 'invalidate', operation: 0, key: 12 },
  ],
});
const numbersAt = (cursor: number): number[] => underWayAt(detail, cursor).map(({ operation }) => operation);

describe('an operation is under way', () => {
  it('from its beginning until its client has its answer, in the order in which they began', () => {
    expect(numbersAt(99)).toEqual([]);
    expect(numbersAt(100)).toEqual([PUT]);
    expect(numbersAt(199)).toEqual([PUT, GET]);
    expect(numbersAt(200)).toEqual([PUT]);
  });

  it('as long as a message of it is alive, to its arrival, and is said to be over', () => {
    expect(underWayAt(detail, 299)).toMatchObject([{ operation: PUT, over: false }]);
    expect(underWayAt(detail, 400)).toEqual([
      { operation: PUT, key: 12, kind: 'put', session: 417, since: 100, over: true },
    ]);
    expect(numbersAt(401)).toEqual([]);
  });

  it('that began before the window, as far as its messages tell: of no known session', () => {
    expect(underWayAt(detail, 60)).toEqual([
      { operation: EARLIER, key: 4, kind: 'get', session: undefined, since: 50, over: false },
    ]);
  });

  it('and is none where a message belongs to no operation', () => {
    expect(numbersAt(455)).toEqual([]);
  });
});
