/**
 * Replicas that are alike: no rule of the store tells one from another, so that two states which differ in who is who
 * among them are one. Followers are alike where no election can come, which would have to choose between them; without a
 * leader all replicas are but the one that may crash. Each gets a name by what can be seen of it, and the form of a state
 * says the name wherever it speaks of a replica.
 *
 * Whichever way they are named, it is the form of a state that is this one up to a renaming: two that differ in more are
 * never taken for one. Those that cannot be told apart here are named in the order of their numbers, which at worst
 * leaves two states apart that are one.
 */
import { CALL, FLAGS, Flag, FROM, KIND, NODE, OPERATION, PHASE, Phase, WRITE } from '../calls.ts';
import { ANSWERED, CURRENT, isGather } from '../gathers.ts';
import { H_BUSY, H_STATE, HOST } from '../nodes.ts';
import { E_ACKED, E_DURABLE, E_NEXT, E_NOTICED, E_SHOWN, ENTRY, S_LEADER, SHARD } from '../store.ts';
import type { World } from '../world.ts';
import { crashable } from './disk.ts';
import { isSpent } from './gathered.ts';
import type { Injected } from './injected.ts';
import { Piece, Sum } from './sum.ts';

const ENTRY_MASKS = [E_DURABLE, E_ACKED, E_NOTICED, E_SHOWN];

interface View {
  readonly replica: number;
  readonly high: number;
  readonly low: number;
}

export class Alike {
  readonly #w: World;
  readonly #injected: Injected;
  readonly #slot: number;
  /** The place of a version's PUT among the operations. */
  readonly #placeOf: (write: number) => number;
  readonly #sum = new Sum();
  /** Node of the key's replica 0. */
  readonly #first: number;
  /** Replicas that may change their names with each other. */
  readonly #replicas: readonly number[];
  /** By replica, its name; by name, whose it is. Both from 0. */
  readonly #names: number[];
  readonly #bearers: number[];

  constructor(w: World, injected: Injected, slot: number, placeOf: (write: number) => number) {
    this.#w = w;
    this.#injected = injected;
    this.#slot = slot;
    this.#placeOf = placeOf;
    const shard = w.shardOf(slot);
    this.#first = w.replicaNode(shard, 0);
    const crashes = crashable(w);
    const every = Array.from({ length: w.store.rf }, (_, r) => r);
    this.#names = [...every];
    this.#bearers = [...every];
    const others = every.filter((r) => !crashes.has(this.#first + r));
    const followers = others.filter((r) => r !== w.store.shard[shard * SHARD + S_LEADER]!);
    this.#replicas = w.leaderless ? others : others.length < every.length ? [] : followers;
  }

  /** Names them as they are now. */
  take(): void {
    const replicas = this.#replicas;
    const names = this.#names;
    const bearers = this.#bearers;
    if (replicas.length < 2) return;
    const views = replicas.map((replica) => this.#viewOf(replica));
    views.sort((a, b) => a.high - b.high || a.low - b.low);
    views.forEach(({ replica }, i) => {
      const name = replicas[i]!;
      names[replica] = name;
      bearers[name] = replica;
    });
  }

  /** Whose name this is; both are replicas of the key's shard, from 0. */
  bearerOf(name: number): number {
    return this.#bearers[name]!;
  }

  /** The node whose name this node's number is: itself, if it is no replica of the key. */
  nodeNamed(node: number): number {
    const replica = node - this.#first;
    return replica < 0 || replica >= this.#names.length ? node : this.#first + this.#bearers[replica]!;
  }

  /** A node's number, as it is named. */
  nameOfNode(node: number): number {
    const replica = node - this.#first;
    return replica < 0 || replica >= this.#names.length ? node : this.#first + this.#names[replica]!;
  }

  /** A mask with a bit for each replica, as they are named. */
  maskOf(mask: number): number {
    let named = 0;
    for (let r = 0; r < this.#names.length; r++) if ((mask & (1 << r)) !== 0) named |= 1 << this.#names[r]!;
    return named;
  }

  /** What can be seen of a replica that names no other one. */
  #viewOf(replica: number): View {
    const w = this.#w;
    const sum = this.#sum;
    const slot = this.#slot;
    const { store, nodes } = w;
    const h = (this.#first + replica) * HOST;
    sum.clear();
    sum.begin(Piece.whole);
    sum.add(this.#placeOf(store.shown(slot, replica)));
    sum.add(nodes.at[h + H_STATE]!);
    sum.add(nodes.at[h + H_BUSY]!);
    for (let entry = store.firstOpen(slot); entry !== 0; entry = store.at[entry * ENTRY + E_NEXT]!)
      for (const column of ENTRY_MASKS) sum.add((store.at[entry * ENTRY + column]! >> replica) & 1);
    sum.end();
    this.#addCalls(replica);
    return { replica, high: sum.high, low: sum.low };
  }

  /** Messages to and from a replica, and what those who ask several know of it. */
  #addCalls(replica: number): void {
    const w = this.#w;
    const sum = this.#sum;
    const injected = this.#injected;
    const { calls } = w;
    const { at } = calls;
    const node = this.#first + replica;
    for (let row = 1; row < calls.end; row++) {
      const o = row * CALL;
      if (at[o + PHASE] === Phase.free) continue;
      const gathers = isGather(calls, row);
      if (gathers ? isSpent(w, row) : at[o + NODE] !== node && at[o + FROM] !== node) continue;
      sum.begin(Piece.call);
      sum.add(injected.placeOf(at[o + OPERATION]!));
      sum.add(at[o + KIND]! | (at[o + PHASE]! << 8) | ((at[o + FLAGS]! & ~Flag.givenUp) << 16));
      if (gathers) {
        sum.add((at[o + ANSWERED]! >> replica) & 1);
        sum.add((at[o + CURRENT]! >> replica) & 1);
      } else sum.add(this.#placeOf(at[o + WRITE]!));
      sum.end();
    }
  }
}
