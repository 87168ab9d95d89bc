import { describe, expect, it } from 'vitest';
import { wordsOfMissing } from '../../src/state/missing.ts';
import { aDesign } from '../support/designs.ts';

describe('remarks on, and places of, what a design has not', () => {
  it('are named, and those that it has are not', () => {
    const here = [
      '12s',
      'clients',
      'cache-2',
      'shard-2',
      'shard-2.leader',
      'zone-3',
      'app-cache',
      'workload',
    ];
    expect(
      wordsOfMissing(aDesign({ remark: here.map((on) => `${on}:x`), 'layout.app-4': '1,2' })),
    ).toBeUndefined();
    const there = aDesign({ remark: ['app-16:x', 'app-16:y', 'shard-3:z'], 'layout.cache-9': '1,2' });
    expect(wordsOfMissing(there)).toMatch(/^There is no app-16, no shard-3, no cache-9 in this design: /);
  });
});
