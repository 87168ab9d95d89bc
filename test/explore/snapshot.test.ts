/** A world that is taken back to where it was saved keeps nothing of what came after. */
import { expect, it } from 'vitest';
import { VIOLATION_WIDTH } from '../../src/design/readings.ts';
import { Orders } from '../../src/engine/orders/orders.ts';
import { Snapshot } from '../../src/engine/orders/snapshot.ts';
import { aDesign } from '../support/designs.ts';
import { LONE } from '../support/orders.ts';

it('the violations of one order are gone when the next begins', () => {
  const orders = new Orders({ operations: ['put', 'put', 'get'], design: aDesign(LONE), reduced: false });
  const { oracle } = orders.world;
  const begin = new Snapshot();
  orders.save(begin);
  let broken = 0;
  for (let order = 0; order < 200; order++) {
    // Which of its moves comes next differs from order to order.
    for (let step = 0; !orders.isAtRest(); step++) {
      const moves = orders.everyMove();
      orders.play(moves[(order * 7 + step * 13) % moves.length] ?? 0);
    }
    const counted = Object.values(oracle.counts).reduce((sum, count) => sum + count, 0);
    expect(oracle.violations.used / VIOLATION_WIDTH, `order ${order}`).toBe(counted);
    if (counted > 0) broken++;
    orders.restore(begin);
    expect(oracle.violations.used).toBe(0);
  }
  expect(broken).toBeGreaterThan(20);
  expect(broken).toBeLessThan(200);
});
