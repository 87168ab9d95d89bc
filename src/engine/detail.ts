/** Detail of a window: resumes from the checkpoint before it, renders the window with the recorder on, hands over what it wrote. */
import { err, ok, type Result } from '../base/result.ts';
import type { Design } from '../design/design.ts';
import { CALL, MARK, PHASE, Phase } from './calls.ts';
import type { Checkpoint } from './kernel/archive.ts';
import { Tier } from './nodes.ts';
import type { DetailReading, DetailRequest } from './readings.ts';
import { Run } from './run.ts';
import { Event, type World } from './world.ts';

/** Simulated time rendered between two looks at the limits. */
const SLICE_US = 2_000;

/** The detail of `request`'s window, from the nearest checkpoint at or before it (none: from the beginning). */
export function detailOf(
  design: Design,
  checkpoint: Checkpoint | undefined,
  request: DetailRequest,
): Result<DetailReading> {
  const resumed = checkpoint === undefined ? ok(Run.start(design)) : Run.resume(design, checkpoint);
  if (!resumed.ok) return err(resumed.error);
  const run = resumed.value;
  const w = run.world;
  if (run.now > request.from)
    return err(`the checkpoint stands at ${run.now}, after the window's start ${request.from}`);
  if (request.from > 0) run.advance(request.from - 1);
  const perSecond = design.workload.gets + design.workload.puts;
  const operations = (perSecond * (request.to - request.from)) / 1e6;
  const oneIn =
    request.sample === 'all' ? 1 : Math.max(1, Math.round(operations / Math.max(1, request.sample)));
  w.record({
    oneIn,
    focus: new Set(request.focus),
    slot: request.key < 0 ? -1 : w.keys.find(request.key),
  });
  writeUnderWay(w);
  const held = heldBy(w, request.key);
  for (let node = 0; node < w.nodes.count; node++) w.recorder.level(node);
  let to = request.from;
  while (to < request.to && !w.recorder.truncated && !run.done) {
    to = Math.min(request.to, to + SLICE_US);
    // The window is half open.
    run.advance(to - 1);
  }
  const { hops, events, levels, truncated } = w.recorder;
  return ok({
    from: request.from,
    to: truncated ? to : request.to,
    oneIn,
    hops: hops.take(),
    events: events.take(),
    levels: levels.take(),
    held,
    truncated,
  });
}

/** Messages that were under way when the window opened. */
function writeUnderWay(w: World): void {
  w.wheel.forEachPending((time, kind, row) => {
    if (kind !== Event.arrive && kind !== Event.answer && kind !== Event.acknowledged) return;
    const phase = w.calls.at[row * CALL + PHASE];
    if (phase === Phase.travelling || phase === Phase.returning)
      w.recorder.writeHop(row, w.calls.at[row * CALL + MARK]!, time, 0);
  });
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
