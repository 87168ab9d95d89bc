/** The shape that Perfetto asks of a trace, on windows of real runs; what it rests on is said in the format's document. */
import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import { EVENT, EVENT_WIDTH, EVENTS, HOP, HOP_FLAGS, HOP_WIDTH } from '../../src/design/readings.ts';
import { nodesOf } from '../../src/design/nodes.ts';
import { detailOf } from '../../src/engine/detail.ts';
import { traceOf } from '../../src/replay/carry/trace.ts';
import type { TraceEvent } from '../../src/replay/carry/traceEvent.ts';
import { aDesign } from '../support/designs.ts';
import { aDetail } from '../support/details.ts';

const whole = z.int();
const named = {
  name: z.string().check(z.minLength(1)),
  pid: z.int().check(z.positive()),
  tid: whole,
  ts: whole,
};
const args = z.record(z.string(), z.union([z.string(), z.number()]));
const id = z.string();
const cat = z.string();
const event = z.discriminatedUnion('ph', [
  z.strictObject({ ...named, ph: z.literal('M'), args }),
  z.strictObject({ ...named, ph: z.literal('X'), cat, dur: z.int().check(z.nonnegative()), args }),
  z.strictObject({ ...named, ph: z.literal('b'), cat, id, args: z.optional(args) }),
  z.strictObject({ ...named, ph: z.literal('e'), cat, id, args: z.optional(args) }),
  z.strictObject({ ...named, ph: z.literal('s'), cat, id }),
  z.strictObject({ ...named, ph: z.literal('f'), cat, id, bp: z.literal('e') }),
  z.strictObject({ ...named, ph: z.literal('i'), cat, s: z.literal('t'), args }),
  z.strictObject({ ...named, ph: z.literal('C'), args: z.record(z.string(), z.number()) }),
]);
const trace = z.strictObject({
  traceEvents: z.array(event),
  displayTimeUnit: z.literal('ms'),
  otherData: z.record(z.string(), z.string()),
});

const WINDOWS = [
  { what: 'healthy traffic', from: 400_000, to: 410_000, faults: [] },
  {
    what: 'a slow cache node whose callers give up',
    from: 640_000,
    to: 650_000,
    faults: ['cache-1:slow:60@0.6s'],
  },
  { what: 'the crash of a leader', from: 595_000, to: 605_000, faults: ['shard-1.leader:crash@0.6s'] },
];

describe.each(WINDOWS)('the trace of $what', ({ from, to, faults }) => {
  const design = aDesign({ duration: '1s', fault: faults });
  const reading = detailOf(design, undefined, { from, to, sample: 'all', focus: [], key: -1 });
  if (!reading.ok) throw new Error(reading.error);
  const detail = reading.value;
  const whatIsWritten = JSON.stringify(traceOf(detail, design, '#/write-through'));
  const { traceEvents } = z.parse(trace, JSON.parse(whatIsWritten));
  const all = <P extends TraceEvent['ph']>(ph: P) =>
    traceEvents.filter((each): each is Extract<z.infer<typeof event>, { ph: P }> => each.ph === ph);

  it('names a process for every node, in their order', () => {
    const names = all('M').filter(({ name }) => name === 'process_name');
    expect(names.map(({ pid }) => pid)).toEqual(nodesOf(design).map((node) => node.id + 1));
    names.forEach((each, i) => expect(each.args['name']).toContain(nodesOf(design)[i]?.name));
  });

  it('has slices that lie inside each other or apart, never across', () => {
    /** By thread: where the slices end that are open, the innermost last. */
    const open = new Map<string, number[]>();
    for (const { pid, tid, ts, dur } of all('X').sort((a, b) => a.ts - b.ts || b.dur - a.dur)) {
      const ends = open.get(`${pid} ${tid}`) ?? [];
      open.set(`${pid} ${tid}`, ends);
      while ((ends.at(-1) ?? Infinity) <= ts) ends.pop();
      expect(ts + dur).toBeLessThanOrEqual(ends.at(-1) ?? Infinity);
      ends.push(ts + dur);
    }
  });

  it('has never more services at once on a node than it has servers', () => {
    const servers = new Map(
      nodesOf(design).map(({ id: node, tier }) => [
        node + 1,
        tier === 'clients' ? 0 : design[tier].concurrency,
      ]),
    );
    for (const { pid, tid } of all('X').filter(({ name }) => name === 'service'))
      expect(tid).toBeLessThanOrEqual(servers.get(pid) ?? 0);
  });

  it('has a service for every one that begins, and for every one that was under way', () => {
    const count = (type: string) => {
      let n = 0;
      for (let o = 0; o < detail.events.length; o += EVENT_WIDTH)
        if (EVENTS[detail.events[o + EVENT.type] ?? -1] === type) n++;
      return n;
    };
    const services = all('X').filter(({ name }) => name === 'service').length;
    expect(services).toBeGreaterThanOrEqual(Math.max(count('startService'), count('endService')));
    expect(services).toBeGreaterThan(100);
  });

  it('draws an arrow for every message that arrives, each end inside a slice of its thread', () => {
    const arrived = [];
    for (let o = 0; o < detail.hops.length; o += HOP_WIDTH)
      if (((detail.hops[o + HOP.flags] ?? 0) & HOP_FLAGS.lost) === 0) arrived.push(`hop-${o / HOP_WIDTH}`);
    expect(all('f').map((end) => end.id)).toEqual(arrived);
    const begun = new Set(all('s').map((start) => start.id));
    for (const end of all('f')) expect(begun).toContain(end.id);
    const slices = new Set(all('X').map(({ pid, tid, ts }) => `${pid} ${tid} ${ts}`));
    for (const { pid, tid, ts } of [...all('s'), ...all('f')])
      expect(slices).toContain(`${pid} ${tid} ${ts}`);
  });

  it('ends whatever begins, and not before', () => {
    const began = new Map<string, number>();
    for (const { id: of, ts } of all('b')) {
      expect(began.has(of), of).toBe(false);
      began.set(of, ts);
    }
    const ended = all('e');
    expect(ended).toHaveLength(began.size);
    for (const { id: of, ts } of ended) expect(ts).toBeGreaterThanOrEqual(began.get(of) ?? Infinity);
  });
});

describe('services in a trace', () => {
  const design = aDesign({ 'app.nodes': '1' });
  const servicesOf = (events: Parameters<typeof aDetail>[0]) =>
    traceOf(aDetail({ from: 100, to: 200, ...events }), design, '')
      .traceEvents.filter(({ name }) => name === 'service')
      .map(({ tid, ts, dur }) => ({ tid, ts, dur }));

  it('stand on the lowest server that is free, the ones under way first', () => {
    expect(
      servicesOf({
        events: [
          { time: 110, is: 'startService', node: 1, call: 2 },
          { time: 120, is: 'endService', node: 1, call: 2 },
          { time: 130, is: 'endService', node: 1, call: 1 },
          { time: 140, is: 'startService', node: 1, call: 3 },
        ],
      }),
    ).toEqual([
      { tid: 2, ts: 110, dur: 10 },
      { tid: 1, ts: 100, dur: 30 },
      { tid: 1, ts: 140, dur: 60 },
    ]);
  });

  it('end when their host loses them', () => {
    expect(
      servicesOf({
        events: [
          { time: 110, is: 'startService', node: 1, call: 2 },
          { time: 150, is: 'lose', node: 1, call: 2 },
        ],
      }),
    ).toEqual([{ tid: 1, ts: 110, dur: 40 }]);
  });
});
