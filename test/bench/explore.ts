/** How long it takes to try every order of a few operations: the seed's policy on one replica, all states of it. */
import { seedDesign } from '../../src/design/design.ts';
import { engineFor } from '../../src/engine/orders/engine.ts';
import { exploreOrders } from '../../src/explore/orders.ts';
import { median, type Measurement } from './budget.ts';

const ROUNDS = 3;

export function benchExplore(): Measurement[] {
  const design = { ...seedDesign, store: { ...seedDesign.store, rf: 1, w: 1 } };
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    const { complete } = exploreOrders(engineFor({ design, operations: ['put', 'put', 'get'] }));
    if (!complete) throw new Error('not every class of orders was visited');
    return (performance.now() - start) / 1000;
  });
  return [
    { what: 'every order of put,put,get, rf 1', measured: median(rounds), unit: 's', budget: { atMost: 20 } },
  ];
}
