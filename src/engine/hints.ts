/**
 * Hints: the writes that a coordinator keeps for a replica which did not acknowledge them. A hint is a call that has not
 * left yet; here stand the two ends of each coordinator's list for each replica. `actors/hints.ts` acts on them.
 */
import type { Design } from '../design/design.ts';
import type { Archive, Persistent } from './kernel/archive.ts';
import type { Nodes } from './nodes.ts';

export class Hints implements Persistent {
  /** Whether hints are kept at all. */
  readonly kept: boolean;
  /** First and last call of each list; 0: none. Those that wait are linked through STEP. */
  ends: Int32Array<ArrayBuffer>;
  readonly #firstStore: number;
  readonly #replicas: number;

  constructor(design: Design, nodes: Nodes) {
    this.kept = design.store.mode === 'leaderless' && design.store.hintedHandoff;
    this.#firstStore = nodes.firstStore;
    this.#replicas = nodes.count - nodes.firstStore;
    this.ends = new Int32Array(this.kept ? 2 * nodes.firstStore * this.#replicas : 0);
  }

  /** Where the list of a coordinator for a replica stands in `ends`. */
  list(coordinator: number, replica: number): number {
    return 2 * (coordinator * this.#replicas + replica - this.#firstStore);
  }

  persist(archive: Archive): void {
    this.ends = archive.ints('ends', this.ends, this.ends.length);
  }
}
