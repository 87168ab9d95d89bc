/**
 * What the diagram knows of the instant at the cursor, read once for all cards and marks of a frame. Readings are filled
 * in place and asked for by a node's name, since the design that is drawn can be one edit ahead of the run that is read:
 * a node that the run does not have reads as unknown. It decides nothing and draws nothing.
 */
import type { Design } from '../../design/design.ts';
import { nodesOf } from '../../design/nodes.ts';
import { cacheNodeOf } from '../../design/placement.ts';
import type { Kept, SeriesReading } from '../../engine/readings.ts';
import type { Commits, Freshness } from '../../replay/commits.ts';
import type { WatchedDetail } from '../../replay/detail.ts';
import {
  bucketAt,
  commitsAt,
  heldAt,
  isElectedAfter,
  keptAt,
  levelsAt,
  LEVELS_AT,
  LEVELS_AT_WIDTH,
  nodeAt,
  systemAt,
  type NodeReading,
  type SystemReading,
} from '../../replay/frame.ts';
import { hitRatioAt } from '../../replay/hitRatio.ts';
import { conditionAt, hitsOf, type Condition, type Hits } from './conditions.ts';
import type { RunState } from '../../state/run.ts';
import type { Speed } from '../../design/linkView.ts';
import type { ViewState } from '../../state/view.ts';

/** What is held of the watched key, and how that stands to what is committed of it. */
export interface Held {
  readonly version: number;
  readonly freshness: Freshness;
}

/** What a cache node keeps of the watched key; times are microseconds from the cursor on, -1 where nothing ends. */
export interface KeptNow {
  readonly lives: number;
  /** The version of a tombstone, -1 where there is none. */
  readonly tombstone: number;
  readonly tombstoneLives: number;
}

export class Moment {
  /** Microseconds. */
  cursor = 0;
  playing = false;
  speed: Speed = '1/100';
  watchedKey = 0;
  followedSession: number | undefined;
  /** The design that the readings belong to. */
  design: Design | undefined;
  series: SeriesReading | undefined;
  /** Covers the cursor; undefined when none does. */
  detail: WatchedDetail | undefined;
  /** Counts up whenever the cursor enters another bucket or the series grows: what changes ten times a second. */
  beat = 0;

  #ids = new Map<string, number>();
  #system: SystemReading | undefined;
  #nodes: NodeReading[] = [];
  #fresh: boolean[] = [];
  #bucket = -1;
  #hits: Hits = new Map();
  #levels: Int32Array | undefined;
  #levelled = false;
  #held: Int32Array | undefined;
  #commits: Commits | undefined;
  #kept: Kept | undefined;
  #keeper = '';
  #holding = false;

  /** Moves on to what the stores say now. */
  update(run: RunState, view: ViewState): void {
    this.cursor = view.cursor;
    this.playing = view.playing;
    this.speed = view.speed;
    this.watchedKey = view.watchedKey;
    this.followedSession = view.followedSession;
    const moved = run.design !== this.design;
    if (moved) {
      this.design = run.design;
      this.#ids = new Map(
        run.design === undefined ? [] : nodesOf(run.design).map((node, id) => [node.name, id]),
      );
      this.#nodes = [];
      this.#bucket = -1;
    }
    const { detail } = view;
    this.detail =
      detail !== undefined && detail.from <= view.cursor && view.cursor < detail.to ? detail : undefined;
    const everything = this.detail?.oneIn === 1;
    if (this.detail !== undefined && everything)
      this.#levels = levelsAt(this.detail, view.cursor, this.#levels);
    this.#holding = this.detail?.key === view.watchedKey;
    if (this.detail !== undefined && this.#holding) {
      this.#held = heldAt(this.detail, view.cursor, this.#held);
      this.#commits = commitsAt(this.detail, view.cursor);
      this.#kept = keptAt(this.detail, view.cursor);
      this.#keeper = `cache-${cacheNodeOf(view.watchedKey, this.design?.cache.nodes ?? 1)}`;
    }
    this.#levelled = everything;
    // Where nothing is rendered yet nothing is known: not what was known last.
    const rendered = run.series !== undefined && view.cursor <= run.renderedTo;
    const bucket = run.series === undefined || !rendered ? -1 : bucketAt(run.series, view.cursor);
    if (bucket !== this.#bucket || run.series !== this.series || this.#nodes.length === 0) {
      this.#bucket = bucket;
      this.#fresh.fill(false);
      this.#system = run.series === undefined ? undefined : systemAt(run.series, view.cursor, this.#system);
      if (this.design !== undefined && (moved || run.series !== this.series))
        this.#hits = hitsOf(this.design, run.series);
      this.series = run.series;
      this.beat++;
    }
  }

  /** Id of a node in the run that is read; -1 when it has none of that name. */
  idOf(name: string): number {
    return this.#ids.get(name) ?? -1;
  }

  /** Undefined before the first bucket is rendered. */
  system(): SystemReading | undefined {
    return this.#bucket < 0 ? undefined : this.#system;
  }

  /** A node's numbers in the cursor's bucket; undefined when there are none. */
  node(name: string): NodeReading | undefined {
    const id = this.idOf(name);
    if (id < 0 || this.series === undefined || this.#bucket < 0) return undefined;
    const known = this.#nodes[id];
    if (known !== undefined && this.#fresh[id] === true) return known;
    const reading = nodeAt(this.series, id, this.cursor, known);
    this.#nodes[id] = reading;
    this.#fresh[id] = true;
    return reading;
  }

  /** Of a node's lookups, where there are few of the last ones; NaN where nothing is known. */
  hitRatio(name: string): number {
    const id = this.idOf(name);
    return id < 0 || this.series === undefined ? Number.NaN : hitRatioAt(this.series, this.#bucket, id);
  }

  /** How a node, or a link, is at the cursor. */
  condition(name: string): Condition {
    return conditionAt(this.#hits.get(name), this.node(name)?.state ?? Number.NaN, this.cursor);
  }

  /** Whether a replica leads its shard: to the instant where the detail says when it was elected. */
  leads(name: string): boolean {
    if (this.node(name)?.leads !== 1 || this.condition(name).down) return false;
    return this.detail === undefined || !isElectedAfter(this.detail, this.idOf(name), this.cursor);
  }

  /** Servers busy at this very instant where the detail says so, else at the end of the bucket; NaN when unknown. */
  busy(name: string): number {
    return this.#level(name, LEVELS_AT.busy) ?? this.node(name)?.busy ?? Number.NaN;
  }

  /** Waiting in the queue, as `busy`. */
  queue(name: string): number {
    return this.#level(name, LEVELS_AT.queue) ?? this.node(name)?.queue ?? Number.NaN;
  }

  /** Whether levels are those of the instant, not of a bucket. */
  exact(): boolean {
    return this.#levelled;
  }

  /** The watched key as a node holds it, where the detail follows it; version -1 where nothing is held. */
  held(name: string): Held | undefined {
    const id = this.idOf(name);
    if (!this.#holding || this.#held === undefined || this.#commits === undefined || id < 0) return undefined;
    const version = this.#held[id] ?? -1;
    return { version, freshness: this.#commits.of(version, this.cursor) };
  }

  /** How long what a cache node holds of the watched key lives, and its tombstone; undefined where the key is not its. */
  kept(name: string): KeptNow | undefined {
    if (!this.#holding || this.#kept === undefined || name !== this.#keeper) return undefined;
    const { until, tombstone, tombstoneUntil } = this.#kept;
    const left = (end: number): number => (end < 0 ? -1 : Math.max(0, end - this.cursor));
    return { lives: left(until), tombstone, tombstoneLives: left(tombstoneUntil) };
  }

  #level(name: string, column: number): number | undefined {
    if (!this.#levelled || this.#levels === undefined) return undefined;
    const id = this.idOf(name);
    const level = id < 0 ? -1 : (this.#levels[id * LEVELS_AT_WIDTH + column] ?? -1);
    return level < 0 ? undefined : level;
  }
}
