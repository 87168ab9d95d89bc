import { afterEach, describe, expect, it } from 'vitest';
import { seedDesign } from '../../src/design/design.ts';
import { createClient, type Done, type EngineClient } from '../../src/worker/client.ts';
import type { Progress } from '../../src/worker/protocol.ts';
import { fakeEngine } from '../support/fakeEngine.ts';
import { portTo } from '../support/lines.ts';

const design = { ...seedDesign, duration: 6_000_000 };
let client: EngineClient | undefined;

afterEach(() => {
  client?.dispose();
});

/** Renders through the port until the end, with all of its progress. */
function rendered(
  through: EngineClient,
  seed: number,
): Promise<{ id: number; end: Done; parts: Progress[] }> {
  return new Promise((resolve, reject) => {
    const parts: Progress[] = [];
    const id: number = through.render(
      { ...design, seed },
      {
        progress: (part) => parts.push(part),
        done: (end) => {
          resolve({ id, end, parts });
        },
        failed: (message) => {
          reject(new Error(message));
        },
      },
    );
  });
}

describe('page and engine, through a message port', () => {
  it('render a run whose readings arrive whole', async () => {
    client = createClient(portTo(fakeEngine()), () => undefined);
    const { end, parts } = await rendered(client, 1);
    expect(end.summary.seed).toBe(1);
    expect(parts.at(-1)?.renderedTo).toBe(design.duration);
    const last = parts.at(-1);
    expect((last?.fromBucket ?? 0) + (last?.series.buckets ?? 0)).toBe(60);
  });

  it('a newer design takes over from an older one', async () => {
    client = createClient(portTo(fakeEngine()), () => undefined);
    void rendered(client, 1);
    const { end } = await rendered(client, 2);
    expect(end.summary.seed).toBe(2);
  });

  it('a window that is asked for twice is given twice: what was handed over is a copy', async () => {
    client = createClient(portTo(fakeEngine()), () => undefined);
    const { id } = await rendered(client, 1);
    const request = { from: 0, to: 1000, sample: 'all' as const, focus: [], key: -1 };
    for (let i = 0; i < 2; i++) {
      const answer = await client.detail(id, request).result;
      expect(answer.ok && answer.value.hops.length).toBe(11);
    }
  });

  it('measure a curve, tell what was found so far, and give all of it in the end', async () => {
    const engine = fakeEngine();
    client = createClient(
      portTo(engine, () => engine.now),
      () => undefined,
    );
    const shares: number[] = [];
    const question = { instants: [0, 5000], trials: 40 };
    const { result } = client.visibility(design, question, (_reading, share) => shares.push(share));
    const answer = await result;
    expect(answer.ok && answer.value.points.map(({ afterMs, trials }) => [afterMs, trials])).toEqual([
      [0, 40],
      [5, 40],
    ]);
    expect(shares.length).toBeGreaterThan(0);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.every((share) => share < 1)).toBe(true);
  });

  it('a newer question about the curve takes the place of an older one, and it can be cancelled', async () => {
    client = createClient(portTo(fakeEngine()), () => undefined);
    const ask = (trials: number) => client?.visibility(design, { instants: [0], trials }, () => undefined);
    const [older, newer] = [ask(10), ask(20)];
    expect(await older?.result).toEqual({ ok: false, error: 'cancelled' });
    expect(await newer?.result).toMatchObject({ ok: true, value: { points: [{ trials: 20 }] } });
    const given = ask(30);
    given?.cancel();
    expect(await given?.result).toEqual({ ok: false, error: 'cancelled' });
  });

  it('a curve that cannot be measured says why, and the next one can', async () => {
    const engine = fakeEngine();
    engine.throwsAt = 0;
    client = createClient(portTo(engine), () => undefined);
    const ask = () => client?.visibility(design, { instants: [0], trials: 10 }, () => undefined).result;
    expect(await ask()).toEqual({ ok: false, error: 'the wheel came off' });
    engine.throwsAt = Number.POSITIVE_INFINITY;
    expect(await ask()).toMatchObject({ ok: true });
  });

  it('an exception in the engine is the reason of the failure', async () => {
    const engine = fakeEngine();
    engine.throwsAt = 1_000_000;
    client = createClient(portTo(engine), () => undefined);
    await expect(rendered(client, 1)).rejects.toThrow('the wheel came off');
  });
});
