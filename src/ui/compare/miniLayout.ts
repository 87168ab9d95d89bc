/**
 * Where the cards of a small diagram stand, and the ways between them: tiers from left to right, one card a node as long
 * as there is room for its words, one card for all of a tier where there is not. Numbers only.
 */
import type { Design } from '../../design/design.ts';
import { nodesOf, shardName, type NodeInfo } from '../../design/nodes.ts';
import { usesIn, type Use } from '../diagram/wiring.ts';

export interface MiniCard {
  readonly name: string;
  readonly tier: NodeInfo['tier'];
  /** Whose readings it shows: one node, the replicas of a shard, or all of a tier. */
  readonly nodes: readonly NodeInfo[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface MiniWay {
  readonly path: string;
  /** A PUT takes it always; it is used at all; or it is there and this policy never uses it. */
  readonly kind: 'put' | 'other' | 'unused';
}

export interface MiniDiagram {
  readonly cards: readonly MiniCard[];
  readonly ways: readonly MiniWay[];
}

const EDGE = 16;
const ROW = 16;
/** Widths of the tiers' cards where there is room, and the least that holds their words, pixels. */
const WIDTHS = {
  clients: { natural: 84, least: 66 },
  app: { natural: 92, least: 66 },
  cache: { natural: 166, least: 96 },
  store: { natural: 112, least: 84 },
} as const;
/** Between two tiers, before their cards get more than the least, and at the least. */
const WAYS = 32;
const LEAST_WAYS = 8;
/** The width from which a cache's words stand beside each other; below it each has a line of its own. */
export const BESIDE = 130;
const TIERS = ['clients', 'app', 'cache', 'store'] as const;
const PLURALS = { clients: 'clients', app: 'apps', cache: 'caches', store: 'shards' } as const;
/** Between the cards of a tier. */
const APART = 8;

type Tier = (typeof TIERS)[number];

/** A tier's cards from top to bottom, with the height that their words need. */
interface Stack {
  readonly groups: readonly { readonly name: string; readonly nodes: readonly NodeInfo[] }[];
  readonly need: number;
}

/** Of the least cards and ways: a narrower picture is this one, scaled down. */
export const LEAST_WIDTH =
  2 * EDGE + TIERS.reduce((sum, tier) => sum + WIDTHS[tier].least, 0) + (TIERS.length - 1) * LEAST_WAYS;

/** @param width at least LEAST_WIDTH */
export function layMini(design: Design, width: number, height: number): MiniDiagram {
  const widths = widthsIn(width - 2 * EDGE);
  const taken = TIERS.reduce((sum, tier) => sum + widths[tier], 0);
  const gap = (width - 2 * EDGE - taken) / (TIERS.length - 1);
  let x = EDGE;
  const cards = TIERS.flatMap((tier) => {
    const stack = stackOf(design, tier, height, widths[tier]);
    const placed = place(stack, tier, x, widths[tier], height);
    x += widths[tier] + gap;
    return placed;
  });
  return { cards, ways: waysBetween(design, cards, height / 2) };
}

/** What the ways leave of `room`, from the least to what is natural, every tier in step. */
function widthsIn(room: number): Readonly<Record<Tier, number>> {
  const sum = (of: 'natural' | 'least') => TIERS.reduce((all, tier) => all + WIDTHS[tier][of], 0);
  const spare = room - WAYS * (TIERS.length - 1) - sum('least');
  const share = Math.min(1, Math.max(0, spare / (sum('natural') - sum('least'))));
  const widthOf = ({ natural, least }: { natural: number; least: number }): number =>
    Math.round(least + share * (natural - least));
  return {
    clients: widthOf(WIDTHS.clients),
    app: widthOf(WIDTHS.app),
    cache: widthOf(WIDTHS.cache),
    store: widthOf(WIDTHS.store),
  };
}

function stackOf(design: Design, tier: Tier, height: number, width: number): Stack {
  const nodes = nodesOf(design).filter((node) => node.tier === tier);
  const { shards, rf } = design.store;
  const each =
    tier === 'store'
      ? {
          groups: Array.from({ length: shards }, (_, shard) => ({
            name: shardName(shard + 1),
            nodes: nodes.filter((node) => node.shard === shard + 1),
          })),
          need: 30 + ROW * rf,
        }
      : {
          groups: nodes.map((node) => ({ name: node.name, nodes: [node] })),
          need: tier === 'app' ? 34 : tier === 'clients' ? 62 : width < BESIDE ? 70 + ROW : 70,
        };
  const room = (height - (each.groups.length - 1) * APART) / each.groups.length;
  if (room >= each.need) return each;
  const words = `${tier === 'store' ? shards : nodes.length} ${PLURALS[tier]}`;
  return { groups: [{ name: words, nodes }], need: Math.min(height, 34 + Math.min(nodes.length, 16) * 6) };
}

function place({ groups, need }: Stack, tier: Tier, x: number, width: number, height: number): MiniCard[] {
  const gap = (height - groups.length * need) / (groups.length + 1);
  return groups.map(({ name, nodes }, i) => ({
    name,
    tier,
    nodes,
    x,
    y: Math.round(gap + i * (need + gap)),
    width,
    height: need,
  }));
}

/** Curves from every card of a tier to every card of the next; past the cache they run through its middle. */
function waysBetween(design: Design, cards: readonly MiniCard[], middle: number): MiniWay[] {
  const uses = usesIn(design);
  const of = (tier: Tier) => cards.filter((card) => card.tier === tier);
  const kindOf = (link: Use['link']): MiniWay['kind'] => {
    const mine = uses.filter((use) => use.link === link);
    if (mine.some(({ within, why }) => within === 'put' && why === 'always')) return 'put';
    return mine.length > 0 ? 'other' : 'unused';
  };
  const join = (from: readonly MiniCard[], to: readonly MiniCard[], kind: MiniWay['kind']): MiniWay[] =>
    from.flatMap((a) => to.map((b) => ({ path: curve(a.x + a.width, centre(a), b.x, centre(b)), kind })));
  const [app, cache, store] = [of('app'), of('cache'), of('store')];
  const left = cache[0]?.x ?? 0;
  const right = left + (cache[0]?.width ?? 0);
  const straight = kindOf('app-store');
  const ways = [
    ...join(of('clients'), app, 'put'),
    ...join(app, cache, kindOf('app-cache')),
    ...join(cache, store, kindOf('cache-store')),
    ...app.map((a) => ({ path: curve(a.x + a.width, centre(a), left, middle), kind: straight })),
    { path: `M${left} ${middle}H${right}`, kind: straight },
    ...store.map((s) => ({ path: curve(right, middle, s.x, centre(s)), kind: straight })),
  ];
  // What a PUT takes lies on top.
  const layer = { unused: 0, other: 1, put: 2 };
  return ways.sort((one, other) => layer[one.kind] - layer[other.kind]);
}

function centre({ y, height }: MiniCard): number {
  return y + height / 2;
}

function curve(x1: number, y1: number, x2: number, y2: number): string {
  const half = (x1 + x2) / 2;
  return `M${x1} ${y1}C${half} ${y1} ${half} ${y2} ${x2} ${y2}`;
}

/** What a letter takes of a line, pixels: of a name, and of what is said. */
const NAMED = 6.7;
const SAID = 6.3;
/** Between a card's edge and its words, and between two that share a line. */
const PAD = 12;
const BETWEEN = 8;

/** What stands on a line of a card of this width: the parts of `words`, divided by commas, that have room, beside a name if there is one. */
export function fitting(words: string, width: number, name?: string): string {
  const taken = name === undefined ? 0 : name.length * NAMED + BETWEEN;
  const room = width - 2 * PAD - taken;
  const parts = words.split(', ');
  while (parts.length > 0 && parts.join(', ').length * SAID > room) parts.pop();
  return parts.join(', ');
}

/** Whether two words stand clear of each other at the ends of one line of a card of this width. */
export function shareLine(one: string, other: string, width: number): boolean {
  return (one.length + other.length) * SAID + BETWEEN <= width - 2 * PAD;
}
