/**
 * What an eviction is to the rest of the engine: it is told what happens to the entries of each cache node, and says
 * which one gives way when the memory is full. It decides nothing else, and it never looks at values or at time.
 */
import type { Persistent } from '../kernel/archive.ts';

/** `node` counts cache nodes from 0; a slot is a key's, and lives on one node. */
export interface Eviction extends Persistent {
  /** A key that the node does not hold enters. */
  insert(node: number, slot: number): void;
  /** A live entry was asked for, or written again. */
  touch(node: number, slot: number): void;
  /** A live entry leaves, for whatever reason. */
  remove(node: number, slot: number): void;
  /** The entry that gives way next, or -1. It is removed before anything else happens to the node. */
  victim(node: number): number;
  /** The node has lost its memory: what is remembered of entries that have left goes too. */
  forget?(node: number): void;
}
