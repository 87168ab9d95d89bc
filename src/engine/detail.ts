/** Detail of a window: resumes from the checkpoint before it, renders the window with the recorder on, hands over what it wrote. */
import { err, ok, type Result } from '../base/result.ts';
import type { Design } from '../design/design.ts';
import { CALL, MARK, PHASE, Phase } from './calls.ts';
import type { Checkpoint } from './kernel/archive.ts';
import { Tier } from './nodes.ts';
import type { DetailReading, DetailRequest, Kept } from './readings.ts';
import { Seeker } from './seeker.ts';
import { Event, type World } from './world.ts';

/** Simulated time rendered between two looks at the limits. */
const SLICE_US = 2_000;

/** Details of one design's run, window by window: the next window further on is rendered on in the same world. */
export class DetailSource {
  readonly #design: Design;
  readonly #seeker: Seeker;

  /** `seeker` is of that design, and may be shared with others who look at its run. */
  constructor(design: Design, seeker = new Seeker(design)) {
    this.#design = design;
    this.#seeker = seeker;
  }

  /** The detail of `request`'s window; `checkpoint` is the nearest one at or before it (none: from the beginning). */
  of(checkpoint: Checkpoint | undefined, request: DetailRequest): Result<DetailReading> {
    const seeker = this.#seeker;
    const found = seeker.place(checkpoint, request.from);
    if (!found.ok) return err(found.error);
    const run = found.value;
    const w = run.world;
    seeker.advance(request.from);
    const perSecond = this.#design.workload.gets + this.#design.workload.puts;
    const operations = (perSecond * (request.to - request.from)) / 1e6;
    const oneIn =
      request.sample === 'all' ? 1 : Math.max(1, Math.round(operations / Math.max(1, request.sample)));
    w.record({
      oneIn,
      focus: new Set(request.focus),
      key: request.key,
      session: request.session ?? -1,
    });
    writeUnderWay(w);
    const held = heldBy(w, request.key);
    const kept = keptOf(w, request.key);
    for (let node = 0; node < w.nodes.count; node++) w.recorder.level(node);
    let to = request.from;
    while (to < request.to && !w.recorder.truncated && !run.done) {
      to = Math.min(request.to, to + SLICE_US);
      seeker.advance(to);
    }
    w.recording = false;
    const { hops, events, levels, truncated, ofSession } = w.recorder;
    return ok({
      from: request.from,
      to: truncated ? to : request.to,
      oneIn,
      hops: hops.take(),
      events: events.take(),
      levels: levels.take(),
      held,
      kept,
      ofSession: [...ofSession],
      truncated,
    });
  }
}

/** The detail of one window, by itself. */
export function detailOf(
  design: Design,
  checkpoint: Checkpoint | undefined,
  request: DetailRequest,
): Result<DetailReading> {
  return new DetailSource(design).of(checkpoint, request);
}

/** Messages that were under way when the window opened, in the order in which they left. */
function writeUnderWay(w: World): void {
  const underWay: { row: number; sentAt: number; arrivesAt: number }[] = [];
  w.wheel.forEachPending((arrivesAt, kind, row) => {
    if (kind !== Event.arrive && kind !== Event.answer && kind !== Event.acknowledged) return;
    const phase = w.calls.at[row * CALL + PHASE];
    if (phase === Phase.travelling || phase === Phase.returning)
      underWay.push({ row, sentAt: w.calls.at[row * CALL + MARK]!, arrivesAt });
  });
  underWay.sort((a, b) => a.sentAt - b.sentAt);
  for (const { row, sentAt, arrivesAt } of underWay) w.recorder.writeHop(row, sentAt, arrivesAt, 0);
}

/** The version of the key that every node holds, by number; -1 where it holds nothing, or nothing was ever asked. */
function heldBy(w: World, key: number): Int32Array<ArrayBuffer> {
  const held = new Int32Array(w.nodes.count).fill(-1);
  const slot = key < 0 ? -1 : w.keys.find(key);
  if (slot < 0) return held;
  const cached = w.cache.held(slot);
  if (cached >= 0) held[w.cacheNodeOf(slot)] = w.oracle.numberOf(cached);
  const shard = w.shardOf(slot);
  for (let r = 0; r < w.store.rf; r++) {
    const node = w.replicaNode(shard, r);
    if (w.nodes.tierOf(node) === Tier.store) held[node] = w.oracle.numberOf(w.store.shown(slot, r));
  }
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
