/**
 * Series: counts, latencies and the state of every node per 100 ms, and their sums over the whole run. Counters of
 * the bucket under way are plain columns that actors add to; `closeBucket` turns them into a row.
 */
import type { Design } from '../design/design.ts';
import { BUCKET_US, NODE, NODE_WIDTH, SYSTEM, SYSTEM_WIDTH } from '../design/readings.ts';
import type { Archive, Persistent } from './kernel/archive.ts';
import { Histogram } from './kernel/histogram.ts';
import {
  H_BUSY,
  H_QUEUED,
  H_SERVED,
  H_SERVERS,
  H_STATE,
  HOST,
  N_BUSY_TIME,
  N_WAITED,
  realAt,
} from './nodes.ts';
import { OpKind } from './operations.ts';

/** What a node's row needs beyond the counters here: rows of HOST ints and of real numbers. */
export interface NodeLevels {
  readonly at: Int32Array;
  readonly real: Float64Array;
}

/**
 * Where the endings of each kind of operation begin: ok, failed, unknown; and where it says how many PUTs, GETs and
 * read-backs ended after the last bucket, by the bucket that they began in.
 */
export const ENDINGS = { put: 0, get: 3, readBack: 6, late: 9 } as const;

export class Series implements Persistent {
  /** Rows filled so far, and how many there will be. */
  buckets = 0;
  readonly length: number;
  readonly nodeCount: number;
  systemRows: Float32Array<ArrayBuffer>;
  nodeRows: Float32Array<ArrayBuffer>;
  /** The bucket under way, in the columns of SYSTEM; and of all buckets so far. */
  system: Float64Array<ArrayBuffer> = new Float64Array(SYSTEM_WIDTH);
  totals: Float64Array<ArrayBuffer> = new Float64Array(SYSTEM_WIDTH);
  hits: Float64Array<ArrayBuffer>;
  misses: Float64Array<ArrayBuffer>;
  timeouts: Float64Array<ArrayBuffer>;
  invalidations = 0;
  /** Sets and deletes that PUTs cost the cache; fills apart. */
  cacheWrites = 0;
  readBackHits = 0;
  readBackMisses = 0;
  /** Ended operations, by ENDINGS; GETs with the read-backs among them. */
  endings: Float64Array<ArrayBuffer>;
  readonly put = new Histogram();
  readonly get = new Histogram();
  readonly readBack = new Histogram();
  /** Of the bucket under way; `put` and `get` are of all before it. */
  readonly bucketPut = new Histogram();
  readonly bucketGet = new Histogram();

  constructor(design: Design, nodeCount: number) {
    this.length = Math.ceil(design.duration / BUCKET_US);
    this.nodeCount = nodeCount;
    this.systemRows = new Float32Array(this.length * SYSTEM_WIDTH);
    this.nodeRows = new Float32Array(this.length * nodeCount * NODE_WIDTH);
    this.endings = new Float64Array(ENDINGS.late + 3 * this.length);
    this.hits = new Float64Array(nodeCount);
    this.misses = new Float64Array(nodeCount);
    this.timeouts = new Float64Array(nodeCount);
  }

  /** An operation that began at `start` has ended after `latency` microseconds; `ending` is 0 ok, 1 failed, 2 unknown. */
  endOperation(kind: number, ending: number, start: number, latency: number): void {
    if (this.buckets === this.length)
      this.endings[ENDINGS.late + 3 * Math.floor(start / BUCKET_US) + kind]!++;
    if (kind === OpKind.put) {
      this.bucketPut.add(latency);
      this.endings[ENDINGS.put + ending]!++;
      this.system[ending === 0 ? SYSTEM.putsOk : ending === 1 ? SYSTEM.failed : SYSTEM.putsUnknown]!++;
      return;
    }
    this.bucketGet.add(latency);
    this.endings[ENDINGS.get + ending]!++;
    if (kind === OpKind.readBack) {
      this.readBack.add(latency);
      this.endings[ENDINGS.readBack + ending]!++;
    }
    this.system[ending === 0 ? SYSTEM.getsOk : SYSTEM.failed]!++;
  }

  /** Ends a bucket of `length` microseconds: writes its row, adds it to the totals, and begins the next. */
  closeBucket(
    length: number,
    inFlight: number,
    entries: number,
    entriesOf: (node: number) => number,
    levels: NodeLevels,
    leads: (node: number) => boolean,
    lag: (node: number) => number,
  ): void {
    const { system, bucketPut, bucketGet } = this;
    system[SYSTEM.putP50] = bucketPut.quantile(0.5);
    system[SYSTEM.putP99] = bucketPut.quantile(0.99);
    system[SYSTEM.getP50] = bucketGet.quantile(0.5);
    system[SYSTEM.getP99] = bucketGet.quantile(0.99);
    system[SYSTEM.inFlight] = inFlight;
    system[SYSTEM.entries] = entries;
    this.systemRows.set(system, this.buckets * SYSTEM_WIDTH);
    for (let node = 0; node < this.nodeCount; node++) {
      const o = (this.buckets * this.nodeCount + node) * NODE_WIDTH;
      const h = node * HOST;
      const row = this.nodeRows;
      const servers = levels.at[h + H_SERVERS]!;
      const served = levels.at[h + H_SERVED]!;
      row[o + NODE.queue] = levels.at[h + H_QUEUED]!;
      row[o + NODE.busy] = levels.at[h + H_BUSY]!;
      row[o + NODE.utilisation] =
        servers === 0 ? 0 : levels.real[realAt(node) + N_BUSY_TIME]! / (servers * length);
      row[o + NODE.served] = served;
      row[o + NODE.wait] = served === 0 ? 0 : levels.real[realAt(node) + N_WAITED]! / served;
      row[o + NODE.timeouts] = this.timeouts[node]!;
      row[o + NODE.hits] = this.hits[node]!;
      row[o + NODE.misses] = this.misses[node]!;
      row[o + NODE.entries] = entriesOf(node);
      row[o + NODE.state] = levels.at[h + H_STATE]!;
      row[o + NODE.leads] = leads(node) ? 1 : 0;
      row[o + NODE.lag] = lag(node);
    }
    this.buckets++;
    this.fold();
  }

  /** Adds what has been counted since the last bucket to the totals; once more after the drain. */
  fold(): void {
    for (let column = 0; column < SYSTEM_WIDTH; column++) {
      if (column === SYSTEM.maxStaleness)
        this.totals[column] = Math.max(this.totals[column]!, this.system[column]!);
      else this.totals[column]! += this.system[column]!;
    }
    this.put.merge(this.bucketPut);
    this.get.merge(this.bucketGet);
    this.bucketPut.clear();
    this.bucketGet.clear();
    this.system.fill(0);
    this.hits.fill(0);
    this.misses.fill(0);
    this.timeouts.fill(0);
  }

  persist(archive: Archive): void {
    this.buckets = archive.number('buckets', this.buckets);
    this.invalidations = archive.number('invalidations', this.invalidations);
    this.cacheWrites = archive.number('cacheWrites', this.cacheWrites);
    this.readBackHits = archive.number('readBackHits', this.readBackHits);
    this.readBackMisses = archive.number('readBackMisses', this.readBackMisses);
    this.system = archive.floats('system', this.system, SYSTEM_WIDTH);
    this.totals = archive.floats('totals', this.totals, SYSTEM_WIDTH);
    this.hits = archive.floats('hits', this.hits, this.nodeCount);
    this.misses = archive.floats('misses', this.misses, this.nodeCount);
    this.timeouts = archive.floats('timeouts', this.timeouts, this.nodeCount);
    this.endings = archive.floats('endings', this.endings, this.endings.length);
    this.systemRows = persistRows(archive, 'systemRows', this.systemRows, this.buckets * SYSTEM_WIDTH);
    this.nodeRows = persistRows(
      archive,
      'nodeRows',
      this.nodeRows,
      this.buckets * this.nodeCount * NODE_WIDTH,
    );
    for (const histogram of [this.put, this.get, this.readBack, this.bucketPut, this.bucketGet])
      histogram.persist(archive);
  }
}

/** Float32 rows are recorded by their bits. */
function persistRows(
  archive: Archive,
  name: string,
  rows: Float32Array<ArrayBuffer>,
  used: number,
): Float32Array<ArrayBuffer> {
  const bits = archive.ints(name, new Int32Array(rows.buffer), used);
  if (bits.buffer === rows.buffer) return rows;
  rows.fill(0);
  rows.set(new Float32Array(bits.buffer, 0, used));
  return rows;
}
