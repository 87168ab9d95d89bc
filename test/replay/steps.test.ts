import { describe, expect, it } from 'vitest';
import { nextInstant, previousInstant } from '../../src/replay/steps.ts';
import { aDetail } from '../support/details.ts';

describe('steps', () => {
  const detail = aDetail({
    from: 100,
    to: 1000,
    hops: [
      { sentAt: 50, arrivesAt: 300 },
      { sentAt: 200, arrivesAt: 300 },
      { sentAt: 400, arrivesAt: 1200 },
    ],
    events: [
      { time: 350, is: 'timeout' },
      { time: 360, is: 'hit' },
    ],
  });

  it('visit the instants at which a message leaves, arrives or is given up on, each once', () => {
    const visited = [];
    for (let at = nextInstant(detail, 100); at !== undefined; at = nextInstant(detail, at)) visited.push(at);
    expect(visited).toEqual([200, 300, 350, 400]);
  });

  it('visit the same instants on the way back', () => {
    const visited = [];
    for (let at = previousInstant(detail, 999); at !== undefined; at = previousInstant(detail, at))
      visited.push(at);
    expect(visited).toEqual([400, 350, 300, 200]);
  });

  it('always move, from between two microseconds too', () => {
    expect(nextInstant(detail, 300)).toBe(350);
    expect(nextInstant(detail, 299.5)).toBe(300);
    expect(previousInstant(detail, 300)).toBe(200);
    expect(previousInstant(detail, 300.5)).toBe(300);
  });
});
