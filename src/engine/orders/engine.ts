/** What `src/explore/` is handed: worlds of one scope, made on demand. */
import { ANOMALIES, Orders, type AnomalyKind } from './orders.ts';
import type { Scope } from './scope.ts';
import { Snapshot } from './snapshot.ts';

export interface OrdersEngine {
  /** A world in which nothing has happened yet. */
  readonly begin: () => Orders;
  readonly snapshot: () => Snapshot;
  readonly kinds: readonly AnomalyKind[];
}

/** What the search needs of the engine, for one scope. */
export function engineFor(scope: Scope): OrdersEngine {
  return { begin: () => new Orders(scope), snapshot: () => new Snapshot(), kinds: ANOMALIES };
}
