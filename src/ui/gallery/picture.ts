/**
 * A design as a picture of the size of a stamp: every node that it has, the ways that its policy takes with what it
 * sends on them, and what its faults hit. All of it is read from the design. Numbers only.
 */
import type { Design } from '../../design/design.ts';
import { nodesOf, type LinkName, type NodeInfo } from '../../design/nodes.ts';
import { hitsOf } from '../diagram/conditions.ts';
import { usesIn, type Use } from '../diagram/wiring.ts';

export type Hue = 'put' | 'get' | 'inv';

export interface PictureNode {
  readonly name: string;
  readonly tier: NodeInfo['tier'];
  readonly x: number;
  readonly y: number;
  readonly halfWidth: number;
  readonly halfHeight: number;
  /** Whether the policy sends it anything. */
  readonly used: boolean;
  /** Leads its shard when the run begins. */
  readonly leads: boolean;
  readonly hurt: boolean;
}

export interface PictureWay {
  readonly link: LinkName;
  readonly path: string;
  readonly head: string;
  readonly hue: Hue;
  /** Of the line: the more of the clients' operations are of its kind, the wider. */
  readonly width: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Picture {
  readonly nodes: readonly PictureNode[];
  /** Around the replicas of each shard. */
  readonly shards: readonly Box[];
  readonly ways: readonly PictureWay[];
  /** On each link that a fault hits. */
  readonly cuts: readonly Point[];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Of every picture, in its own units. */
export const SIZE = { width: 240, height: 104 } as const;
/** Half of a node's width, and of its height where it has room. */
const HALF = { clients: [8, 8], app: [8, 5], cache: [9, 6], store: [3, 3] } as const;

const MIDDLE = SIZE.height / 2;
const X = { clients: 16, app: 74, cache: 138 } as const;
const RIGHT = 236;
/** Between the nodes of a tier from middle to middle, where they have room, and the height that they share. */
const ROW = 18;
const ROOM = 72;
const DOT = 10;
/** Between the lines of one link. */
const LANE = 6;
const AIR = 4;

export function pictureOf(design: Design): Picture {
  const hits = hitsOf(design, undefined);
  const { shards, rf } = design.store;
  const left = RIGHT - rf * DOT - 4;
  const ways = waysOf(design, left);
  const nodes = nodesOf(design).map(({ name, tier, index, shard = 1, replica = 1 }): PictureNode => {
    const [at, count] =
      tier === 'store' ? [shard, shards] : [index, tier === 'clients' ? 1 : design[tier].nodes];
    return {
      name,
      tier,
      x: tier === 'store' ? left + 2 + (replica - 0.5) * DOT : X[tier],
      y: rowAt(at, count),
      halfWidth: HALF[tier][0],
      halfHeight: Math.min(HALF[tier][1], rowHeight(count) / 2 - 1),
      used: tier !== 'cache' || ways.some(({ link }) => link === 'app-cache'),
      leads: design.store.mode === 'leader' && tier === 'store' && replica === 1,
      hurt: hits.has(name),
    };
  });
  const half = Math.min(7, rowHeight(shards) / 2 - 1);
  return {
    nodes,
    shards: Array.from({ length: shards }, (_, shard) => ({
      x: left,
      y: rowAt(shard + 1, shards) - half,
      width: RIGHT - left,
      height: 2 * half,
    })),
    ways,
    cuts: [...hits.keys()].flatMap((name) => markOf(name, left, shards)),
  };
}

function rowHeight(count: number): number {
  return Math.min(ROW, ROOM / count);
}

/** @param at counted from 1 */
function rowAt(at: number, count: number): number {
  return MIDDLE + (at - (count + 1) / 2) * rowHeight(count);
}

function waysOf(design: Design, left: number): PictureWay[] {
  const uses = usesIn(design);
  const widths = widthsOf(design);
  const huesOf = (link: LinkName): readonly Hue[] => {
    if (link === 'client-app') return ['put', 'get'];
    const mine = uses.filter((use) => use.link === link && use.why !== 'timeout').map(hueOf);
    return HUES.filter((hue) => mine.includes(hue));
  };
  return (['client-app', 'app-cache', 'cache-store', 'app-store'] as const).flatMap((link) => {
    const hues = huesOf(link).filter((hue) => widths[hue] > 0);
    return hues.map((hue, i) => {
      const points =
        link === 'app-store'
          ? arcTo(left, hue === 'get' ? 1 : -1)
          : straight(link, left, (i - (hues.length - 1) / 2) * LANE);
      return { link, ...arrow(points), hue, width: widths[hue] };
    });
  });
}

const HUES: readonly Hue[] = ['put', 'inv', 'get'];

/** Whose work a message is: that of a PUT, of a GET, or an invalidation. */
function hueOf({ within, message }: Use): Hue {
  if (message === 'invalidate') return 'inv';
  return within === 'get' ? 'get' : 'put';
}

function widthsOf({ workload }: Design): Readonly<Record<Hue, number>> {
  const gets = workload.gets + workload.puts * workload.readBack;
  const all = gets + workload.puts;
  const width = (rate: number) => (rate === 0 ? 0 : 1 + (2 * rate) / all);
  return { put: width(workload.puts), get: width(gets), inv: width(workload.puts) };
}

type Curve = readonly [from: Point, bend: Point, bend: Point, to: Point];

const ENDS: Readonly<Record<string, (left: number) => readonly [number, number]>> = {
  'client-app': () => [X.clients + HALF.clients[0], X.app - HALF.app[0]],
  'app-cache': () => [X.app + HALF.app[0], X.cache - HALF.cache[0]],
  'cache-store': (left) => [X.cache + HALF.cache[0], left],
};

function straight(link: string, left: number, aside: number): Curve {
  const [from = 0, to = 0] = ENDS[link]?.(left) ?? [];
  const y = MIDDLE + aside;
  const [a, b] = [
    { x: from + AIR, y },
    { x: to - AIR, y },
  ];
  return [a, a, a, b];
}

/** Past the cache, over it or beneath. */
function arcTo(left: number, side: 1 | -1): Curve {
  const y = MIDDLE + side * LANE * 1.5;
  const far = MIDDLE + side * (MIDDLE - 2);
  return [
    { x: X.app + HALF.app[0] + AIR, y },
    { x: X.app + 36, y: far },
    { x: left - 36, y: far },
    { x: left - AIR, y },
  ];
}

const HEAD = 5;

function arrow([from, one, two, to]: Curve): { path: string; head: string } {
  const angle = Math.atan2(to.y - two.y, to.x - two.x);
  const barb = (turn: number) =>
    text({ x: to.x - HEAD * Math.cos(angle + turn), y: to.y - HEAD * Math.sin(angle + turn) });
  return {
    path: `M${text(from)}C${text(one)} ${text(two)} ${text(to)}`,
    head: `M${barb(0.6)}L${text(to)}L${barb(-0.6)}`,
  };
}

function text({ x, y }: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

/** In the middle of a link; that between replicas is marked beneath them. Nothing for what is no link. */
function markOf(name: string, left: number, shards: number): Point[] {
  if (name === 'app-store') return [{ x: (X.app + left) / 2, y: MIDDLE * 0.35 }];
  if (name === 'replication') return [{ x: (left + RIGHT) / 2, y: rowAt(shards, shards) + ROW }];
  const ends = ENDS[name]?.(left);
  return ends === undefined ? [] : [{ x: (ends[0] + ends[1]) / 2, y: MIDDLE }];
}
