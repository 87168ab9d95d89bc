/** Explorations as the tests ask for them: a few operations, what differs from the seed's design, and what comes of it. */
import type { Design } from '../../src/design/design.ts';
import { engineFor } from '../../src/engine/orders/engine.ts';
import type { OperationKind, Scope } from '../../src/engine/orders/scope.ts';
import { exploreOrders, type Findings } from '../../src/explore/orders.ts';
import { aDesign } from './designs.ts';

// Differences of designs.
export const LEADERLESS = { policy: 'db-only', 'store.mode': 'leaderless' };
export const LONE = { 'store.rf': '1', 'store.w': '1' };
export const TWICE = { 'client.retries': '1' };
export const HINTS = { 'store.hintedHandoff': 'true' };
/** A disk that is synced now and then. */
export const SOMETIMES = { 'store.fsync': 'periodic:1s' };

/** `put,put,get` of a design. */
export const scopeOf = (operations: string, design: Design, more: Partial<Scope> = {}): Scope => ({
  design,
  operations: operations.split(',') as OperationKind[],
  ...more,
});

export function explore(
  operations: string,
  differences: Readonly<Record<string, string>>,
  more?: Partial<Scope>,
): Findings {
  return exploreOrders(engineFor(scopeOf(operations, aDesign(differences), more)));
}

/** How many classes there are, and how many of them show each anomaly. */
export const countsOf = ({ orders, anomalies }: Findings): Record<string, number> => ({
  orders,
  ...Object.fromEntries(anomalies.map(({ kind, orders: shown }) => [kind, shown])),
});

export const kindsOf = ({ anomalies }: Findings): string[] => anomalies.map(({ kind }) => kind);
