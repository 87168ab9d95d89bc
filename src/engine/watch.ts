/**
 * Writes down what happens in one window of a run, from right before it on: switches the recorder on and hands over what it
 * wrote. Whoever renders the run through the window holds it; it renders nothing and changes nothing.
 */
import { oneInFor } from '../design/sampling.ts';
import type { DetailReading, DetailRequest, Kept } from './readings.ts';
import { CALL, MARK, PHASE, type Phase } from './calls.ts';
import { CommitWatch } from './commitWatch.ts';
import { record, type Recorder } from './recorder.ts';
import type { Event, World } from './world.ts';

// Numbers, checked by the tables that they are of: these stand in the worker's first script, where the build puts each of
// their numbers in its place as long as no part that is loaded later, as this one is, asks for a table itself.
const ARRIVE: typeof Event.arrive = 1;
const ANSWER: typeof Event.answer = 3;
const ACKNOWLEDGED: typeof Event.acknowledged = 9;
const TRAVELLING: typeof Phase.travelling = 1;
const RETURNING: typeof Phase.returning = 6;

export class Watch {
  readonly request: DetailRequest;
  readonly #world: World;
  readonly #oneIn: number;
  readonly #held: Int32Array<ArrayBuffer>;
  readonly #kept: Kept;
  readonly #commits: CommitWatch;
  readonly #recorder: Recorder;

  /** Everything before the window has been rendered, and nothing of it. */
  constructor(w: World, request: DetailRequest) {
    this.request = request;
    this.#world = w;
    this.#oneIn = request.sample === 'all' ? 1 : oneInFor(w.design, request.sample);
    this.#recorder = record(w, {
      oneIn: this.#oneIn,
      focus: new Set(request.focus),
      key: request.key,
      keyInFull: request.keyInFull ?? false,
      session: request.session ?? -1,
    });
    writeUnderWay(w, this.#recorder);
    this.#held = heldBy(w, request.key);
    this.#kept = keptOf(w, request.key);
    this.#commits = new CommitWatch(w, request.key);
    for (let node = 0; node < w.nodes.count; node++) this.#recorder.level(node);
  }

  /** More happened than is written down: the rest of the window is missing. */
  get truncated(): boolean {
    return this.#recorder.truncated;
  }

  /** Ends it. `to`: everything before has been rendered; the reading ends there if it is truncated. */
  end(to: number): DetailReading {
    this.#world.recorder = undefined;
    const { hops, events, levels, truncated, ofSession } = this.#recorder;
    return {
      from: this.request.from,
      to: truncated ? to : this.request.to,
      oneIn: this.#oneIn,
      hops: hops.end(),
      events: events.end(),
      levels: levels.end(),
      held: this.#held,
      kept: this.#kept,
      committed: this.#commits.end(),
      ofSession: [...ofSession],
      truncated,
    };
  }
}

/** Messages that were under way when the window opened, in the order in which they left, up to the limit of rows. */
function writeUnderWay(w: World, recorder: Recorder): void {
  const underWay: { row: number; sentAt: number; arrivesAt: number }[] = [];
  w.wheel.forEachPending((arrivesAt, kind, row) => {
    if (kind !== ARRIVE && kind !== ANSWER && kind !== ACKNOWLEDGED) return;
    const phase = w.calls.at[row * CALL + PHASE];
    if (phase === TRAVELLING || phase === RETURNING)
      underWay.push({ row, sentAt: w.calls.at[row * CALL + MARK]!, arrivesAt });
  });
  underWay.sort((a, b) => a.sentAt - b.sentAt);
  for (const { row, sentAt, arrivesAt } of underWay) {
    if (recorder.truncated) return;
    recorder.writeHop(row, sentAt, arrivesAt, 0);
  }
}

/** The version of the key that every node holds, by number; -1 where it holds nothing, or nothing was ever asked. */
function heldBy(w: World, key: number): Int32Array<ArrayBuffer> {
  const held = new Int32Array(w.nodes.count).fill(-1);
  const slot = key < 0 ? -1 : w.keys.find(key);
  if (slot < 0) return held;
  const cached = w.cache.held(slot);
  if (cached >= 0) held[w.cacheNodeOf(slot)] = w.oracle.numberOf(cached);
  const shard = w.shardOf(slot);
  for (let r = 0; r < w.store.rf; r++)
    held[w.replicaNode(shard, r)] = w.oracle.numberOf(w.store.shown(slot, r));
  return held;
}

/** What the key's cache node keeps of it beside the version. */
function keptOf(w: World, key: number): Kept {
  const slot = key < 0 ? -1 : w.keys.find(key);
  if (slot < 0) return { until: -1, tombstone: -1, tombstoneUntil: -1 };
  const expiry = w.cache.expiryOf(slot);
  const tombstone = w.cache.tombstone(slot, w.wheel.now);
  return {
    until: expiry === 0 ? -1 : w.wheel.timeOf(expiry),
    tombstone: tombstone < 0 ? -1 : w.oracle.numberOf(tombstone),
    tombstoneUntil: tombstone < 0 ? -1 : w.cache.tombstoneUntil(slot),
  };
}
