/** What a cache node does to its entries, at the end of a service: look up, hold, drop. Fences are kept here. */
import { SYSTEM } from '../../design/readings.ts';
import { CALL, callAt, FLAGS, Flag, KIND, NODE, SLOT, STATUS, WRITE } from '../calls.ts';
import { Event, Stream, type World } from '../world.ts';
import { flushNow, loseBuffer } from './buffer.ts';
import { PUT } from './transport.ts';

/** What a lookup comes to. `due`: a hit on an entry that is to be reloaded ahead of its end. */
const Found = { hit: 0, miss: 1, due: 2 } as const;

/**
 * Finds a live entry: the call then carries its version, marked when that is not committed yet. A miss takes the
 * key's lease, where there are leases.
 */
export const lookUp = (w: World, row: number): number => {
  const at = w.calls.at;
  const o = callAt(row);
  const slot = at[o + SLOT]!;
  const node = at[o + NODE]!;
  const held = w.cache.held(slot);
  if (held < 0) {
    w.series.system[SYSTEM.misses]!++;
    w.series.misses[node]!++;
    if ((at[o + FLAGS]! & Flag.readBack) !== 0) w.series.readBackMisses++;
    if (w.leases) at[o + STATUS] = w.cache.lease(slot);
    w.recorder?.event('miss', row, 0);
    return Found.miss;
  }
  w.series.system[SYSTEM.hits]!++;
  w.series.hits[node]!++;
  if ((at[o + FLAGS]! & Flag.readBack) !== 0) w.series.readBackHits++;
  at[o + WRITE] = held;
  if (!w.oracle.isCommitted(held)) at[o + FLAGS]! |= Flag.dirty;
  w.cache.use(node - w.nodes.firstCache, slot);
  w.recorder?.event('hit', row, 0);
  return w.cache.isDue(slot, w.wheel.now) ? Found.due : Found.hit;
};

/**
 * Holds the version that the call carries, unless a fence refuses it: a newer entry, or a newer one's tombstone; or,
 * for a fill, a lease that was revoked since its miss.
 */
export const applyEntry = (w: World, row: number): void => {
  const at = w.calls.at;
  const o = callAt(row);
  const slot = at[o + SLOT]!;
  const write = at[o + WRITE]!;
  const cache = w.cache;
  const held = cache.held(slot);
  const now = w.wheel.now;
  if (at[o + KIND] === PUT) {
    w.series.cacheWrites++;
    if (w.leases) cache.revoke(slot);
  } else if (w.leased && at[o + STATUS] !== cache.lease(slot)) {
    w.recorder?.event('refuse', row, 0);
    return;
  }
  if (w.cacheFenced) {
    const tombstone = cache.tombstone(slot, now);
    if (
      (held > 0 && w.oracle.fencedBefore(write, held)) ||
      (tombstone > 0 && w.oracle.fencedBefore(write, tombstone))
    ) {
      w.recorder?.event('refuse', row, 0);
      return;
    }
  }
  const node = at[o + NODE]! - w.nodes.firstCache;
  if (held < 0 && cache.entries[node]! >= cache.capacity) evict(w, node);
  const pending = cache.expiryOf(slot);
  if (pending !== 0) w.wheel.cancel(pending);
  const life = cache.ttl === 0 ? 0 : lifetime(w);
  const expiry = cache.ttl === 0 ? 0 : w.wheel.schedule(now + life, Event.expire, slot);
  cache.set(node, slot, write, expiry);
  if (cache.refreshAt >= 0) cache.setDue(slot, now + Math.round(life * cache.refreshAt));
  w.recorder?.event('apply', row, life);
};

/** How long an entry lives that is applied now, microseconds: the TTL, spread evenly by its jitter to both sides. */
const lifetime = (w: World): number => {
  const { ttl, ttlJitter } = w.cache;
  if (ttlJitter === 0) return ttl;
  return Math.round(ttl * (1 + ttlJitter * (2 * w.streams.unit(Stream.ttlJitter) - 1)));
};

/** Takes back what this call applied, unless somebody has replaced it meanwhile. */
export const removeEntry = (w: World, row: number): void => {
  const o = row * CALL;
  const slot = w.calls.at[o + SLOT]!;
  if (w.cache.held(slot) !== w.calls.at[o + WRITE]!) return;
  drop(w, w.calls.at[o + NODE]! - w.nodes.firstCache, slot);
  w.recorder?.event('remove', row, 0);
};

/**
 * Drops the entry. Fenced by version, an entry as new as the invalidation or newer stays, and a tombstone keeps
 * older ones out.
 */
export const invalidateEntry = (w: World, row: number): void => {
  const at = w.calls.at;
  const o = row * CALL;
  const slot = at[o + SLOT]!;
  const write = at[o + WRITE]!;
  const held = w.cache.held(slot);
  const now = w.wheel.now;
  w.series.cacheWrites++;
  if (w.leases) w.cache.revoke(slot);
  if (w.cacheFenced) {
    const tombstone = w.cache.tombstone(slot, now);
    if (tombstone < 0 || !w.oracle.fencedBefore(write, tombstone)) {
      w.cache.leaveTombstone(slot, write, now);
      w.recorder?.event('bury', row, w.cache.tombstoneUntil(slot) - now);
    }
    if (held >= 0 && !w.oracle.fencedBefore(held, write)) return;
  }
  if (held < 0) return;
  drop(w, at[o + NODE]! - w.nodes.firstCache, slot);
  w.recorder?.event('remove', row, 0);
};

/** An entry's time is over. */
export const expire = (w: World, slot: number): void => {
  const node = w.cacheNodeOf(slot);
  w.cache.expirations++;
  w.cache.drop(node - w.nodes.firstCache, slot);
  flushNow(w, slot);
  w.recorder?.keyEvent('expire', node, slot);
};

/** Everything a node holds is gone: a flush, or a crash. Tombstones go with it, leases, and what was not flushed yet. */
export const clearNode = (w: World, node: number): void => {
  const index = node - w.nodes.firstCache;
  loseBuffer(w, node);
  for (let slot = 0; slot < w.keys.size; slot++) {
    if (w.cacheNodeOf(slot) !== node) continue;
    if (w.cache.held(slot) >= 0) drop(w, index, slot);
    w.cache.leaveTombstone(slot, 0, -0x40000000);
    w.cache.revoke(slot);
    w.recorder?.forget(node, slot);
  }
  w.cache.forget(index);
};

const evict = (w: World, node: number): void => {
  const slot = w.cache.victim(node);
  w.cache.evictions++;
  drop(w, node, slot);
  w.recorder?.keyEvent('evict', node + w.nodes.firstCache, slot);
};

const drop = (w: World, node: number, slot: number): void => {
  const pending = w.cache.expiryOf(slot);
  if (pending !== 0) w.wheel.cancel(pending);
  w.cache.drop(node, slot);
  flushNow(w, slot);
};
