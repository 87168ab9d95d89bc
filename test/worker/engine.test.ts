import { afterEach, describe, expect, it } from 'vitest';
import { seedDesign, type Design } from '../../src/design/design.ts';
import { HOP, HOP_WIDTH, SYSTEM, SYSTEM_WIDTH } from '../../src/design/readings.ts';
import { detailOf } from '../../src/engine/detail.ts';
import { divergence } from '../../src/engine/divergence.ts';
import { excerptOf } from '../../src/engine/excerpt.ts';
import { renderToEnd } from '../../src/engine/render.ts';
import { resume } from '../../src/engine/resume.ts';
import { Run } from '../../src/engine/run.ts';
import { summarise } from '../../src/engine/summarise.ts';
import { visibilityOf } from '../../src/engine/visibility.ts';
import { createClient, type Done, type EngineClient } from '../../src/worker/client.ts';
import { CurveWork } from '../../src/worker/handle-curve.ts';
import { excerptWork } from '../../src/worker/handle-excerpt.ts';
import { detailWork } from '../../src/worker/handle-detail.ts';
import type { Engine } from '../../src/worker/handle-engine.ts';
import type { Progress } from '../../src/worker/protocol.ts';
import { portTo } from '../support/lines.ts';

const SECOND = 1_000_000;
const engine: Engine<Run> = {
  start: (design) => Run.start(design),
  resume: (design, checkpoint) => resume(design, checkpoint),
  divergence,
  summarise: (run) => Promise.resolve(summarise(run)),
  details: detailWork,
  excerpts: excerptWork,
  curves: (world) => new CurveWork(world),
};

/** The seed's design at a tenth of its rates, for seven seconds. */
const design: Design = {
  ...seedDesign,
  duration: 7 * SECOND,
  workload: { ...seedDesign.workload, puts: 250, gets: 2500 },
};
const slowed: Design = {
  ...design,
  faults: [{ kind: 'slow', at: 5 * SECOND, for: SECOND, target: 'cache-1', factor: 20 }],
};

let client: EngineClient | undefined;
afterEach(() => {
  client?.dispose();
});

function aClient(): EngineClient {
  client = createClient(portTo(engine), () => undefined);
  return client;
}

function rendered(
  through: EngineClient,
  given: Design,
): Promise<{ id: number; end: Done; parts: Progress[] }> {
  return new Promise((resolve, reject) => {
    const parts: Progress[] = [];
    const id: number = through.render(given, {
      progress: (part) => parts.push(part),
      done: (end) => {
        resolve({ id, end, parts });
      },
      failed: (message) => {
        reject(new Error(message));
      },
    });
  });
}

/** PUTs and GETs started, bucket by bucket, from the parts of a run's progress. */
function started(parts: readonly Progress[]): number[] {
  const all: number[] = [];
  for (const { fromBucket, series } of parts) {
    for (let b = 0; b < series.buckets; b++) {
      const row = b * SYSTEM_WIDTH;
      all[fromBucket + b] =
        (series.system[row + SYSTEM.putsStarted] ?? 0) + (series.system[row + SYSTEM.getsStarted] ?? 0);
    }
  }
  return all;
}

/** The messages of its film, number by number, from the parts of a run's progress. */
function filmOf(parts: readonly Progress[]): number[] {
  const all: number[] = [];
  for (const { film } of parts) {
    expect(film.from.hops * HOP_WIDTH).toBe(all.length);
    all.push(...film.hops);
  }
  return all;
}

describe('the engine behind a message port', () => {
  it('measures the same curve in slices, beside a run, as in one go', async () => {
    const through = aClient();
    const short = { ...design, duration: SECOND };
    const question = { instants: [0, 5000], trials: 200 };
    const run = rendered(through, short);
    const curve = through.visibility(short, question, () => undefined);
    await run;
    expect(await curve.result).toEqual({ ok: true, value: visibilityOf(short, question) });
  });

  it('renders the same run in slices as in one go', async () => {
    const { end, parts } = await rendered(aClient(), design);
    expect(end.summary).toEqual(renderToEnd(design));
    expect(started(parts)).toHaveLength(70);
    const { put, get } = end.summary;
    expect(started(parts).reduce((sum, count) => sum + count, 0)).toBe(put.attempted + get.attempted);
    const tails = parts.map((part) => part.tails);
    expect(tails.at(-1)).toEqual({ get: 1000 * get.p99Ms, put: 1000 * put.p99Ms });
    expect(new Set(tails.map((each) => each.put)).size).toBeGreaterThan(1);
  });

  it('renders an edited run from a checkpoint the same as from its beginning', async () => {
    const through = aClient();
    await rendered(through, design);
    const { end, parts } = await rendered(through, slowed);
    expect(end.resumedFrom).toBeGreaterThan(0);
    expect(end.summary).toEqual(renderToEnd(slowed));
    expect(parts[0]?.fromBucket).toBe(0);
    expect(started(parts)).toHaveLength(70);
    const back = await rendered(through, design);
    expect(back.end.summary).toEqual(renderToEnd(design));
  });

  it('films an edited run from a checkpoint the same as from its beginning', async () => {
    const through = aClient();
    await rendered(through, design);
    const edited = filmOf((await rendered(through, slowed)).parts);
    expect(edited.length).toBeGreaterThan(1000);
    expect(edited).toEqual(filmOf((await rendered(aClient(), slowed)).parts));
    expect(edited).not.toEqual(filmOf((await rendered(aClient(), design)).parts));
  });

  it('gives verdicts anew for another contract, without a run', async () => {
    const through = aClient();
    await rendered(through, design);
    const { end } = await rendered(through, { ...design, contract: { ...design.contract, getP99: 1000 } });
    expect(end.resumedFrom).toBeGreaterThanOrEqual(6 * SECOND);
    expect(end.summary.contract.find(({ line }) => line === 'getP99')?.holds).toBe(false);
    expect(end.summary.digest).toBe(renderToEnd(design).digest);
  });

  it('gives the same window from whichever checkpoint it is taken', async () => {
    const request = { from: 4_500_000, to: 4_520_000, sample: 'all' as const, focus: [], key: 0 };
    const through = aClient();
    const { id } = await rendered(through, design);
    const early = await through.detail(id, request).result;
    const fresh = detailOf(design, undefined, request);
    expect(early).toEqual(fresh);
    if (!early.ok) throw new Error(early.error);
    const { hops, levels, held } = early.value;
    expect(hops.length).toBeGreaterThan(0);
    expect(levels.length).toBeGreaterThan(0);
    expect(held).toHaveLength(13);
    for (let at = 0; at < hops.length; at += HOP_WIDTH) {
      expect(hops[at + HOP.sentAt]).toBeLessThanOrEqual(request.to);
      expect(hops[at + HOP.arrivesAt]).toBeGreaterThanOrEqual(request.from);
    }
  });

  it('gives the same window when the run goes through it as when it is rendered for it alone', async () => {
    const request = { from: 4_987_654, to: 5_020_000, sample: 'all' as const, focus: [], key: 0 };
    const through = aClient();
    const rendering = rendered(through, slowed);
    const passing = await through.detail(1, request).result;
    const { end } = await rendering;
    expect(passing).toEqual(detailOf(slowed, undefined, request));
    expect(passing.ok && passing.value.hops.length).toBeGreaterThan(0);
    expect(end.summary).toEqual(renderToEnd(slowed));
  });

  it('reckons the same excerpt beside a run and after it as in one go', async () => {
    const span = { from: 1_234_567, to: 4_321_000 };
    const through = aClient();
    const rendering = rendered(through, design);
    const shares: number[] = [];
    // The first run of a client is number 1.
    const beside = await through.excerpt(1, span, (share) => shares.push(share)).result;
    const { id } = await rendering;
    expect(beside).toEqual(excerptOf(design, span));
    expect(await through.excerpt(id, span, () => undefined).result).toEqual(beside);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });
});
