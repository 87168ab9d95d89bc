/**
 * Which keys decide what arrives: with all of them equal, two designs with the same seed meet the same operations at the
 * same instants, whatever they do with them. It compares words and runs nothing.
 */
import type { Design } from './design.ts';
import { printFault } from './faults.ts';
import type { FieldKey } from './fieldWords.ts';
import { differences } from './keys.ts';

/** Read-backs follow acknowledgements, but whether there is one, and of what, is drawn with the write. */
const ARRIVAL_KEYS: ReadonlySet<FieldKey> = new Set<FieldKey>([
  'duration',
  'workload.puts',
  'workload.gets',
  'workload.keys',
  'workload.skew',
  'workload.sessions',
  'workload.readBack',
  'workload.readBackAfter',
  'workload.arrivals',
]);

/** The keys by which the arrivals of two designs differ when both are given the same seed; `fault` for those at the workload. */
export function otherArrivals(a: Design, b: Design): string[] {
  const keys: string[] = differences(a, b)
    .map(({ key }) => key)
    .filter((key) => ARRIVAL_KEYS.has(key));
  return surges(a) === surges(b) ? keys : [...keys, 'fault'];
}

function surges({ faults }: Design): string {
  return faults
    .filter(({ target }) => target === 'workload')
    .map((fault) => printFault(fault))
    .join('&');
}
