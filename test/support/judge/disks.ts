/**
 * What the disks of the store say: what is shown where, which versions w disks hold, and of which no copy is left. Read
 * from the world between two events.
 */
import { assert } from '../../../src/base/assert.ts';
import type { Design } from '../../../src/design/design.ts';
import {
  E_DURABLE,
  E_LEADER,
  E_NEXT,
  E_SERIAL,
  E_WRITE,
  ENTRY,
  R_EMPTY,
  R_LEADS,
  S_LAST_FAULT,
  SHARD,
} from '../../../src/engine/store.ts';
import { Event, type World } from '../../../src/engine/world.ts';
import type { Court, Version } from './truth.ts';
import type { Line, Moment } from './watch.ts';

const of = (at: Int32Array, index: number): number => at[index] ?? 0;

/** After these lines something else may stand on a disk. */
const TELLING: ReadonlySet<string> = new Set(['durable', 'commit', 'expose', 'refuse', 'elected']);

export class Disks {
  private readonly court: Court;
  private readonly rf: number;
  private readonly w: number;
  private readonly leaderless: boolean;
  /** By key, and replica of its shard: the version that is shown. */
  private readonly shows = new Map<number, Version[]>();
  /** By key: the newest version of which there was a copy when it was looked at last. */
  private readonly stood = new Map<number, Version>();
  /** By key: versions that have come to a disk, where there are no leaders. */
  private readonly arrived = new Map<number, Set<Version>>();
  /** By key: who logged each entry that is open, by the entry's serial. */
  private readonly logs = new Map<number, Map<number, number>>();
  private readonly leads = new Set<number>();
  private firstStore = 0;

  constructor(design: Design, court: Court) {
    this.court = court;
    this.rf = design.store.rf;
    this.w = design.store.w;
    this.leaderless = design.store.mode === 'leaderless';
  }

  /** What a replica answers reads of a key with. */
  shown(node: number, key: number): Version {
    const replica = (node - this.firstStore) % this.rf;
    return this.shows.get(key)?.[replica] ?? this.court.truthOf(key).initial;
  }

  expose({ node, key, version }: Line): void {
    const shows = this.shows.get(key) ?? [];
    shows[(node - this.firstStore) % this.rf] = this.court.version(key, version);
    this.shows.set(key, shows);
  }

  lastFault(w: World, key: number): number {
    return of(w.store.shard, w.shardOf(w.keys.find(key)) * SHARD + S_LAST_FAULT);
  }

  /** The newest version that a leader has in its log, else what it shows. */
  newestLogged(w: World, key: number, node: number): Version {
    const replica = w.replicaOf(node);
    const logged = entriesOf(w, key).filter((e) => of(w.store.at, e + E_LEADER) === replica);
    const last = logged.at(-1);
    return last === undefined
      ? this.shown(node, key)
      : this.versionIn(w, key, of(w.store.at, last + E_WRITE));
  }

  /** A coordinator has w acknowledgements for a PUT: it is committed, whatever has become of the copies. */
  acknowledged(w: World, key: number, version: Version, now: number): void {
    if (version.isCommitted) return;
    this.commitUpTo(key, version, now);
    this.copy(w, key);
    this.loseWhatIsGone(key, now);
  }

  look(w: World, { lines, kind, faults, time }: Moment): void {
    this.firstStore = w.nodes.firstStore;
    const told = lines.filter(({ type, node }) => node >= this.firstStore && TELLING.has(type));
    const elected = new Map(
      told.flatMap(({ type, node }) =>
        type === 'elected' ? [[w.shardOfNode(node), w.replicaOf(node)]] : [],
      ),
    );
    const everything = faults || kind === Event.elect || kind === Event.caughtUp || elected.size > 0;
    const keys = everything ? [...this.court.truths.keys()] : [...new Set(told.map(({ key }) => key))];
    for (const key of keys) this.copy(w, key);
    if (this.leaderless) {
      for (const key of keys) {
        this.arrive(key, lines, time);
        if (faults) this.loseWhatIsGone(key, time);
      }
      return;
    }
    const silenced = this.replacedLeaders(w);
    for (const key of silenced.length > 0 ? this.court.truths.keys() : keys) {
      const shard = w.shardOf(w.keys.find(key));
      const leader = elected.get(shard);
      const faultAt = of(w.store.shard, shard * SHARD + S_LAST_FAULT);
      if (leader !== undefined) {
        const back = this.shows.get(key)?.[leader];
        if (back?.lost === true) this.court.truthOf(key).commit(back, time);
        this.lose(w, key, 1 << leader, faultAt);
      } else if (faults) this.lose(w, key, this.filled(w, shard), time);
      else
        for (const node of silenced)
          if (w.shardOfNode(node) === shard && this.hasDropped(w, key, w.replicaOf(node)))
            this.lose(w, key, this.filled(w, shard) & ~(1 << w.replicaOf(node)), faultAt);
      this.stood.set(key, this.standing(w, key, this.filled(w, shard)));
    }
    // What a log holds changes where the store does something, or at once everywhere.
    const touched = lines.filter(({ node, key }) => node >= this.firstStore && key >= 0);
    for (const key of everything ? keys : new Set(touched.map((line) => line.key)))
      this.logs.set(key, logOf(w, key));
  }

  /** Of what this replica had logged something is gone. What it has besides, the others had as well, or still have. */
  private hasDropped(w: World, key: number, replica: number): boolean {
    const open = logOf(w, key);
    return [...(this.logs.get(key) ?? [])].some(([serial, by]) => by === replica && !open.has(serial));
  }

  /** Takes over what is shown, which may have changed without a line. */
  private copy(w: World, key: number): void {
    const slot = w.keys.find(key);
    this.shows.set(
      key,
      Array.from({ length: this.rf }, (_, r) => this.versionIn(w, key, w.store.shown(slot, r))),
    );
  }

  private versionIn(w: World, key: number, write: number): Version {
    return this.court.version(key, w.oracle.numberOf(write));
  }

  private filled(w: World, shard: number): number {
    let mask = 0;
    for (let r = 0; r < this.rf; r++)
      if (of(w.store.replica, w.replicaRow(w.replicaNode(shard, r)) + R_EMPTY) === 0) mask |= 1 << r;
    return mask;
  }

  /** Those who led and no longer do, though they have not crashed. */
  private replacedLeaders(w: World): number[] {
    const replaced: number[] = [];
    for (let node = this.firstStore; node < w.nodes.count; node++) {
      const leads = of(w.store.replica, w.replicaRow(node) + R_LEADS) === 1;
      if (!leads && this.leads.has(node) && w.leaderNode(w.shardOfNode(node)) !== node) replaced.push(node);
      if (leads) this.leads.add(node);
      else this.leads.delete(node);
    }
    return replaced;
  }

  /** The newest version that is not lost of which these replicas (bits) have a copy. */
  private standing(w: World, key: number, holders: number): Version {
    const truth = this.court.truthOf(key);
    const copies = (this.shows.get(key) ?? []).filter((_, r) => (holders & (1 << r)) !== 0);
    for (const e of entriesOf(w, key))
      if ((of(w.store.at, e + E_DURABLE) & holders) !== 0)
        copies.push(this.versionIn(w, key, of(w.store.at, e + E_WRITE)));
    return copies
      .filter(({ isCommitted, lost }) => isCommitted && !lost)
      .reduce((newest, one) => (truth.isBefore(newest, one) ? one : newest), truth.initial);
  }

  private lose(w: World, key: number, holders: number, faultAt: number): void {
    const truth = this.court.truthOf(key);
    const before = this.stood.get(key) ?? truth.initial;
    const survivor = this.standing(w, key, holders);
    if (!truth.isBefore(survivor, before)) return;
    for (const version of truth.lose(survivor, before)) this.court.countLost(version, faultAt);
  }

  // Without leaders.

  /** Commits what w disks hold, or something newer; what comes late stands before the first that is newer. */
  private arrive(key: number, lines: readonly Line[], now: number): void {
    const truth = this.court.truthOf(key);
    const shown = this.shows.get(key) ?? [];
    const arrived = this.arrived.get(key) ?? new Set<Version>();
    this.arrived.set(key, arrived);
    for (const line of lines)
      if (
        line.key === key &&
        line.node >= this.firstStore &&
        (line.type === 'expose' || line.type === 'refuse')
      )
        arrived.add(this.court.version(key, line.version));
    for (const version of shown) arrived.add(version);
    const held = (version: Version): number => shown.filter((on) => !on.isOlderThan(version)).length;
    const reached = [...arrived].filter(
      (version) => truth.latest.isOlderThan(version) && held(version) >= this.w,
    );
    for (const version of reached.sort((a, b) => (a.isOlderThan(b) ? 1 : -1)).slice(0, 1))
      this.commitUpTo(key, version, now);
    for (const version of arrived)
      if (!version.isCommitted && version.isOlderThan(truth.latest)) truth.supersede(version, truth.latest);
  }

  private commitUpTo(key: number, version: Version, now: number): void {
    const truth = this.court.truthOf(key);
    if (version.isOlderThan(truth.latest)) {
      truth.supersede(version, truth.latest);
      return;
    }
    const pending = [...(this.arrived.get(key) ?? []), version].filter(
      (one) => truth.latest.isOlderThan(one) && !version.isOlderThan(one),
    );
    for (const one of [...new Set(pending)].sort((a, b) => (a.isOlderThan(b) ? -1 : 1)))
      truth.commit(one, now);
  }

  private loseWhatIsGone(key: number, now: number): void {
    const truth = this.court.truthOf(key);
    const shown = this.shows.get(key) ?? [];
    const isGone = (version: Version): boolean => shown.every((on) => on.isOlderThan(version));
    const arrived = this.arrived.get(key) ?? new Set<Version>();
    for (const version of arrived) if (isGone(version)) arrived.delete(version);
    const newest = shown.reduce((most, on) => (most.isOlderThan(on) ? on : most), truth.initial);
    // What it has overwritten on the disks is not lost, wherever it stands itself.
    const survivor = truth.order.findLast(
      (one) =>
        one.isCommitted &&
        !one.lost &&
        !newest.isOlderThan(one) &&
        (one.before === undefined || one === newest),
    );
    assert(survivor !== undefined, 'nothing is older than the first version');
    for (const version of truth.lose(survivor, truth.latest)) this.court.countLost(version, now);
  }
}

/** Where the rows of a key's open entries begin, in the log's order. */
function entriesOf(w: World, key: number): number[] {
  const rows: number[] = [];
  for (
    let entry = w.store.firstOpen(w.keys.find(key));
    entry !== 0;
    entry = of(w.store.at, entry * ENTRY + E_NEXT)
  )
    rows.push(entry * ENTRY);
  return rows;
}

function logOf(w: World, key: number): Map<number, number> {
  const { at } = w.store;
  const log = new Map<number, number>();
  for (const e of entriesOf(w, key)) log.set(of(at, e + E_SERIAL), of(at, e + E_LEADER));
  return log;
}
