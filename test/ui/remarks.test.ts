import { expect, it } from 'vitest';
import { remarksOn } from '../../src/ui/notes/acts.ts';
import { aDesign } from '../support/designs.ts';

it('a remark stands on the card of its node, and on that of its shard', () => {
  const design = aDesign({ remark: ['shard-1.leader:a', '1s:b', 'shard-1:c', 'shard-2.replica-1:d'] });
  expect(remarksOn(design, 'shard-1')).toEqual([0, 2]);
  expect(remarksOn(design, 'cache-1')).toEqual([]);
});
