import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOP_FLAGS } from '../../src/design/readings.ts';
import { isSampled } from '../../src/design/sampling.ts';
import type { WatchedDetail } from '../../src/replay/detail.ts';
import {
  createCrossFrame,
  createPacketFrame,
  CROSS,
  CROSS_FOR_MS,
  CROSS_WIDTH,
  DRAWN_FOR_MS,
  MARK,
  MARK_FLAGS,
  MARK_WIDTH,
  MARKS_LIMIT,
  packetsAt,
  PACKET_HUES,
  PACKET_SHAPES,
  timeoutsAt,
  type PacketOptions,
} from '../../src/replay/packets.ts';
import { aDetail, type HopGiven } from '../support/details.ts';

const slow: PacketOptions = { speed: '1/1000', stretch: 1500 };
const full: PacketOptions = { speed: '1', stretch: 1500 };

function marksAt(detail: WatchedDetail, cursor: number, options = slow, limit = MARKS_LIMIT) {
  const frame = packetsAt(detail, cursor, options, createPacketFrame(limit));
  return Array.from({ length: frame.count }, (_, i) => {
    const column = (at: number) => frame.data[i * MARK_WIDTH + at] ?? Number.NaN;
    return {
      from: column(MARK.from),
      to: column(MARK.to),
      progress: column(MARK.progress),
      shape: PACKET_SHAPES[column(MARK.shape)],
      hue: PACKET_HUES[column(MARK.shape)],
      flags: column(MARK.flags),
      hop: column(MARK.hop),
      alpha: column(MARK.alpha),
    };
  });
}

describe('packets at 1/1000', () => {
  it('are under way from the instant they are sent until just before they arrive', () => {
    const detail = aDetail({ hops: [{ sentAt: 100, arrivesAt: 200, from: 1, to: 5 }] });
    expect(marksAt(detail, 99.9)).toEqual([]);
    expect(marksAt(detail, 100)).toMatchObject([{ from: 1, to: 5, progress: 0, hop: 0, alpha: 1 }]);
    expect(marksAt(detail, 175)).toMatchObject([{ progress: 0.75 }]);
    expect(marksAt(detail, 200)).toEqual([]);
  });

  it.each([
    ['put', 'square', 'put'],
    ['get', 'circle', 'get'],
    ['fill', 'circle', 'get'],
    ['replicate', 'diamond', 'rep'],
    ['commitNotice', 'diamond', 'rep'],
    ['invalidate', 'triangle', 'inv'],
  ] as const)('a %s is a %s in the hue of %s', (kind, shape, hue) => {
    expect(marksAt(aDetail({ hops: [{ sentAt: 0, arrivesAt: 10, kind }] }), 5)).toMatchObject([
      { shape, hue },
    ]);
  });

  it('an answer is marked as one, and says what it carries', () => {
    const { stale, dirty } = HOP_FLAGS;
    const detail = aDetail({
      hops: [{ sentAt: 0, arrivesAt: 10, answer: 1, flags: stale | dirty }],
    });
    const { answer, stale: old, dirty: uncommitted } = MARK_FLAGS;
    expect(marksAt(detail, 5)[0]?.flags).toBe(answer | old | uncommitted);
  });

  it('a message is given up on from the instant its call timed out, and not before', () => {
    const detail = aDetail({
      hops: [
        { sentAt: 0, arrivesAt: 100, call: 7 },
        { sentAt: 0, arrivesAt: 100, call: 8 },
      ],
      events: [{ time: 50, is: 'timeout', call: 7 }],
    });
    expect(marksAt(detail, 49).map(({ flags }) => flags)).toEqual([0, 0]);
    expect(marksAt(detail, 50).map(({ flags }) => flags)).toEqual([MARK_FLAGS.givenUp, 0]);
  });

  it('a message that was sent for a caller who had stopped waiting is given up on from the start', () => {
    const detail = aDetail({ hops: [{ sentAt: 0, arrivesAt: 100, flags: HOP_FLAGS.givenUp }] });
    expect(marksAt(detail, 0)[0]?.flags).toBe(MARK_FLAGS.givenUp);
  });

  it('a message that will not arrive fades on the second half of its way', () => {
    const detail = aDetail({ hops: [{ sentAt: 0, arrivesAt: 100, flags: HOP_FLAGS.lost }] });
    expect(marksAt(detail, 50)[0]).toMatchObject({ alpha: 1 });
    expect(marksAt(detail, 90)[0]?.alpha).toBeCloseTo(0.2);
  });

  it('past the limit whole operations are left out, and the frame says one in how many is drawn', () => {
    const hops = Array.from({ length: 300 }, (_, i) => ({ sentAt: 0, arrivesAt: 10, operation: i >> 1 }));
    const frame = packetsAt(aDetail({ hops }), 5, slow, createPacketFrame(100));
    expect(frame.count).toBeGreaterThan(0);
    expect(frame.count).toBeLessThanOrEqual(100);
    expect(frame.oneIn).toBe(4);
    const drawn = marksAt(aDetail({ hops }), 5, slow, 100).map(({ hop }) => hop >> 1);
    for (const operation of drawn) expect(drawn.filter((other) => other === operation)).toHaveLength(2);
  });
});

describe('packets of a sample', () => {
  const hops = Array.from({ length: 100 }, (_, operation) => ({ sentAt: 0, arrivesAt: 10, operation }));
  const outside = 1 + [...hops.keys()].slice(1).findIndex((operation) => !isSampled(operation, 10));

  it('are those of the sample alone: what was recorded for the watched key is not a fair part of it', () => {
    const drawn = marksAt(aDetail({ hops, oneIn: 10 }), 5).map(({ hop }) => hop);
    expect(drawn.length).toBeGreaterThan(5);
    expect(drawn.length).toBeLessThan(15);
    expect(drawn.every((operation) => isSampled(operation, 10))).toBe(true);
    expect(packetsAt(aDetail({ hops, oneIn: 10 }), 5, slow, createPacketFrame()).oneIn).toBe(10);
  });

  it('are those of the focus too, however crowded it is', () => {
    const detail = aDetail({ hops, oneIn: 10, focus: new Set([outside]) });
    expect(marksAt(detail, 5).map(({ hop }) => hop)).toContain(outside);
    expect(marksAt(detail, 5, slow, 3).map(({ hop }) => hop)).toContain(outside);
  });
});

describe('packets at full speed', () => {
  /** A GET of 1 ms: out, a service, back. */
  const get = (operation: number, t: number): HopGiven[] => [
    { sentAt: t, arrivesAt: t + 200, operation, from: 0, to: 1, kind: 'get' },
    { sentAt: t + 800, arrivesAt: t + 1000, operation, from: 1, to: 0, kind: 'get', answer: 1 },
  ];
  const detail = aDetail({
    to: 5_000_000,
    hops: get(3, 1_000_000),
    events: [{ time: 1_000_000, is: 'startOperation', operation: 3 }],
  });

  it('are stretched about the beginning of their operation', () => {
    expect(marksAt(detail, 1_000_000 + 150_000, full)).toMatchObject([{ hop: 0, progress: 0.5 }]);
  });

  it('fold the time in which no message is under way', () => {
    // 200 us of flight are 300 ms, 600 us of service fold to 60 ms.
    expect(marksAt(detail, 1_000_000 + 330_000, full)).toEqual([]);
    expect(marksAt(detail, 1_000_000 + 361_000, full)).toMatchObject([{ hop: 1, flags: MARK_FLAGS.answer }]);
  });

  it('last for the same wall time at 1/10', () => {
    const tenth: PacketOptions = { speed: '1/10', stretch: 1500 };
    expect(marksAt(detail, 1_000_000 + 15_000, tenth)).toMatchObject([{ hop: 0, progress: 0.5 }]);
  });

  it('are drawn as they were when their operation began before the window', () => {
    const cut = aDetail({ hops: get(3, 1000) });
    expect(marksAt(cut, 1100, full)).toMatchObject([{ hop: 0, progress: 0.5 }]);
    expect(marksAt(cut, 1300, full)).toEqual([]);
  });

  it('are never drawn before they happen, keep their order, and are over in time', () => {
    const length = fc.integer({ min: 1, max: 300_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(length, length), { minLength: 1, maxLength: 12 }), (legs) => {
        let t = 10_000;
        const hops = legs.map(([wait, flight]) => {
          const sentAt = t + wait;
          t = sentAt + flight;
          return { sentAt, arrivesAt: t, operation: 1 };
        });
        const stretched = aDetail({ hops, events: [{ time: 10_000, is: 'startOperation', operation: 1 }] });
        const real = t - 10_000;
        const over = 10_000 + Math.max(real, DRAWN_FOR_MS * 1000);
        expect(marksAt(stretched, over + 1, full)).toEqual([]);
        let last = -1;
        for (let cursor = 10_000; cursor <= over; cursor += (over - 10_000) / 200) {
          for (const { hop, progress } of marksAt(stretched, cursor, full)) {
            const { sentAt = 0, arrivesAt = 0 } = hops[hop] ?? {};
            expect(sentAt + progress * (arrivesAt - sentAt)).toBeLessThanOrEqual(cursor + 1);
            expect(hop + progress).toBeGreaterThanOrEqual(last);
            last = hop + progress;
          }
        }
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('a frame is a function of the cursor: scrubbing back finds the same picture', () => {
    const frame = createPacketFrame();
    const first = [...packetsAt(detail, 1_150_000, full, frame).data.slice(0, MARK_WIDTH)];
    packetsAt(detail, 1_390_000, full, frame);
    packetsAt(detail, 1_150_000, slow, frame);
    expect([...packetsAt(detail, 1_150_000, full, frame).data.slice(0, MARK_WIDTH)]).toEqual(first);
  });
});

describe('crosses of timeouts', () => {
  const detail = aDetail({
    events: [
      { time: 1000, is: 'timeout', call: 1, node: 2 },
      { time: 1300, is: 'timeout', call: 2, node: 3 },
    ],
  });
  const crossesAt = (cursor: number, limit = 10) => {
    const frame = timeoutsAt(detail, cursor, slow, createCrossFrame(limit));
    return Array.from({ length: frame.count }, (_, i) => ({
      node: frame.data[i * CROSS_WIDTH + CROSS.node],
      age: frame.data[i * CROSS_WIDTH + CROSS.age],
      event: frame.data[i * CROSS_WIDTH + CROSS.event],
    }));
  };

  it('are drawn at the one who stopped waiting, and age', () => {
    expect(crossesAt(999)).toEqual([]);
    expect(crossesAt(1000)).toEqual([{ node: 2, age: 0, event: 0 }]);
    expect(crossesAt(1000 + CROSS_FOR_MS / 2)).toMatchObject([{ node: 2, age: 0.5 }, { node: 3 }]);
    expect(crossesAt(1300 + CROSS_FOR_MS)).toEqual([]);
  });

  it('past the limit the newest are drawn', () => {
    expect(crossesAt(1301, 1)).toMatchObject([{ node: 3 }]);
  });
});
