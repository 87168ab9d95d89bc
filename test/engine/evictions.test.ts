import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVICTIONS } from '../../src/engine/evictions/registry.ts';
import type { Eviction } from '../../src/engine/evictions/eviction.ts';
import { saveCheckpoint } from '../../src/engine/kernel/archive.ts';
import { restoreCheckpoint } from '../../src/engine/kernel/restore.ts';
import { EVICTION_NAMES, MODELS, type EvictionModel, type EvictionName } from '../support/evictionModels.ts';

const NODES = 2;

/** One node's entries, held by the engine's eviction and by the plain model at once. */
interface Node {
  readonly model: EvictionModel;
  readonly held: Set<number>;
}

type Action =
  | { readonly do: 'access' | 'leave'; readonly key: number }
  | { readonly do: 'flush'; readonly node: number }
  | { readonly do: 'resume' };

/** Accesses above all, the low keys most; entries that leave by themselves; now and then a flush, or a resumed run. */
const actions = (keys: number): fc.Arbitrary<Action[]> => {
  const key = fc.tuple(fc.nat(keys - 1), fc.nat(keys - 1)).map(([a, b]) => Math.min(a, b));
  return fc.array(
    fc.oneof(
      { weight: 60, arbitrary: key.map((key) => ({ do: 'access' as const, key })) },
      { weight: 12, arbitrary: key.map((key) => ({ do: 'leave' as const, key })) },
      { weight: 1, arbitrary: fc.nat(NODES - 1).map((node) => ({ do: 'flush' as const, node })) },
      { weight: 1, arbitrary: fc.constant({ do: 'resume' as const }) },
    ),
    { minLength: 50, maxLength: 1500, size: 'max' },
  );
};

/** The same eviction in a run that goes on from a checkpoint. */
function resumed(eviction: Eviction, fresh: Eviction): Eviction {
  const restored = restoreCheckpoint(saveCheckpoint(0, { eviction }, undefined), { eviction: fresh });
  if (!restored.ok) throw new Error(restored.error);
  return fresh;
}

/** Both deal with the actions; every entry that gives way is compared. Returns how many did. */
function compare(name: EvictionName, capacity: number, list: readonly Action[]): number {
  const fresh = (): Eviction => new EVICTIONS[name](NODES, capacity);
  let eviction = fresh();
  const nodes: Node[] = Array.from({ length: NODES }, () => ({
    model: new MODELS[name](capacity),
    held: new Set(),
  }));
  let evicted = 0;
  for (const action of list) {
    if (action.do === 'resume') {
      eviction = resumed(eviction, fresh());
      continue;
    }
    const index = action.do === 'flush' ? action.node : action.key % NODES;
    const { model, held } = nodes[index] ?? { model: new MODELS[name](0), held: new Set<number>() };
    if (action.do === 'flush') {
      for (let slot = eviction.victim(index); slot >= 0; slot = eviction.victim(index)) {
        expect(held.delete(slot)).toBe(true);
        eviction.remove(index, slot);
      }
      eviction.forget?.(index);
      expect(held.size).toBe(0);
      model.clear();
    } else if (action.do === 'leave') {
      if (!held.delete(action.key)) continue;
      eviction.remove(index, action.key);
      model.remove(action.key);
    } else if (held.has(action.key)) {
      eviction.touch(index, action.key);
      model.touch(action.key);
    } else {
      if (held.size === capacity) {
        const victim = eviction.victim(index);
        expect(victim).toBe(model.evict());
        eviction.remove(index, victim);
        held.delete(victim);
        evicted++;
      }
      eviction.insert(index, action.key);
      model.insert(action.key);
      held.add(action.key);
    }
  }
  return evicted;
}

describe.each(EVICTION_NAMES)('%s', (name) => {
  it('gives up the same entries as the plain model, whatever leaves by itself, is flushed or resumed', () => {
    let evicted = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }).chain((capacity) =>
          fc.tuple(
            fc.constant(capacity),
            fc
              .integer({ min: capacity + 1, max: 4 * capacity + 4 })
              .chain((perNode) => actions(perNode * NODES)),
          ),
        ),
        ([capacity, list]) => {
          evicted += compare(name, capacity, list);
        },
      ),
      { seed: 50_001, numRuns: 100 },
    );
    expect(evicted).toBeGreaterThan(10_000);
  });

  it('knows of nobody in an empty node', () => {
    const eviction = new EVICTIONS[name](NODES, 10);
    expect(eviction.victim(1)).toBe(-1);
    eviction.insert(0, 4);
    expect(eviction.victim(1)).toBe(-1);
    eviction.remove(0, 4);
    expect(eviction.victim(0)).toBe(-1);
  });
});

/** What gives way, one after the other, until the node is empty. */
function drained(eviction: Eviction): number[] {
  const order: number[] = [];
  for (let slot = eviction.victim(0); slot >= 0; slot = eviction.victim(0)) {
    order.push(slot);
    eviction.remove(0, slot);
  }
  return order;
}

/** An eviction of one node into which the slots 0, 1, 2 ... entered, and then were used as listed. */
function anEviction(
  name: EvictionName,
  capacity: number,
  entered: number,
  used: readonly number[],
): Eviction {
  const eviction = new EVICTIONS[name](1, capacity);
  for (let slot = 0; slot < entered; slot++) eviction.insert(0, slot);
  for (const slot of used) eviction.touch(0, slot);
  return eviction;
}

describe('who gives way', () => {
  const ORDERS: Readonly<Record<EvictionName, readonly number[]>> = {
    // 0 to 4 entered; 1 was used three times, then 3 twice, then 0 once.
    lru: [2, 4, 1, 3, 0],
    fifo: [0, 1, 2, 3, 4],
    sieve: [2, 4, 0, 1, 3],
    lfu: [2, 4, 0, 3, 1],
    // Of the small queue 0, 2 and 4; 1 and 3 were used twice and moved on.
    's3-fifo': [0, 2, 4, 1, 3],
  };
  it.each(EVICTION_NAMES)('%s: of five entries, some of them used', (name) => {
    expect(drained(anEviction(name, 5, 5, [1, 1, 1, 3, 3, 0]))).toEqual(ORDERS[name]);
  });

  it('sieve: when the entry under the hand leaves, the hand goes on to the one that came after it', () => {
    const eviction = anEviction('sieve', 6, 6, [0, 1]);
    expect(eviction.victim(0)).toBe(2); // the hand spared 0 and 1, and stands here
    eviction.remove(0, 2);
    eviction.remove(0, 3); // by its TTL, under the hand
    expect(eviction.victim(0)).toBe(4);
    eviction.remove(0, 4);
    eviction.remove(0, 5); // the newest: it begins at the oldest again
    expect(eviction.victim(0)).toBe(0);
  });

  it('s3-fifo: who returns as a ghost goes to the main queue, which a scan does not touch', () => {
    const eviction = anEviction('s3-fifo', 10, 10, []);
    expect(eviction.victim(0)).toBe(0);
    eviction.remove(0, 0);
    eviction.insert(0, 0);
    for (let slot = 10; slot < 40; slot++) {
      const victim = eviction.victim(0);
      expect(victim).not.toBe(0);
      eviction.remove(0, victim);
      eviction.insert(0, slot);
    }
  });

  it('s3-fifo: an entry that left by itself is no ghost', () => {
    const eviction = anEviction('s3-fifo', 4, 4, []);
    eviction.remove(0, 0);
    eviction.insert(0, 0);
    expect(drained(eviction)).toEqual([1, 2, 3, 0]);
  });

  it('lfu: uses of an earlier stay do not count', () => {
    const eviction = anEviction('lfu', 3, 3, [0, 0, 0, 1]);
    eviction.remove(0, 0);
    eviction.insert(0, 0);
    expect(drained(eviction)).toEqual([2, 0, 1]);
  });
});
