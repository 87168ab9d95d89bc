/**
 * The ways that messages take, sampled: for every pair of nodes that talk, points at equal steps along the curve from
 * one to the other. A way is sampled when its first message travels and kept for as long as the layout stands; after
 * that, where a mark is costs two reads and a blend, and nothing is allocated.
 */
import { cardsOf, NAME_BOTTOM, type Card, type Layout, type Tiers } from './cards.ts';
import {
  centreOf,
  chain,
  SAMPLES,
  sampleCurve,
  straight,
  type Box,
  type Curve,
  type Point,
} from './geometry.ts';
import { CORRIDOR, dotOf, wireId, wiresOf } from './wires.ts';

/** Where a node is in the drawing. */
type Seat =
  | { readonly tier: 'clients' | 'app' | 'cache'; readonly card: string }
  | {
      readonly tier: 'store';
      readonly card: string;
      readonly shard: number;
      readonly dot: Point;
      /** Where its card's head is passed. */
      readonly past?: Point;
    };

const UNKNOWN = -1;
const NO_WAY = -2;
/** From a card's edge to the cross beside it. */
const BESIDE = 13;
const SPACIOUS = 84;

export class Routes {
  /** By node id; undefined for a node that is not drawn. */
  readonly #seats: readonly (Seat | undefined)[];
  readonly #curves: ReadonlyMap<string, Curve>;
  readonly #corridor: Curve | undefined;
  readonly #cards: ReadonlyMap<string, Box>;
  readonly #down: boolean;
  /** Index of the way from one node to another, row-major. */
  readonly #index: Int32Array;
  readonly #ways: Float32Array[] = [];
  /** What the last `locate` found: x, y, and the direction of travel as a vector. */
  x = 0;
  y = 0;
  dx = 1;
  dy = 0;
  readonly cards: readonly Card[];
  /** Whether words find room between the app and the next tier. */
  readonly spacious: boolean;

  /** @param names the design's nodes in the order of their ids */
  constructor(layout: Layout, tiers: Tiers, names: readonly string[]) {
    const seats = seatsOf(layout, tiers);
    this.#seats = names.map((name) => seats.get(name));
    this.#curves = new Map(wiresOf(layout).map((wire) => [wire.id, wire.curve]));
    this.#corridor = layout.corridor?.curve;
    this.cards = cardsOf(layout);
    this.#cards = new Map(this.cards.map((card) => [card.name, card]));
    this.#down = layout.direction === 'down';
    const [sender, receiver] = [layout.app[0], layout.cache[0] ?? layout.store[0]];
    this.spacious =
      !this.#down &&
      sender !== undefined &&
      receiver !== undefined &&
      receiver.x - sender.x - sender.w >= SPACIOUS;
    this.#index = new Int32Array(this.#seats.length * this.#seats.length).fill(UNKNOWN);
  }

  /**
   * Finds the point on the way between two nodes; leaves it in `x`, `y`, `dx`, `dy`.
   * @param progress 0 at `from`, 1 at `to`
   * @returns false where there is no way between them
   */
  locate(from: number, to: number, progress: number): boolean {
    const slot = from * this.#seats.length + to;
    let way = this.#index[slot] ?? NO_WAY;
    if (way === UNKNOWN) way = this.#sample(from, to, slot);
    const points = this.#ways[way];
    if (points === undefined) return false;
    const along = progress <= 0 ? 0 : progress >= 1 ? SAMPLES - 1 : progress * (SAMPLES - 1);
    const i = along >= SAMPLES - 1 ? SAMPLES - 2 : Math.floor(along);
    const share = along - i;
    const x = points[i * 2] ?? 0;
    const y = points[i * 2 + 1] ?? 0;
    this.dx = (points[i * 2 + 2] ?? 0) - x;
    this.dy = (points[i * 2 + 3] ?? 0) - y;
    this.x = x + this.dx * share;
    this.y = y + this.dy * share;
    return true;
  }

  /**
   * Finds the point beside a card where one who stopped waiting is marked, on the side where it sends; leaves it in `x`, `y`.
   * @param salt spreads several of them along that side
   */
  besideSender(node: number, salt: number): boolean {
    const seat = this.#seats[node];
    const card = seat === undefined ? undefined : this.#cards.get(seat.card);
    if (card === undefined) return false;
    const along = (((salt * 7) % 11) - 5) / 12;
    const centre = centreOf(card);
    const down = this.#down;
    this.x = down ? centre.x + along * Math.min(card.w, 120) : card.x + card.w + BESIDE;
    this.y = down ? card.y + card.h + BESIDE : centre.y + along * Math.min(card.h, 80);
    return true;
  }

  #sample(from: number, to: number, slot: number): number {
    const curve = this.#curveBetween(from, to);
    const way = curve === undefined ? NO_WAY : this.#ways.push(sampleCurve(curve)) - 1;
    this.#index[slot] = way;
    return way;
  }

  #curveBetween(from: number, to: number): Curve | undefined {
    const a = this.#seats[from];
    const b = this.#seats[to];
    if (a === undefined || b === undefined || from === to) return undefined;
    if (a.tier === 'store' && b.tier === 'store')
      return a.shard === b.shard ? straight(a.dot, b.dot) : undefined;
    const forth = this.#forward(a, b);
    if (forth !== undefined) return forth;
    const back = this.#forward(b, a);
    return back === undefined ? undefined : reversed(back);
  }

  /** From a tier to one further on. Ends at the replica's dot. */
  #forward(a: Seat, b: Seat): Curve | undefined {
    const whole = this.#curves.get(wireId(a.card, b.card)) ?? this.#throughCorridor(a, b);
    if (whole === undefined || b.tier !== 'store') return whole;
    const end = { x: whole.at(-2) ?? 0, y: whole.at(-1) ?? 0 };
    return b.past === undefined
      ? chain(whole, straight(end, b.dot))
      : chain(whole, straight(end, b.past), straight(b.past, b.dot));
  }

  #throughCorridor(a: Seat, b: Seat): Curve | undefined {
    const entry = this.#curves.get(wireId(a.card, CORRIDOR));
    const exit = this.#curves.get(wireId(CORRIDOR, b.card));
    return entry && exit && this.#corridor ? chain(entry, this.#corridor, exit) : undefined;
  }
}

function seatsOf(layout: Layout, tiers: Tiers): Map<string, Seat> {
  const seats = new Map<string, Seat>([
    [layout.clients.name, { tier: 'clients', card: layout.clients.name }],
  ]);
  for (const { name, tier } of [...layout.app, ...layout.cache])
    if (tier !== 'store') seats.set(name, { tier, card: name });
  layout.store.forEach((card, shard) => {
    const past = layout.direction === 'down' && card.form === 'short' ? besideName(card) : {};
    tiers.shards[shard]?.replicas.forEach((replica, i) =>
      seats.set(replica, { tier: 'store', card: card.name, shard, dot: dotOf(card, i), ...past }),
    );
  });
  return seats;
}

/** Between a head's name and what stands at its right is where a message from above hides neither. */
function besideName(card: Box): { past: Point } {
  return { past: { x: centreOf(card).x, y: card.y + NAME_BOTTOM + 4 } };
}

function reversed(curve: Curve): Curve {
  const back: number[] = [];
  for (let i = curve.length - 2; i >= 0; i -= 2) back.push(curve[i] ?? 0, curve[i + 1] ?? 0);
  return back;
}
