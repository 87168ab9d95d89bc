import { expect, it, vi } from 'vitest';
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import { EVENT_LIMIT } from '../../src/engine/limits.ts';
import { Run } from '../../src/engine/run.ts';
import { summarise } from '../../src/engine/summarise.ts';
import { aDesign } from '../support/designs.ts';
import { aCrowdedDesign } from '../support/engineRuns.ts';

/** Five PUTs and five GETs a second, the last of them a tenth of a second before the end. */
const QUIET = {
  duration: '2s',
  'workload.puts': '5/s',
  'workload.gets': '5/s',
  'workload.readBack': '0',
  'workload.arrivals': 'even',
};

it.each(['1.9s', '20s', '600s', 'off'])(
  'a run of which nothing is under way when its duration is over ends there, with a TTL of %s',
  (ttl) => {
    const run = Run.start(aDesign({ ...QUIET, 'cache.ttl': ttl, fault: 'cache-1:flush@5s' }));
    run.advance(2_000_000);
    expect([run.done, run.now]).toEqual([true, 2_000_000]);
    const { put, get, cache } = summarise(run);
    expect([put.ok, get.ok]).toEqual([10, 10]);
    // Of those that live for 1.9 s, the first ones only end before the run does.
    if (ttl !== '1.9s') expect(cache.expirations).toBe(0);
  },
);

it('goes on past its duration until every client has its end', () => {
  const run = Run.start(aDesign({ ...QUIET, 'app.service': 'const:150ms' }));
  run.advance(2_000_000);
  expect(run.done).toBe(false);
  run.advance(10_000_000);
  expect(run.done).toBe(true);
  expect(run.now).toBeGreaterThan(2_000_000);
  expect(run.now).toBeLessThan(2_200_000);
  expect(summarise(run).get).toMatchObject({ attempted: 10, ok: 10 });
});

it.each<[string, Record<string, string>, number]>([
  ['waits', { 'client.timeout': '600s', 'client.retries': '3' }, 2147.483_646],
  ['retries', { 'client.timeout': '1s', 'client.retries': '10', 'client.backoff': 'const:3s' }, 2147.483_646],
  ['patience', { 'client.timeout': '600s', 'client.retries': '2', 'client.backoff': 'const:0s' }, 1801.9],
])('nobody is forgotten whose %s go on to the end of time', (_what, client, end) => {
  const run = Run.start(
    aDesign({ ...QUIET, ...client, 'client.retryBudget': 'off', fault: 'client-app:partition@0s' }),
  );
  run.advance(HORIZON);
  const { put, get, availability, stopped } = summarise(run);
  expect([put.attempted, put.unknown, get.attempted, get.failed]).toEqual([10, 10, 10, 10]);
  expect(availability).toBe(0);
  expect(run.now / 1e6).toBe(end);
  expect(stopped).toBe(end > 2000 ? `the last instant there is, ${end}s` : undefined);
});

it('a run that a limit ends was as long as it got', () => {
  const run = Run.start(aCrowdedDesign());
  run.advance(HORIZON);
  const { stopped, simulatedSeconds } = summarise(run);
  // Four millions of messages in some 1.8 s.
  expect(simulatedSeconds).toBeCloseTo(4e6 / 11 / 200_000, 1);
  expect(stopped).toBe(`4 million messages alive at once, at ${simulatedSeconds}s`);
});

it('a run ends with as many events as it may have, in one go and in slices', () => {
  const ends = [HORIZON, 10_000].map((slice) => {
    const run = Run.start(aDesign({ duration: '1s' }));
    const before = EVENT_LIMIT - 20_000;
    vi.spyOn(run.world, 'events', 'get').mockImplementation(() => before + run.world.digest.events);
    for (let to = slice; !run.done; to = Math.min(HORIZON, to + slice)) run.advance(to);
    const { stopped, events, digest } = summarise(run);
    expect([stopped, events]).toEqual([`2 billion events, at ${run.now / 1e6}s`, EVENT_LIMIT]);
    return [run.now, digest];
  });
  expect(ends[0]).toEqual(ends[1]);
});
