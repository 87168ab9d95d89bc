/**
 * Workloads as they were measured in production: a dozen of the 54 cache clusters of Twitter, March 2020, by the numbers
 * that were printed of each. Chosen are those whose miss ratio a run comes to that knows nothing but these numbers; of
 * others it is made by what no such number says (bursts, scans, keys that are read right after they were written).
 *
 * Every rate is as printed, so none is scaled. What was not printed is ours: two cache nodes and two shards, sets that
 * write the store and then the cache, no read-backs unless said, and as many keys as fit the working set, up to 1e7. A
 * run begins cold. A TTL past ten minutes is longer than what is simulated of it, and so it is off.
 */
import { assert } from '../../base/assert.ts';
import { printDecimal } from '../../base/decimal.ts';
import { printDuration } from '../../base/units.ts';
import { LIMITS } from '../limits.ts';
import { entry, type GalleryEntry } from './entry.ts';

export const SOURCE =
  'twitter/cache-trace, stat/2020Mar.md (CC BY 4.0): J. Yang, Y. Yue, K. V. Rashmi, “A large scale analysis of hundreds of in-memory cache clusters at Twitter”, OSDI 2020';

/**
 * Rows as printed: cluster, miss ratio, bytes of key and value, thousands of requests a second, the most common TTL, MB of
 * the working set without regard to TTLs, shares of the operations, Zipf's alpha.
 */
const TABLE = `
 7  0.2004  17  1936   1.62  1.8h     7574  get:0.82,set:0.18                     1.0666
 8  0.0197  23  9497   2.11  1380s    1007  set:0.50,get:0.50                     1.7366
10  0.9925  22  2333   0.22  2h      46168  add:0.50,get:0.50                     0
11  0.0047  24   170   4.16  5d       1898  get:0.96,add:0.02,gets:0.01,cas:0.01  1.4891
12  0.0058  44  1030   4.36  300s   612397  set:0.80,get:0.20                     0.3048
18  0.0020  18    37  26.40  12h       311  get:0.96,add:0.01,gets:0.01,cas:0.01  2.0994
34  0.0819  33   322   3.40  10.6h   11552  get:0.94,set:0.06                     1.1401
36  0.0375  23    78   9.08  30d      2696  get:0.93,add:0.04,gets:0.01,cas:0.01  1.2169
42  0.0485  40  4703   6.84  600s     3786  get:0.96,add:0.04                     1.5974
44  0.0083  25    22   9.41  30d       536  get:0.98,add:0.01                     1.4084
47  0.0009  44   267   9.54  2d        434  get:1.00                              2.0637
51  0.0212  44   221  10.40  2d        258  get:0.90,set:0.10                     1.9745
`;

/** What we call each, how long it takes to warm up, and what else is needed to reproduce it. */
const OURS: readonly (readonly [cluster: number, title: string, duration: string, readBack?: number])[] = [
  [7, 'Computed values, one request in six a set', '300s'],
  [8, 'As many sets as gets, of large values', '180s'],
  [10, 'Added and hardly ever asked for again', '600s'],
  [11, 'Small values that live for days', '120s'],
  // Its gets hit although its keys are asked for 1.3 times each: they must follow the set of the same key.
  [12, 'Written, read back, forgotten', '60s', 0.25],
  [18, 'The busiest, of tiny values', '30s'],
  [34, 'A long tail of computed values', '300s'],
  [36, 'Storage, cached for a month', '120s'],
  [42, 'Ten minutes to live', '60s'],
  [44, 'Transient bytes, kept for a month', '60s'],
  [47, 'Read only', '60s'],
  [51, 'Hot keys, one request in ten a set', '60s'],
];

export interface Printed {
  readonly missRatio: number;
  /** Bytes. */
  readonly key: number;
  readonly value: number;
  /** Requests a second. */
  readonly rate: number;
  /** As printed. */
  readonly ttl: string;
  /** Bytes. */
  readonly workingSet: number;
  /** Shares of the requests. */
  readonly gets: number;
  readonly sets: number;
  readonly zipf: number;
}

const rows: ReadonlyMap<number, Printed> = new Map(TABLE.trim().split('\n').map(readRow));

function readRow(line: string): readonly [number, Printed] {
  const [cluster, missRatio, key, value, rate, ttl = '', workingSet, operations = '', zipf] = line
    .trim()
    .split(/ +/);
  const shares = operations.split(',').map((each) => each.split(':'));
  const shareOf = (isGet: boolean) =>
    shares
      .filter(([name = '']) => name.startsWith('get') === isGet)
      .reduce((sum, [, share]) => sum + Number(share), 0);
  return [
    Number(cluster),
    {
      missRatio: Number(missRatio),
      key: Number(key),
      value: Number(value),
      rate: Number(rate) * 1000,
      ttl,
      workingSet: Number(workingSet) * 1e6,
      gets: shareOf(true),
      sets: shareOf(false),
      zipf: Number(zipf),
    },
  ];
}

/** Seconds in each unit of the table's TTLs. */
const UNIT_S: Readonly<Record<string, number>> = { s: 1, h: 3600, d: 86_400 };

/** What was printed of the cluster that an entry is of. */
export function printedOf(cluster: number): Printed {
  const row = rows.get(cluster);
  assert(row !== undefined, `cluster ${cluster} is in the table`);
  return row;
}

export const PRODUCTION: readonly GalleryEntry[] = OURS.map(([cluster, title, duration, readBack]) => {
  const printed = printedOf(cluster);
  const { rate, gets, sets, key, value, ttl, zipf, workingSet, missRatio } = printed;
  const [getRate, setRate] = [rate * gets, rate * sets].map((each) => perSecond(each));
  const sentence =
    `Twitter’s cluster ${cluster}: ${getRate} gets and ${setRate} sets a second of ${value} B values, ` +
    `Zipf ${zipf}, TTL ${ttl}; ${percent(missRatio)} missed.`;
  return entry(
    `twitter-${cluster}`,
    title,
    sentence,
    {
      duration,
      policy: 'write-through-aside',
      'workload.puts': `${setRate}/s`,
      'workload.gets': readBack === undefined ? `${getRate}/s` : '0/s',
      'workload.readBack': String(readBack ?? 0),
      'workload.keys': String(Math.min(LIMITS.keys, Math.round(workingSet / (key + value)))),
      'workload.skew': String(zipf),
      'workload.value': `${value}B`,
      'cache.ttl': ttlWithin(ttl),
    },
    SOURCE,
  );
});

/** To a tenth: what is printed of the rates has no more digits. */
function perSecond(rate: number): string {
  return printDecimal(Math.round(rate * 10) / 10);
}

function percent(share: number): string {
  return `${printDecimal(Math.round(share * 10_000) / 100)} %`;
}

/** A TTL as the document takes it. */
function ttlWithin(text: string): string {
  const unit = UNIT_S[text.slice(-1)];
  assert(unit !== undefined, `${text} has a unit that is known`);
  const us = Number.parseFloat(text) * unit * 1e6;
  return us <= LIMITS.timeout ? printDuration(us) : 'off';
}
