/**
 * What a window of a run comes to, against a second reckoning from the raw detail of every operation: their latencies as a
 * sorted list, hits and misses one by one, violations by their instants.
 */
import { describe, expect, it, vi } from 'vitest';
import {
  EVENT,
  EVENT_WIDTH,
  EVENTS,
  HOP,
  HOP_WIDTH,
  MESSAGES,
  VIOLATION,
  VIOLATION_KINDS,
  VIOLATION_WIDTH,
  type EventType,
  type ViolationKind,
} from '../../src/design/readings.ts';
import { detailOf } from '../../src/engine/detail.ts';
import { ExcerptSource, excerptOf } from '../../src/engine/excerpt.ts';
import type { Window } from '../../src/design/window.ts';
import { Film } from '../../src/engine/film.ts';
import type { Checkpoint } from '../../src/engine/kernel/archive.ts';
import { EVENT_LIMIT } from '../../src/engine/limits.ts';
import { Run } from '../../src/engine/run.ts';
import { Seeker } from '../../src/engine/seeker.ts';
import type { ExcerptReading } from '../../src/engine/summary.ts';
import { aSmallDesign, render } from '../support/engineRuns.ts';

const design = aSmallDesign({
  'cache.timeout': '8ms',
  'store.w': '1',
  fault: [
    'cache-1:slow:1000@450ms-700ms',
    'replication:delay:100ms@800ms-1s',
    'shard-1.leader:crash@900ms-1400ms',
    'shard-2.leader:crash@950ms-1400ms',
    'cache-2:drop:20%@1500ms-1700ms',
    'app-store:drop:20%@1500ms-1700ms',
  ],
});
const END = design.duration;

/** On bucket edges and off them, short and long, around the faults, empty of events, up to the end. */
const WINDOWS: readonly Window[] = [
  { from: 0, to: 100_000 },
  { from: 0, to: END },
  { from: 450_000, to: 700_000 },
  { from: 333_333, to: 987_654 },
  { from: 899_999, to: 900_001 },
  { from: 1_000_000, to: 1_000_001 },
  { from: 1_234_567, to: END },
];

function excerpt(span: Window): ExcerptReading {
  const reading = excerptOf(design, span);
  if (!reading.ok) throw new Error(reading.error);
  return reading.value;
}

/** Everything that happened, once: operations with their ends, and events by kind. */
function everything() {
  const reading = detailOf(design, undefined, { from: 0, to: END + 1, sample: 'all', focus: [], key: -1 });
  if (!reading.ok || reading.value.truncated) throw new Error('the whole small run can be told');
  const { events, hops } = reading.value;
  const isPut = new Map<number, boolean>();
  for (let o = 0; o < hops.length; o += HOP_WIDTH) {
    const operation = hops[o + HOP.operation] ?? -1;
    // The first message of an operation is its client's request.
    if (!isPut.has(operation)) isPut.set(operation, MESSAGES[hops[o + HOP.message] ?? -1] === 'put');
  }
  const began = new Map<number, number>();
  const ends: { time: number; latency: number; put: boolean; ending: number }[] = [];
  const times = Object.fromEntries(EVENTS.map((type) => [type, [] as number[]])) as Record<
    EventType,
    number[]
  >;
  for (let o = 0; o < events.length; o += EVENT_WIDTH) {
    const [time, type, operation] = [EVENT.time, EVENT.type, EVENT.operation].map(
      (c) => events[o + c] ?? -1,
    ) as [number, number, number];
    const name = EVENTS[type];
    if (name !== undefined) times[name].push(time);
    if (name === 'startOperation' && !began.has(operation)) began.set(operation, time);
    if (name === 'endOperation')
      ends.push({
        time,
        latency: time - (began.get(operation) ?? NaN),
        put: isPut.get(operation) === true,
        ending: events[o + EVENT.extra] ?? -1,
      });
  }
  return { ends, times };
}

const { ends, times } = everything();
/** An operation that ends at the first edge is in, one that ends at the last is not. */
const ON_EVENTS: Window = { from: ends[300]?.time ?? NaN, to: ends[301]?.time ?? NaN };
const { violations, summary } = render(design);

const within =
  ({ from, to }: Window) =>
  (time: number) =>
    time >= from && time < to;

function violationsIn(span: Window, kind: ViolationKind): number {
  let count = 0;
  for (let o = 0; o < violations.length; o += VIOLATION_WIDTH)
    if (
      VIOLATION_KINDS[violations[o + VIOLATION.kind] ?? -1] === kind &&
      within(span)(violations[o + VIOLATION.time] ?? -1)
    )
      count++;
  return count;
}

const KINDS: readonly ViolationKind[] = [
  'readYourWrites',
  'monotonicReads',
  'staleRead',
  'dirtyRead',
  'lostAckedWrite',
  'storeRegression',
];

/** The nearest-rank quantile of a list. */
const rankOf = (sorted: readonly number[], p: number) => sorted[Math.ceil(p * sorted.length) - 1] ?? 0;

describe('an excerpt', () => {
  it.each([...WINDOWS, ON_EVENTS])(
    'of $from to $to has the operations that end in it, by how they ended',
    (span) => {
      const reading = excerpt(span);
      for (const [kind, put] of [
        ['put', true],
        ['get', false],
      ] as const) {
        const own = ends.filter((end) => end.put === put && within(span)(end.time));
        const ended = (ending: number) => own.filter((end) => end.ending === ending).length;
        expect(reading[kind]).toMatchObject({
          attempted: own.length,
          ok: ended(0),
          failed: ended(1),
          unknown: ended(2),
        });
        const latencies = own.map(({ latency }) => latency).sort((a, b) => a - b);
        const sum = latencies.reduce((all, latency) => all + latency, 0);
        expect(reading[kind].meanMs).toBeCloseTo(own.length === 0 ? 0 : sum / own.length / 1000, 9);
        for (const [key, p] of [
          ['p50Ms', 0.5],
          ['p90Ms', 0.9],
          ['p99Ms', 0.99],
          ['p999Ms', 0.999],
        ] as const) {
          const exact = rankOf(latencies, p) / 1000;
          expect(Math.abs(reading[kind][key] - exact)).toBeLessThanOrEqual(0.004 * exact);
        }
      }
    },
  );

  it.each([...WINDOWS, ON_EVENTS])(
    'of $from to $to has the hits, misses and violations that happened in it',
    (span) => {
      const { cache, consistency } = excerpt(span);
      expect(cache.hits).toBe(times.hit.filter(within(span)).length);
      expect(cache.misses).toBe(times.miss.filter(within(span)).length);
      const found: Partial<Record<ViolationKind, number>> = {
        readYourWrites: consistency.readYourWrites.violations,
        monotonicReads: consistency.monotonicReads.violations,
        staleRead: consistency.stale.reads,
        dirtyRead: consistency.dirtyReads,
        lostAckedWrite: consistency.lostAckedWrites,
        storeRegression: consistency.storeRegressions,
      };
      for (const kind of KINDS) expect([kind, found[kind]]).toEqual([kind, violationsIn(span, kind)]);
    },
  );

  it('is of a run in which there is something of everything to count', () => {
    expect(summary.put.unknown).toBeGreaterThan(0);
    expect(summary.get.failed).toBeGreaterThan(0);
    const found = KINDS.filter((kind) => violationsIn({ from: 0, to: END }, kind) > 0);
    expect(found).toEqual(KINDS);
  });

  it('says the same of a window as of its parts together', () => {
    const cuts = [0, 1, 250_000, 450_000, 777_777, 1_300_000, END];
    const parts = cuts.slice(1).map((to, i) => excerpt({ from: cuts[i] ?? 0, to }));
    const whole = excerpt({ from: 0, to: END });
    const sum = (read: (reading: ExcerptReading) => number) =>
      parts.reduce((all, part) => all + read(part), 0);
    for (const read of [
      ({ put }: ExcerptReading) => put.attempted,
      ({ readBack }: ExcerptReading) => readBack.attempted,
      ({ cache }: ExcerptReading) => cache.timeouts,
      ({ cache }: ExcerptReading) => cache.fallbacks,
      ({ store }: ExcerptReading) => store.writes,
      ({ store }: ExcerptReading) => store.reads,
      ({ consistency }: ExcerptReading) => consistency.readYourWrites.checked,
    ]) {
      expect(sum(read)).toBe(read(whole));
      expect(read(whole)).toBeGreaterThan(0);
    }
  });

  it('of a whole run that drains nothing is its summary', () => {
    // The last of forty GETs begins 25 ms before the end.
    const quiet = aSmallDesign({
      'workload.puts': '0/s',
      'workload.gets': '20/s',
      'workload.arrivals': 'even',
      'workload.readBack': '0%',
    });
    const { put, get, cache, consistency, store, availability } = render(quiet).summary;
    const reading = excerptOf(quiet, { from: 0, to: quiet.duration });
    expect(reading).toMatchObject({ ok: true, value: { put, get, availability } });
    expect(reading).toMatchObject({ ok: true, value: { cache: { hits: cache.hits, misses: cache.misses } } });
    expect(reading).toMatchObject({ ok: true, value: { store: { reads: store.reads } } });
    expect(reading).toMatchObject({
      ok: true,
      value: { consistency: { stale: { reads: consistency.stale.reads } } },
    });
    expect(get.attempted).toBeGreaterThan(0);
  });

  it('says which limit ended the run before the window did, and nothing of one that comes after', () => {
    const seeker = new Seeker(aSmallDesign({}));
    const placed = seeker.place(undefined, 0);
    if (!placed.ok) throw new Error(placed.error);
    const run = placed.value;
    vi.spyOn(run.world, 'events', 'get').mockImplementation(
      () => EVENT_LIMIT - 5_000 + run.world.digest.events,
    );
    const source = new ExcerptSource(seeker);
    const stopped = ([from, to]: readonly [number, number]) => {
      const reading = source.step({ from, to }, () => undefined, Infinity);
      if (!reading.ok || reading.value === undefined)
        throw new Error('a step without end reaches both edges');
      return reading.value.stopped;
    };
    expect(stopped([0, 10_000])).toBeUndefined();
    expect(run.done).toBe(false);
    const told = stopped([10_000, END]);
    expect(told).toBe(`2 billion events, at ${run.now / 1e6}s`);
    expect(stopped([END - 1, END])).toBe(told);
    expect(stopped([0, 10_000])).toBeUndefined();
  });

  it('is the same from any checkpoints, in steps of any size, and whoever moved the run meanwhile', () => {
    const kept: Checkpoint[] = [];
    const run = Run.start(design);
    for (let time = 0; time < END; time += 300_000) {
      run.advance(time);
      kept.push(run.checkpoint(kept.at(-1)));
    }
    const nearest = (time: number) => kept.findLast((checkpoint) => checkpoint.time < time);
    const seeker = new Seeker(design);
    const source = new ExcerptSource(seeker);
    let steps = 0;
    for (const stepUs of [20_000, Infinity]) {
      for (const span of WINDOWS) {
        for (let disturbed = false; ;) {
          const reading = source.step(span, nearest, stepUs);
          if (!reading.ok) throw new Error(reading.error);
          if (reading.value !== undefined) {
            expect(reading.value).toEqual(excerpt(span));
            break;
          }
          steps++;
          if (!disturbed && steps % 9 === 0) {
            // Somebody looks at another window in between.
            disturbed = true;
            seeker.place(nearest(600_000), 600_000);
            seeker.advance(600_000);
          }
        }
      }
    }
    expect(steps).toBeGreaterThan(30);
  });

  it('come to the same in the memory of a run that was rendered to its end, which writes no film for them', () => {
    const kept: Checkpoint[] = [];
    const run = Run.start(design);
    const film = new Film(design);
    run.film(film);
    for (let time = 0; time < END; time += 300_000) {
      run.advance(time);
      kept.push(run.checkpoint(kept.at(-1)));
    }
    run.advance(Infinity);
    const { length } = film;
    let spare: Run | undefined = run;
    const seeker = new Seeker(design, () => {
      const given = spare;
      spare = undefined;
      return given;
    });
    const source = new ExcerptSource(seeker);
    const nearest = (time: number) => kept.findLast((checkpoint) => checkpoint.time < time);
    for (const span of [...WINDOWS].reverse()) {
      const reading = source.step(span, nearest, Infinity);
      expect(reading).toEqual({ ok: true, value: excerpt(span) });
    }
    expect(spare).toBeUndefined();
    expect(film.length).toEqual(length);
  });
});
