import { describe, expect, it } from 'vitest';
import { EVENT, EVENT_WIDTH, HOP, HOP_WIDTH } from '../../src/design/readings.ts';
import { FILMED_LIMIT } from '../../src/design/sampling.ts';
import { isFilmed, sketchOf } from '../../src/replay/film.ts';
import { aDetail } from '../support/details.ts';

const { hops, events } = aDetail({
  hops: [
    { sentAt: 0, arrivesAt: 90, operation: 1 },
    { sentAt: 10, arrivesAt: 100, operation: 2 },
    { sentAt: 100, arrivesAt: 120, operation: 3 },
    { sentAt: 199, arrivesAt: 900, operation: 4 },
    { sentAt: 200, arrivesAt: 210, operation: 5 },
  ],
  events: [
    { is: 'startOperation', time: 99, operation: 2 },
    { is: 'startOperation', time: 100, operation: 3 },
    { is: 'timeout', time: 199, operation: 4 },
    { is: 'timeout', time: 200, operation: 5 },
  ],
});

describe('a window of the film', () => {
  const sketch = sketchOf({ oneIn: 7, hops, events }, 100, 200, 4);

  it('has the messages that are under way in it, whenever they left, and the events that fall into it', () => {
    const operations = (rows: Int32Array, width: number, column: number) =>
      Array.from({ length: rows.length / width }, (_, i) => rows[i * width + column]);
    expect(operations(sketch.hops, HOP_WIDTH, HOP.operation)).toEqual([2, 3, 4]);
    expect(operations(sketch.events, EVENT_WIDTH, EVENT.operation)).toEqual([3, 4]);
  });

  it('is known up to the last message of a film that is full', () => {
    const full = new Int32Array(FILMED_LIMIT * HOP_WIDTH);
    full[full.length - HOP_WIDTH + HOP.sentAt] = 500;
    const known = (rows: Int32Array, to: number) => isFilmed({ oneIn: 1, hops: rows, events }, to);
    expect([known(hops, 10_000), known(full, 500), known(full, 501)]).toEqual([true, true, false]);
  });

  it('says that it is a sketch, of a sample, and knows of no key what a node holds', () => {
    expect(sketch).toMatchObject({ from: 100, to: 200, oneIn: 7, sketched: true, key: -1, focus: new Set() });
    expect([...sketch.held]).toEqual([-1, -1, -1, -1]);
  });
});
