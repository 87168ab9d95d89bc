import { describe, expect, it } from 'vitest';
import { divergence } from '../../src/engine/divergence.ts';
import { aDesign } from '../support/designs.ts';

const SECOND = 1_000_000;
const withFaults = (...fault: string[]) => aDesign({ fault });

describe('two designs part', () => {
  it.each([
    ['seed', '2'],
    ['workload.gets', '25001/s'],
    ['cache.timeout', 'off'],
    ['store.w', '1'],
    ['duration', '61s'],
    ['zones', '2'],
    ['network.crossZone', 'const:1ms'],
    ['policy', 'look-aside'],
  ])('at the very start when %s differs', (key, text) => {
    expect(divergence(aDesign(), aDesign({ [key]: text }))).toBe(0);
  });

  it('at the very start when only one of them destroys a disk: the other may have forgotten what matters then', () => {
    const [plain, destroyed] = [withFaults(), withFaults('shard-1.replica-1:destroy@5s-9s')];
    expect([divergence(plain, destroyed), divergence(destroyed, plain)]).toEqual([0, 0]);
    expect(divergence(destroyed, withFaults('shard-1.replica-1:destroy@5s-8s'))).toBe(8 * SECOND);
  });

  it('nowhere, when only what is read of them differs', () => {
    for (const [key, text] of [
      ['title', 'x'],
      ['notes', 'y'],
      ['contract.getP99', '1ms'],
    ] as const)
      expect(divergence(aDesign(), aDesign({ [key]: text }))).toBe(Infinity);
    expect(divergence(aDesign(), { ...aDesign(), prices: { app: 3 }, layout: { 'app-1': [1, 2] } })).toBe(
      Infinity,
    );
  });

  it('nowhere, when the same faults stand in another order', () => {
    const a = 'cache-1:crash@5s-9s';
    const b = 'app-1:pause@7s-8s';
    expect(divergence(withFaults(a, b), withFaults(b, a))).toBe(Infinity);
  });

  it.each([
    ['a fault more', ['cache-1:crash@5s-9s'], ['cache-1:crash@5s-9s', 'app-1:pause@7s'], 7],
    ['a fault less', ['cache-1:crash@5s-9s', 'app-1:pause@3s'], ['cache-1:crash@5s-9s'], 3],
    ['another end', ['cache-1:crash@5s-9s'], ['cache-1:crash@5s-8s'], 8],
    ['no end', ['cache-1:crash@5s-9s'], ['cache-1:crash@5s'], 9],
    ['another beginning', ['cache-1:crash@5s-9s'], ['cache-1:crash@4s-9s'], 4],
    ['another factor', ['cache-1:slow:20@5s-9s'], ['cache-1:slow:21@5s-9s'], 5],
    ['another target', ['cache-1:slow:20@5s-9s'], ['cache-2:slow:20@5s-9s'], 5],
    ['another kind', ['cache-1:crash@5s-9s'], ['cache-1:pause@5s-9s'], 5],
  ])('with %s: where it first acts', (_name, from, to, seconds) => {
    expect(divergence(withFaults(...from), withFaults(...to))).toBe(seconds * SECOND);
    expect(divergence(withFaults(...to), withFaults(...from))).toBe(seconds * SECOND);
  });
});
