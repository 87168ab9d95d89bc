import { describe, expect, it } from 'vitest';
import {
  CHANGES,
  EVENT,
  EVENT_WIDTH,
  EVENTS,
  HOP,
  HOP_FLAGS,
  HOP_WIDTH,
  LEVEL_WIDTH,
  MESSAGES,
} from '../../src/design/readings.ts';
import { detailOf, DetailSource } from '../../src/engine/detail.ts';
import type { Checkpoint } from '../../src/engine/kernel/archive.ts';
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import { DETAIL_ROWS_LIMIT } from '../../src/engine/limits.ts';
import type { DetailReading, DetailRequest } from '../../src/engine/readings.ts';
import { record } from '../../src/engine/recorder.ts';
import { Run } from '../../src/engine/run.ts';
import { aCrowdedDesign, aSmallDesign, render, renderingOf } from '../support/engineRuns.ts';
import { eventsOf, hopsOf, rowsOf } from '../support/rows.ts';

const ALL: DetailRequest = { from: 400_000, to: 700_000, sample: 'all', focus: [], key: 0 };
const design = aSmallDesign({ fault: ['cache-1:slow:100@450ms-600ms', 'shard-1.leader:crash@550ms-900ms'] });

function detail(request: Partial<DetailRequest> = {}, checkpoint?: Checkpoint, of = design): DetailReading {
  const reading = detailOf(of, checkpoint, { ...ALL, ...request });
  if (!reading.ok) throw new Error(reading.error);
  return reading.value;
}

function checkpointAt(time: number): Checkpoint {
  const run = Run.start(design);
  run.advance(time);
  return run.checkpoint();
}

const texts = (rows: number[][]) => rows.map((row) => row.join());
const column = (row: readonly number[], index: number) => row[index] ?? NaN;

describe('the detail of a window', () => {
  it('is the same from any checkpoint before it as from the beginning', () => {
    const fromStart = detail();
    for (const time of [0, 100_000, 399_000]) expect(detail({}, checkpointAt(time))).toEqual(fromStart);
  });

  it('has a message that would arrive after time itself has ended arrive where it ends', () => {
    const late = Array.from({ length: 4 }, () => 'client-app:delay:600s@0s');
    const { hops } = detail({ from: 0, to: 100_000 }, undefined, aSmallDesign({ fault: late }));
    const arrivals = new Set(hopsOf({ hops }).map((hop) => column(hop, HOP.arrivesAt)));
    expect([...arrivals]).toEqual([HORIZON]);
  });

  it('is refused from a checkpoint that has gone through its beginning', () => {
    for (const time of [400_100, 500_000]) expect(detailOf(design, checkpointAt(time), ALL).ok).toBe(false);
  });

  it('is the same whatever windows its source was asked for before', () => {
    const source = new DetailSource(design);
    const checkpoints = [0, 300_000, 900_000].map((time) => checkpointAt(time));
    const windows = [
      [400_000, 450_000],
      [450_000, 560_000], // goes on from the one before
      [600_000, 640_000], // with a gap
      [500_000, 700_000], // back
      [500_000, 700_000], // once more
      [1_200_000, 1_300_000], // a checkpoint lies between
      [10_000, 60_000],
      [1_900_000, 9_000_000], // past the end
      [1_000_000, 1_050_000],
    ];
    for (const [from = 0, to = 0] of windows) {
      const checkpoint = checkpoints.findLast(({ time }) => time < from);
      const request = { ...ALL, from, to };
      expect(source.of(checkpoint, request)).toEqual(detailOf(design, checkpoint, request));
    }
  });

  it('is refused by its source from an altered checkpoint, and given from the next good one', () => {
    const source = new DetailSource(design);
    const good = checkpointAt(300_000);
    expect(source.of(good, ALL).ok).toBe(true);
    expect(source.of({ ...good, time: 299_999 }, ALL).ok).toBe(false);
    expect(source.of(good, ALL)).toEqual(detailOf(design, good, ALL));
  });

  it('tells of a watched key that nobody had asked for before the window', () => {
    const [first] = eventsOf(detail({ from: 0, to: 300_000, sample: 'all', key: -1 })).filter(
      (row) => column(row, EVENT.key) > 0,
    );
    const key = column(first ?? [], EVENT.key);
    const watched = detail({ from: 0, to: 300_000, sample: 1, key, keyInFull: true });
    expect(eventsOf(watched).some((row) => row.join() === first?.join())).toBe(true);
  });

  it('is the same however a longer window is cut', () => {
    const whole = eventsOf(detail());
    const parts = [...eventsOf(detail({ to: 500_000 })), ...eventsOf(detail({ from: 500_000, to: 700_000 }))];
    expect(texts(parts)).toEqual(texts(whole));
  });

  it('has nothing in it from before or after', () => {
    const reading = detail();
    for (const row of eventsOf(reading)) {
      expect(column(row, EVENT.time)).toBeGreaterThanOrEqual(ALL.from);
      expect(column(row, EVENT.time)).toBeLessThan(ALL.to);
    }
    for (const row of hopsOf(reading)) {
      expect(column(row, HOP.sentAt)).toBeLessThan(ALL.to);
      expect(column(row, HOP.arrivesAt)).toBeGreaterThanOrEqual(ALL.from);
    }
  });

  it('is sorted by time', () => {
    const { hops, events, levels } = detail();
    for (const [array, width] of [
      [hops, HOP_WIDTH],
      [events, EVENT_WIDTH],
      [levels, LEVEL_WIDTH],
    ] as const) {
      const times = rowsOf(array, width).map((row) => column(row, 0));
      expect(times.length).toBeGreaterThan(100);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
  });

  it('is cut short at its limit, and says where', () => {
    const many = aSmallDesign({ 'workload.gets': '150000/s', duration: '1s' });
    const reading = detail({ from: 0, to: 1_000_000 }, undefined, many);
    expect(reading.truncated).toBe(true);
    expect(reading.to).toBeLessThan(1_000_000);
    expect(column(eventsOf(reading).at(-1) ?? [], EVENT.time)).toBeLessThan(reading.to);
  });

  it('holds no more than its limit of what was under way when it began', () => {
    const reading = detail({ from: 400_000, to: 400_001 }, undefined, aCrowdedDesign());
    expect(reading.truncated).toBe(true);
    // What leaves within that microsecond comes on top.
    expect(hopsOf(reading).length).toBeLessThan(DETAIL_ROWS_LIMIT + 10);
  });
});

describe('looking closely', () => {
  it('changes nothing: a run that was recorded ends like one that was not', () => {
    for (const oneIn of [1, 7]) {
      const run = Run.start(design);
      run.advance(200_000);
      const { events } = record(run.world, { oneIn, focus: new Set([5]), key: 0, session: 3 });
      expect(renderingOf(run)).toEqual(render(design));
      expect(events.count).toBeGreaterThan(0);
    }
  });

  it('shows of a sample what it shows of all', () => {
    const all = detail();
    const some = detail({ sample: 40, key: -1 });
    expect(some.oneIn).toBeGreaterThan(5);
    const [hops, events] = [new Set(texts(hopsOf(all))), new Set(texts(eventsOf(all)))];
    expect(texts(hopsOf(some)).filter((hop) => !hops.has(hop))).toEqual([]);
    expect(texts(eventsOf(some)).filter((event) => !events.has(event))).toEqual([]);
    const operations = new Set(hopsOf(some).map((row) => column(row, HOP.operation)));
    expect(operations.size).toBeGreaterThan(10);
    // Of an operation that is in the sample, everything is.
    for (const operation of operations) {
      const hopsIn = (reading: DetailReading) =>
        hopsOf(reading).filter((row) => column(row, HOP.operation) === operation).length;
      expect(hopsIn(some)).toBe(hopsIn(all));
    }
  });

  it('shows an operation or a key that was asked for, whatever the sample', () => {
    const all = detail();
    const operation = column(
      eventsOf(all).find((row) => column(row, EVENT.time) > 500_000) ?? [],
      EVENT.operation,
    );
    const focused = detail({ sample: 1, focus: [operation], key: -1 });
    const own = (reading: DetailReading) =>
      texts(eventsOf(reading).filter((row) => column(row, EVENT.operation) === operation));
    expect(own(focused)).toEqual(own(all));
    const ofKey = (reading: DetailReading) =>
      texts(hopsOf(reading).filter((row) => column(row, HOP.key) === 0));
    expect(ofKey(detail({ sample: 1, key: 0, keyInFull: true }))).toEqual(ofKey(all));
  });

  it('shows of a watched key every change, and of nobody outside the sample anything else', () => {
    const changesOf = (reading: DetailReading, key: number) =>
      texts(
        eventsOf(reading).filter(
          (row) => column(row, EVENT.key) === key && CHANGES.has(EVENTS[column(row, EVENT.type)] ?? 'hit'),
        ),
      );
    const watched = detail({ sample: 1, key: 0 });
    const unwatched = detail({ sample: 1, key: -1 });
    expect(changesOf(watched, 0).length).toBeGreaterThan(changesOf(unwatched, 0).length + 10);
    expect(changesOf(watched, 0)).toEqual(changesOf(detail(), 0));
    expect(texts(hopsOf(watched))).toEqual(texts(hopsOf(unwatched)));
    const changes = new Set(changesOf(watched, 0));
    expect(texts(eventsOf(watched)).filter((event) => !changes.has(event))).toEqual(
      texts(eventsOf(unwatched)).filter((event) => !changes.has(event)),
    );
  });
});

describe('a followed session', () => {
  it('has every message and every event of its operations in, whatever the sample, and no other’s are named', () => {
    const started = (reading: DetailReading, session: number) =>
      eventsOf(reading)
        .filter((row) => EVENTS[column(row, EVENT.type)] === 'startOperation')
        .filter((row) => column(row, EVENT.extra) === session)
        .map((row) => column(row, EVENT.operation));
    const all = detail({ key: -1 });
    const followed = detail({ sample: 1, key: -1, session: 2 });
    const own = started(all, 2);
    expect(own.length).toBeGreaterThan(20);
    expect(followed.ofSession).toEqual(expect.arrayContaining(own));
    const of = (reading: DetailReading) =>
      texts(hopsOf(reading).filter((row) => followed.ofSession.includes(column(row, HOP.operation))));
    expect(of(followed)).toEqual(of(all));
    const strangers = [0, 1, 3, 4, 5].flatMap((session) => started(all, session));
    expect(followed.ofSession.filter((operation) => strangers.includes(operation))).toEqual([]);
  });

  it('is nobody where none is asked for', () => {
    expect(detail().ofSession).toEqual([]);
  });
});

describe('the hops of a healthy operation', () => {
  const healthy = detail({ from: 0, to: 1_000_000 }, undefined, aSmallDesign({ 'cache.timeout': 'off' }));
  const GET = MESSAGES.indexOf('get');

  it('form a chain: every answer leaves whom the request reached, after it did', () => {
    const requests = new Map<number, number[]>();
    let answers = 0;
    for (const hop of hopsOf(healthy)) {
      const call = column(hop, HOP.call);
      if (column(hop, HOP.answer) === 0) {
        expect(requests.has(call)).toBe(false);
        requests.set(call, hop);
        continue;
      }
      const request = requests.get(call) ?? [];
      answers++;
      expect(column(hop, HOP.from)).toBe(column(request, HOP.to));
      expect(column(hop, HOP.to)).toBe(column(request, HOP.from));
      expect(column(hop, HOP.sentAt)).toBeGreaterThanOrEqual(column(request, HOP.arrivesAt));
      expect(column(hop, HOP.operation)).toBe(column(request, HOP.operation));
      expect(column(hop, HOP.message)).toBe(column(request, HOP.message));
    }
    expect(answers).toBeGreaterThan(1000);
  });

  it('lead from the client and back to it, and take the time that the operation takes', () => {
    const byOperation = new Map<number, number[][]>();
    for (const hop of hopsOf(healthy)) {
      const operation = column(hop, HOP.operation);
      byOperation.set(operation, [...(byOperation.get(operation) ?? []), hop]);
    }
    const ends = new Map(
      eventsOf(healthy)
        .filter((row) => EVENTS[column(row, EVENT.type)] === 'endOperation')
        .map((row) => [column(row, EVENT.operation), column(row, EVENT.time)]),
    );
    expect(ends.size).toBeGreaterThan(500);
    for (const [operation, end] of ends) {
      const hops = byOperation.get(operation) ?? [];
      const [first] = hops;
      const last = hops.find((hop) => column(hop, HOP.answer) === 1 && column(hop, HOP.to) === 0);
      expect(column(first ?? [], HOP.from)).toBe(0);
      expect(column(last ?? [], HOP.arrivesAt)).toBe(end);
      if (column(first ?? [], HOP.message) === GET) expect(hops.length).toBeLessThanOrEqual(6);
    }
  });

  it('are never lost', () => {
    expect(hopsOf(healthy).filter((hop) => (column(hop, HOP.flags) & HOP_FLAGS.lost) !== 0)).toEqual([]);
  });
});
