/**
 * The anomalies that caches and replicated stores are known for, each with a design of a few seconds that shows it, in the
 * order in which they are listed. What no document can say is not here but in `explored.ts`.
 */
import type { Anomaly } from './anomaly.ts';
import { OF_CACHES } from './ofCaches.ts';
import { OF_LOAD } from './ofLoad.ts';
import { OF_STORES } from './ofStores.ts';

export const ANOMALIES: readonly Anomaly[] = [...OF_CACHES, ...OF_STORES, ...OF_LOAD];
