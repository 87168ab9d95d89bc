/**
 * The translucent bands over the edges, kept up to date outside of React: each edge leaves its band here, and ten times a
 * second of simulated time their widths and hues follow what travels.
 */
import { nodesOf } from '../../design/nodes.ts';
import { formatRate } from '../format.ts';
import { writeText } from '../writeText.ts';
import type { Layout, Tiers } from './cards.ts';
import type { Moment } from './moment.ts';
import {
  bandWidth,
  cacheRate,
  clientRate,
  forwardRate,
  shareOf,
  straightRate,
  type Flow,
  type Rate,
} from './rates.ts';
import { CORRIDOR, wireId } from './wires.ts';
import type { Use } from './wiring.ts';

export class Bands {
  readonly #bands = new Map<string, SVGPathElement>();
  #label: HTMLElement | undefined;
  #painted: unknown[] = [];

  add(id: string, band: SVGPathElement): () => void {
    this.#bands.set(id, band);
    this.#painted = [];
    return () => {
      if (this.#bands.get(id) === band) this.#bands.delete(id);
    };
  }

  /** Where the rate of what goes straight to the store is written. */
  name(label: HTMLElement): () => void {
    this.#label = label;
    this.#painted = [];
    return () => {
      if (this.#label === label) this.#label = undefined;
    };
  }

  paint(now: Moment, layout: Layout, tiers: Tiers, uses: readonly Use[]): void {
    const inputs = [now.beat, layout, uses, this.#bands.size];
    if (inputs.every((input, i) => input === this.#painted[i])) return;
    this.#painted = inputs;
    const flow = flowAt(now, tiers);
    if (flow === undefined) return;
    const all = eachRate(flow, layout, uses, (id, rate) => this.#set(id, rate));
    if (this.#label !== undefined) writeText(this.#label, straightWords(all));
  }

  #set(id: string, rate: Rate): void {
    const band = this.#bands.get(id);
    if (band === undefined) return;
    const { width, hue } = bandOf(rate);
    band.style.strokeWidth = String(width);
    if (band.dataset['hue'] !== hue) band.dataset['hue'] = hue;
  }
}

/** Hands out what travels on every wire that there could be; returns what goes straight to the store. */
export function eachRate(
  flow: Flow,
  layout: Layout,
  uses: readonly Use[],
  set: (wire: string, rate: Rate) => void,
): Rate {
  const { clients, app, cache, store } = layout;
  app.forEach((node, i) => {
    set(wireId(clients.name, node.name), clientRate(flow, i));
    cache.forEach((target, j) => set(wireId(node.name, target.name), cacheRate(flow, uses, i, j)));
  });
  cache.forEach((node, j) =>
    store.forEach((shard, s) => set(wireId(node.name, shard.name), forwardRate(flow, uses, j, s))),
  );
  const all = straightRate(flow, uses);
  const appShares = flow.app.map((reading) => reading.served);
  set(CORRIDOR, all);
  app.forEach((node, i) => {
    const share = shareOf(appShares, i);
    set(wireId(node.name, CORRIDOR), scaled(all, share));
    store.forEach((shard, s) =>
      set(wireId(node.name, shard.name), scaled(all, share * shareOf(flow.shardServed, s))),
    );
  });
  store.forEach((shard, s) => set(wireId(CORRIDOR, shard.name), scaled(all, shareOf(flow.shardServed, s))));
  return all;
}

/** A band's width, CSS pixels, and the hue of what there is more of. */
export function bandOf(rate: Rate): { width: number; hue: 'put' | 'get' } {
  return {
    width: Math.round(bandWidth(rate) * 4) / 4,
    hue: rate.writes > rate.reads ? 'put' : 'get',
  };
}

export function straightWords({ reads, writes }: Rate): string {
  return formatRate(Math.round(reads + writes));
}

function scaled({ reads, writes }: Rate, share: number): Rate {
  return { reads: reads * share, writes: writes * share };
}

/** What travels at the cursor; undefined before anything is rendered. */
export function flowAt(now: Moment, tiers: Tiers): Flow | undefined {
  const system = now.system();
  if (system === undefined || now.design === undefined) return undefined;
  const readings = (names: readonly string[]) => names.flatMap((name) => now.node(name) ?? []);
  const shardServed = new Array<number>(tiers.shards.length).fill(0);
  for (const { name, shard } of nodesOf(now.design))
    if (shard !== undefined && shard <= shardServed.length)
      shardServed[shard - 1] = (shardServed[shard - 1] ?? 0) + (now.node(name)?.served ?? 0);
  return { system, app: readings(tiers.app), cache: readings(tiers.cache), shardServed };
}
