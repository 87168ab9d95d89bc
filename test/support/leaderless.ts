/** Stores without leaders, as designs that differ from the small one, and how far their replicas are behind. */
import type { Differences } from '../../src/design/anomalies/anomaly.ts';
import { dispatch } from '../../src/engine/actors/dispatch.ts';
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import { Run } from '../../src/engine/run.ts';
import type { Summary } from '../../src/engine/summary.ts';
import { aSmallDesign, render } from './engineRuns.ts';

/** No cache before the store: every read is the store's. */
export const BARE: Differences = { policy: 'db-only', 'store.mode': 'leaderless' };
/** A few keys fought over by few sessions. */
export const FOUGHT_OVER: Differences = {
  ...BARE,
  'workload.puts': '600/s',
  'workload.keys': '3',
  'workload.sessions': '4',
};
/** Few keys whose copies arrive far apart, and reads of one of them: what it shows, the others may not have. */
export const APART: Differences = {
  ...BARE,
  'store.r': '1',
  'network.appStore': 'exp:8ms',
  'workload.keys': '5',
};
/** Hardly any key is written twice, so that nothing missed is overtaken. */
export const MANY_KEYS: Differences = {
  ...BARE,
  'workload.keys': '1000000',
  'workload.skew': '0',
  'workload.gets': '0/s',
  'workload.readBack': '0%',
};

/** The summary of a small design with these differences. */
export function run(differences: Differences): Summary {
  return render(aSmallDesign(differences)).summary;
}

/** A run of a small design with these differences, at its end. */
export function rendered(differences: Differences): Run {
  const one = Run.start(aSmallDesign(differences));
  one.advance(HORIZON);
  return one;
}

/** Lets everything that is still alive come to its end. */
export function drain({ world: w }: Run): void {
  while (w.wheel.take(HORIZON)) dispatch(w);
}

/** Copies that show an older version than the newest committed one. */
export function behind({ world: { keys, store, oracle } }: Run): number {
  let count = 0;
  for (let slot = 0; slot < keys.size; slot++)
    for (let r = 0; r < store.rf; r++)
      if (oracle.fencedBefore(store.shown(slot, r), oracle.latest(slot))) count++;
  return count;
}
