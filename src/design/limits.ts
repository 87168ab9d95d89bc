/**
 * Every limit of a design and of its link, named. What happens at each of them is a message that says the number:
 * nothing is cut off in silence. Limits of the engine's own (messages alive, checkpoints kept) live with the engine.
 */
import { GIB, MINUTE } from '../base/scale.ts';
import type { Micros } from '../base/units.ts';

/** Simulated time. With the longest client timeout on top, the drain included, int32 microseconds hold every instant. */
export const LONGEST_DURATION: Micros = 20 * MINUTE;

export const LIMITS = {
  duration: LONGEST_DURATION,
  /** Timeouts, TTL, delays, contract lines and parameters of distributions. */
  timeout: 10 * MINUTE,
  /** App nodes, cache nodes. */
  nodesPerTier: 16,
  shards: 16,
  replicationFactor: 7,
  zones: 16,
  keys: 10_000_000,
  /** Operations a second. */
  rate: 200_000,
  skew: 3,
  sessions: 1_000_000,
  concurrency: 1_000_000,
  /** Size of one value. */
  value: 1024 * 1024,
  memory: 1024 * GIB,
  disk: 64 * 1024 * GIB,
  retries: 10,
  /** Acknowledged writes after which freshness is probed, and the times after each. */
  trials: 100_000,
  visibilityInstants: 32,
  /** Seeds with which two designs are compared. */
  seeds: 100,
  faults: 64,
  factorFrom: 0.01,
  factorTo: 10_000,
  seed: 4_294_967_295,
  /** $ an hour for one item. */
  price: 10_000,
  /** Shape of a Pareto distribution: past this it is a constant. */
  shape: 1000,
  mixtureParts: 16,
  quantilePoints: 32,
  /** Characters. */
  title: 200,
  notes: 20_000,
  remark: 2_000,
  remarks: 64,
  /** Distance of a node that was moved from the middle of the diagram. */
  layout: 100_000,
  /** Characters of a link or of a document that are looked at, at most. */
  linkText: 64_000,
  documentText: 1_000_000,
  /** Keys that one link or document can give; a design has about a hundred. */
  entries: 1000,
  /** Characters of a link's settings from which on they are compressed. */
  plainLink: 450,
  /** Characters of settings that can be compressed. */
  squeezed: 32_000,
  /** Bytes that one compressed text of a link may grow to. */
  inflated: 256_000,
} as const;
