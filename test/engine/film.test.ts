import { describe, expect, it } from 'vitest';
import type { Design } from '../../src/design/design.ts';
import { EVENT, EVENTS, HOP } from '../../src/design/readings.ts';
import { FILMED_LIMIT, FILMED_PER_SECOND } from '../../src/design/sampling.ts';
import { detailOf } from '../../src/engine/detail.ts';
import { Film } from '../../src/engine/film.ts';
import { resume } from '../../src/engine/resume.ts';
import { Run } from '../../src/engine/run.ts';
import { aDesign } from '../support/designs.ts';
import { renderingOf, render } from '../support/engineRuns.ts';
import { eventsOf, hopsOf } from '../support/rows.ts';

const END = 1_500_000;
const NOTHING = { hops: 0, events: 0 };
/** Replicas that copy, timeouts of cache and clients, and lost messages. */
const design = aDesign({
  duration: '1500ms',
  'client.timeout': '100ms',
  fault: [
    'cache-1:slow:60@300ms-700ms',
    'shard-1.leader:drop:0.3@500ms-900ms',
    'client-app:drop:0.05@600ms-1s',
  ],
});

/** PUTs alone, each copied to six followers: a dozen messages and more. */
const MANY_COPIES = {
  'workload.puts': '180/s',
  'workload.gets': '0/s',
  'workload.keys': '1000',
  'store.rf': '7',
  'store.w': '4',
};

function filmed(of: Design, until: number): { run: Run; film: Film } {
  const [run, film] = [Run.start(of), new Film(of)];
  run.film(film);
  run.advance(until);
  return { run, film };
}

describe('the film of a run', () => {
  it('has the messages, beginnings and timeouts of the operations that a window at full speed holds', () => {
    const { film } = filmed(design, END);
    const detail = detailOf(design, undefined, {
      from: 0,
      to: END + 1,
      sample: FILMED_PER_SECOND,
      focus: [],
      key: -1,
    });
    if (!detail.ok) throw new Error(detail.error);
    const reading = film.read(NOTHING);
    expect(reading.oneIn).toBe(detail.value.oneIn);
    expect(hopsOf(reading).length).toBeGreaterThan(1000);
    expect(hopsOf(reading)).toEqual(hopsOf(detail.value));
    const kept = eventsOf(detail.value).filter((event) =>
      ['startOperation', 'timeout'].includes(EVENTS[event[EVENT.type] ?? -1] ?? ''),
    );
    const timeouts = kept.filter((event) => EVENTS[event[EVENT.type] ?? -1] === 'timeout');
    expect(new Set(timeouts.map((event) => event[EVENT.node] === 0))).toEqual(new Set([true, false]));
    expect(eventsOf(reading)).toEqual(kept);
  });

  it('goes on from a checkpoint as if nothing had been written past it', () => {
    const whole = filmed(design, END).film.read(NOTHING);
    const { run, film } = filmed(design, 600_000);
    const checkpoint = run.checkpoint();
    run.advance(1_100_000);
    film.cut(checkpoint.time);
    const resumed = resume(design, checkpoint);
    if (!resumed.ok) throw new Error(resumed.error);
    resumed.value.film(film);
    resumed.value.advance(END);
    expect(film.read(NOTHING)).toEqual(whole);
  });

  it('is told part by part', () => {
    const { run, film } = filmed(design, 700_000);
    const first = film.read(NOTHING);
    const { length } = film;
    run.advance(END);
    const second = film.read(length);
    expect(second.from).toEqual(length);
    expect([...hopsOf(first), ...hopsOf(second)]).toEqual(hopsOf(film.read(NOTHING)));
    expect([...eventsOf(first), ...eventsOf(second)]).toEqual(eventsOf(film.read(NOTHING)));
  });

  it('is full at its limit, and what it has by then is whole', () => {
    // Every operation is in the sample of a design that has so few of them; each has many messages.
    const few = aDesign({ ...MANY_COPIES, duration: '200s' });
    const { run, film } = filmed(few, 190_000_000);
    expect(film.oneIn).toBe(1);
    expect(film.length.hops).toBe(FILMED_LIMIT);
    const last = hopsOf(film.read({ ...NOTHING, hops: FILMED_LIMIT - 1 }))[0]?.[HOP.sentAt] ?? NaN;
    expect(last).toBeLessThan(run.now - 1_000_000);
    const detail = detailOf(few, undefined, {
      from: last - 500_000,
      to: last,
      sample: FILMED_PER_SECOND,
      focus: [],
      key: -1,
    });
    if (!detail.ok) throw new Error(detail.error);
    const since = (hops: number[][]) =>
      hops.filter(([sentAt = 0]) => sentAt >= last - 500_000 && sentAt < last);
    expect(since(hopsOf(film.read(NOTHING)))).toEqual(since(hopsOf(detail.value)));
  });

  it('is in order of time, so that it can be cut', () => {
    const sent = hopsOf(filmed(design, END).film.read(NOTHING)).map((hop) => hop[HOP.sentAt] ?? NaN);
    expect(sent).toEqual(sent.toSorted((a, b) => a - b));
  });

  it('changes nothing: a run that was filmed ends like one that was not', () => {
    const run = Run.start(design);
    run.film(new Film(design));
    expect(renderingOf(run)).toEqual(render(design));
  });
});
