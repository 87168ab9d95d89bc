/**
 * What is known of caches without running them: exact misses on a trace that others have counted, Che's approximation
 * of LRU and FIFO, and closed forms of hits and stale reads under a TTL. Measured at the engine's evictions alone, and
 * in whole runs whose network and servers take no time.
 */
import type { Policy } from '../../src/design/design.ts';
import { BUCKET_US, SYSTEM, SYSTEM_WIDTH } from '../../src/design/readings.ts';
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import { Run } from '../../src/engine/run.ts';
import { aDesign } from '../support/designs.ts';
import { meanOf } from '../support/replications.ts';
import { missesOf, requestsOf, zipfCdf } from '../support/requests.ts';
import { BARE } from './queueing.ts';
import type { ReferenceRow } from './row.ts';

/** Of the requests by Zipf's law. */
const SKEW = 0.99;
const KEYS = 100_000;

/** All comparisons; some eight seconds of one processor. */
export function cacheRows(): ReferenceRow[] {
  return [...traceRows(), ...cheRows(), ...ttlRows()];
}

/** Exact counts, by an independent simulator; libCacheSim agrees on a longer trace of the same generator. */
export function traceRows(): ReferenceRow[] {
  const requests = requestsOf(zipfCdf(KEYS, SKEW), 1_000_000, 42);
  const counted = [
    ['lru', 509_916],
    ['fifo', 551_132],
    ['sieve', 417_691],
  ] as const;
  return counted.map(([name, reference]) => ({
    area: 'caches',
    name: `${name}: misses of 1e6 requests, room for 1000`,
    reference,
    measured: missesOf(name, 1000, requests),
    standardError: 0,
    unit: 'requests',
    source: 'exact count; trace of mulberry32, seed 42',
  }));
}

/**
 * Che's approximation of the miss ratio (Che, Tung and Wang 2002; for FIFO, Martina, Garetto and Leonardi 2014): the
 * characteristic time T at which the expected entries are C, and a key of probability p is held with probability
 * 1 - exp(-p T) by LRU, p T / (1 + p T) by FIFO.
 */
export function cheMissRatio(name: 'lru' | 'fifo', cdf: Float64Array, capacity: number): number {
  const p = cdf.map((value, i) => value - (cdf[i - 1] ?? 0));
  const held = (each: number, time: number) =>
    name === 'lru' ? -Math.expm1(-each * time) : (each * time) / (1 + each * time);
  const entriesAt = (time: number) => p.reduce((sum, each) => sum + held(each, time), 0);
  let [low, high] = [0, 1e6];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (entriesAt(middle) < capacity) low = middle;
    else high = middle;
  }
  return 1 - p.reduce((sum, each) => sum + each * held(each, low), 0);
}

/** Six replications of 200,000 requests each, after as many that only fill. */
export function cheRows(): ReferenceRow[] {
  const cdf = zipfCdf(KEYS, SKEW);
  const sample = 200_000;
  const traces = Array.from({ length: 6 }, (_, i) => requestsOf(cdf, 2 * sample, 301 + i));
  return [1000, 10_000].flatMap((capacity) =>
    (['lru', 'fifo'] as const).map((name) => {
      const { value, standardError } = meanOf(
        traces.map((requests) => missesOf(name, capacity, requests, sample) / sample),
      );
      return {
        area: 'caches',
        name: `${name}: miss ratio, room for ${(capacity / KEYS) * 100} % of the keys`,
        reference: cheMissRatio(name, cdf, capacity),
        measured: value,
        standardError,
        unit: 'probability',
        source: 'Che et al. 2002; Martina et al. 2014',
      };
    }),
  );
}

/** Reads and writes a key and second, and the TTL in seconds. */
export interface TtlCase {
  readonly r: number;
  readonly w: number;
  readonly ttl: number;
}

/**
 * Closed forms for an unbounded cache without delays, Poisson reads and writes: an entry's life is followed to its
 * end, with m = (1 - exp(-w T)) / w the mean time until its TTL or the next write, whichever comes first.
 */
export const TTL_FORMS: readonly {
  readonly policy: Policy;
  readonly what: 'hit ratio' | 'stale reads';
  readonly of: (c: TtlCase) => number;
}[] = [
  {
    policy: 'write-through',
    what: 'hit ratio',
    of: (c) => meanUntilWrite(c) / (meanUntilWrite(c) + Math.exp(-c.w * c.ttl) / (c.r + c.w)),
  },
  {
    policy: 'look-aside',
    what: 'hit ratio',
    of: (c) => (c.r * meanUntilWrite(c)) / (1 + c.r * meanUntilWrite(c)),
  },
  { policy: 'write-around', what: 'hit ratio', of: (c) => (c.r * c.ttl) / (1 + c.r * c.ttl) },
  {
    policy: 'write-around',
    what: 'stale reads',
    of: (c) => (c.r * (c.ttl - meanUntilWrite(c))) / (1 + c.r * c.ttl),
  },
];

const meanUntilWrite = ({ w, ttl }: TtlCase) => -Math.expm1(-w * ttl) / w;

/** Replications of a case, and mean lives of an entry that each of them measures, after so many that it does not. */
const REPLICATIONS = 20;
const LIVES = 16;
const LIVES_BEFORE = 10.5;

/**
 * The rates of the table, and how many keys each replication has: so many lives that three standard errors stay below
 * 0.004. Whether a read is stale varies most, since reads of one life share its first write.
 */
const TTL_CASES: readonly { readonly rates: TtlCase; readonly keys: number; readonly staleKeys: number }[] = [
  { rates: { r: 1, w: 0.1, ttl: 5 }, keys: 60, staleKeys: 260 },
  { rates: { r: 10, w: 1, ttl: 5 }, keys: 10, staleKeys: 110 },
];

/** GETs a second in a run, up to which it is a quick one. */
const QUICK = 500;

/** All rows; `quick`: those whose runs are. */
export function ttlRows(quick = false): ReferenceRow[] {
  return TTL_CASES.flatMap(({ rates, keys, staleKeys }) => {
    const { r, w, ttl } = rates;
    const policies = [...new Set(TTL_FORMS.map(({ policy }) => policy))];
    return policies.flatMap((policy) => {
      const forms = TTL_FORMS.filter((form) => form.policy === policy);
      const count = forms.some(({ what }) => what === 'stale reads') ? staleKeys : keys;
      if (quick && count * r > QUICK) return [];
      const shares = Array.from({ length: REPLICATIONS }, (_, i) => ttlShares(policy, rates, count, 401 + i));
      return forms.map(({ what, of }) => {
        const { value, standardError } = meanOf(shares.map((share) => share[what]));
        return {
          area: 'caches',
          name: `${policy}: ${what}, r ${r}/s, w ${w}/s, T ${ttl} s`,
          reference: of(rates),
          measured: value,
          standardError,
          unit: 'probability',
          source: 'renewal argument, closed form',
        };
      });
    });
  });
}

/**
 * One run's shares of its reads, over a whole number of mean lives of an entry that nothing but its TTL ends. All keys
 * are first asked for at the beginning and live in step: those that are read rarely for some lives, which are left out;
 * those that are read often for a hundred, and so both edges are in the middle of one, when no key is between two.
 */
function ttlShares(policy: Policy, { r, w, ttl }: TtlCase, keys: number, seed: number) {
  const life = Math.round(((ttl + 1 / r) * 1e6) / BUCKET_US);
  const from = Math.round(LIVES_BEFORE * life);
  const to = from + LIVES * life;
  const run = Run.start(
    aDesign({
      ...WITHOUT_DELAY,
      policy,
      seed: String(seed),
      duration: `${to * 100}ms`,
      'workload.keys': String(keys),
      'workload.gets': `${r * keys}/s`,
      'workload.puts': `${w * keys}/s`,
      'cache.ttl': `${ttl}s`,
    }),
  );
  run.advance(HORIZON);
  const { system } = run.series();
  const count = (column: number): number => {
    let sum = 0;
    for (let bucket = from; bucket < to; bucket++) sum += system[bucket * SYSTEM_WIDTH + column] ?? NaN;
    return sum;
  };
  const reads = count(SYSTEM.getsOk);
  return { 'hit ratio': count(SYSTEM.hits) / reads, 'stale reads': count(SYSTEM.staleReads) / reads };
}

/** Every key is as popular as any other, one of everything, and nothing takes any time. */
const WITHOUT_DELAY: Readonly<Record<string, string>> = {
  ...BARE,
  'workload.skew': '0',
  'workload.sessions': '10',
  'cache.nodes': '1',
  'cache.concurrency': '1000000',
  'cache.read': 'const:0ms',
  'cache.write': 'const:0ms',
  'cache.timeout': 'off',
  'store.concurrency': '1000000',
  'store.read': 'const:0ms',
  'store.write': 'const:0ms',
};
