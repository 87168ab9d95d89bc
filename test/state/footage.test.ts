import { describe, expect, it } from 'vitest';
import { err, ok } from '../../src/base/result.ts';
import { seedDesign } from '../../src/design/design.ts';
import type { DetailReading, DetailRequest } from '../../src/engine/readings.ts';
import { fetchFootage, windowIn, type Stretch } from '../../src/state/footage.ts';
import { windowAt } from '../../src/state/windows.ts';
import type { EngineClient } from '../../src/worker/client.ts';
import { NOTHING_COMMITTED, NOTHING_KEPT } from '../support/details.ts';

const MS = 1_000;
const of = { run: 7, design: seedDesign };
const stretch: Stretch = { from: 1_000 * MS, to: 1_500 * MS, speed: '1/100', key: 3, session: undefined };

function anAnswer({ from, to }: DetailRequest, truncated: boolean): DetailReading {
  const none = new Int32Array(0);
  return {
    from,
    to,
    oneIn: 1,
    hops: none,
    events: none,
    levels: none,
    held: new Int32Array(13).fill(-1),
    kept: NOTHING_KEPT,
    committed: NOTHING_COMMITTED,
    ofSession: [],
    truncated,
  };
}

/** An engine that answers at once, and keeps what it was asked. */
function anEngine(isTruncated: (request: DetailRequest) => boolean = () => false) {
  const asked: DetailRequest[] = [];
  const client: Pick<EngineClient, 'detail'> = {
    detail(_, request) {
      asked.push(request);
      return {
        result: Promise.resolve(ok(anAnswer(request, isTruncated(request)))),
        cancel: () => undefined,
      };
    },
  };
  return { client, asked };
}

describe('the messages of a stretch', () => {
  it('are those of the windows that the screen would come by, each asked for once and in order', async () => {
    const { client, asked } = anEngine();
    const shares: number[] = [];
    const footage = await fetchFootage(client, of, stretch, (share) => shares.push(share) > 0);
    if (!footage.ok) throw new Error(footage.error);
    let cursor = stretch.from;
    for (const { from, to, key } of footage.value) {
      const window = windowAt(cursor, '1/100', seedDesign);
      expect({ from, to, key }).toEqual({ from: window.from, to: window.to, key: 3 });
      cursor = window.end;
    }
    expect(cursor).toBeGreaterThanOrEqual(stretch.to);
    expect(asked).toHaveLength(footage.value.length);
    expect(shares.toSorted((a, b) => a - b)).toEqual(shares);
    expect(shares.at(-1)).toBe(1);
  });

  it('come from shorter windows where so much happens that one cannot hold it', async () => {
    const whole = windowAt(stretch.from, '1/100', seedDesign);
    const { client } = anEngine(({ from, to }) => to - from >= whole.to - whole.from);
    const footage = await fetchFootage(client, of, stretch, () => true);
    if (!footage.ok) throw new Error(footage.error);
    expect(footage.value.every(({ truncated }) => !truncated)).toBe(true);
  });

  it('are fetched no further once nobody wants them, and what the engine refuses is handed on', async () => {
    const { client, asked } = anEngine();
    expect(await fetchFootage(client, of, stretch, () => false)).toEqual(err('cancelled'));
    expect(asked).toHaveLength(1);
    const refusing: Pick<EngineClient, 'detail'> = {
      detail: () => ({ result: Promise.resolve(err('no such run')), cancel: () => undefined }),
    };
    expect(await fetchFootage(refusing, of, stretch, () => true)).toEqual(err('no such run'));
  });

  it('are found by the cursor: where two windows overlap, in the one that knows what came before', async () => {
    const { client } = anEngine();
    const footage = await fetchFootage(client, of, stretch, () => true);
    if (!footage.ok) throw new Error(footage.error);
    const [first, second] = footage.value;
    if (first === undefined || second === undefined) throw new Error('one window is too few for this test');
    expect(second.from).toBeLessThan(first.to);
    expect(windowIn(footage.value, first.to - 1)).toBe(first);
    expect(windowIn(footage.value, first.to)).toBe(second);
    expect(windowIn(footage.value, first.from - 1)).toBeUndefined();
  });
});
