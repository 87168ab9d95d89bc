/** What cards say: the queue instrument, a node's condition in words, and how fresh a version is. */
import { describe, expect, test } from 'vitest';
import { seedDesign, type Fault } from '../../src/design/design.ts';
import { NODE_STATE } from '../../src/design/readings.ts';
import { conditionAt, hitsOf } from '../../src/ui/diagram/conditions.ts';
import { lostDepth, queueFill, serviceTime, TICK } from '../../src/ui/diagram/queue.ts';
import { Digest } from '../../src/ui/diagram/probe.ts';
import { aNode } from '../support/buckets.ts';

const S = 1_000_000;

describe('the queue instrument', () => {
  // 4 servers busy all of 100 ms with 1,000 services: 0.4 ms each. In 20 ms they take 200 from the queue.
  const slow = aNode({ utilisation: 1, served: 1000 });

  test('measures the pace of the node by what it did', () => {
    expect(serviceTime(slow, 4)).toBeCloseTo(400, 6);
    expect(lostDepth(slow, 4, 20_000)).toBeCloseTo(200, 6);
    expect(serviceTime(aNode({ utilisation: 0, served: 0 }), 4)).toBeNaN();
  });

  test('fills up to the tick with those who will be served in time, and past it with those who will not', () => {
    expect(queueFill(100, 200)).toEqual({ inTime: TICK / 2, late: 0 });
    expect(queueFill(200, 200)).toEqual({ inTime: TICK, late: 0 });
    const full = queueFill(300, 200);
    expect(full.inTime).toBe(TICK);
    expect(full.late).toBeCloseTo(TICK / 2, 9);
  });

  test('is never fuller than full, and empty where nothing is known', () => {
    expect(queueFill(1e6, 200)).toEqual({ inTime: TICK, late: 1 - TICK });
    expect(queueFill(Number.NaN, 200)).toEqual({ inTime: 0, late: 0 });
    expect(queueFill(5, Number.NaN)).toEqual({ inTime: 0, late: 0 });
  });
});

describe('the condition of a node', () => {
  const slow: Fault = { kind: 'slow', at: 10 * S, for: 8 * S, target: 'cache-1', factor: 20 };
  const crash: Fault = { kind: 'crash', at: 10 * S, for: 8 * S, target: 'cache-1' };

  test('is that of the faults that hold at this very instant', () => {
    expect(conditionAt([slow], NODE_STATE.up, 10 * S - 1).words).toBe('');
    expect(conditionAt([slow], NODE_STATE.up, 10 * S)).toEqual({
      words: 'slow ×20',
      hurt: true,
      down: false,
    });
    expect(conditionAt([slow], NODE_STATE.up, 18 * S).words).toBe('');
  });

  test('says when a crashed node is back, and that one without an end is not', () => {
    expect(conditionAt([crash], NODE_STATE.crashed, 14.8 * S)).toEqual({
      words: 'down, back in 3.2\u2009s',
      hurt: true,
      down: true,
    });
    const { for: _length, ...forGood } = crash;
    expect(conditionAt([forGood], NODE_STATE.crashed, 14 * S).words).toBe('down for good');
  });

  test('names several faults at once', () => {
    const delay: Fault = { kind: 'delay', at: 0, target: 'cache-1', by: 50_000 };
    expect(conditionAt([slow, delay], NODE_STATE.up, 11 * S).words).toBe('slow ×20, +50\u2009ms');
  });

  test('says once what several of a kind come to: factors multiply, delays add, chances combine', () => {
    const hit = { at: 0, target: 'cache-1' } as const;
    const faults: Fault[] = [
      { ...slow, factor: 20 },
      { ...hit, kind: 'delay', by: 50_000 },
      { ...slow, factor: 50 },
      { ...hit, kind: 'delay', by: 150_000 },
      { ...hit, kind: 'drop', share: 0.5 },
      { ...hit, kind: 'drop', share: 0.5 },
    ];
    expect(conditionAt(faults, NODE_STATE.up, 11 * S).words).toBe(
      'slow ×1\u2009000, +200\u2009ms, drops 75\u2009%',
    );
    const over: Fault = { ...slow, at: 0, for: S, factor: 50 };
    expect(conditionAt([slow, over], NODE_STATE.up, 11 * S).words).toBe('slow ×20');
  });

  test('is that of the host where no fault says more', () => {
    expect(conditionAt(undefined, NODE_STATE.catchingUp, 0)).toEqual({
      words: 'catching up',
      hurt: false,
      down: false,
    });
    expect(conditionAt(undefined, Number.NaN, 0).words).toBe('');
  });

  test('a fault on a zone or on the leader is one on the nodes that it hits', () => {
    const faults: Fault[] = [
      { kind: 'pause', at: S, for: S, target: 'zone-1' },
      { kind: 'crash', at: S, for: S, target: 'shard-2.leader' },
    ];
    const hits = hitsOf({ ...seedDesign, faults }, undefined);
    expect([...hits.keys()].sort()).toEqual([
      'app-1',
      'app-4',
      'cache-1',
      'shard-1.replica-1',
      'shard-2.replica-1',
      'shard-2.replica-3',
    ]);
    expect(hits.get('shard-2.replica-1')?.map((fault) => fault.kind)).toEqual(['crash']);
  });
});

describe('the digest of a picture', () => {
  const digestOf = (fill: (digest: Digest) => void) => {
    const digest = new Digest();
    fill(digest);
    return digest.toString();
  };

  test('is equal for equal pictures and tells texts, numbers and their order apart', () => {
    const texts = (...all: string[]) => digestOf((digest) => all.forEach((text) => digest.text(text)));
    expect(texts('a', 'b')).toBe(texts('a', 'b'));
    expect(
      new Set([texts('a', 'b'), texts('b', 'a'), texts('ab'), texts('ab', ''), digestOf((d) => d.number(1))])
        .size,
    ).toBe(5);
  });
});
