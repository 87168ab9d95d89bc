/** The words over the tiers, and where the names of the links between them stand. */
import type { Design } from '../../design/design.ts';
import type { LinkName, Tier } from '../../design/nodes.ts';
import type { CountKey } from '../counts.ts';
import type { Card, Layout } from './cards.ts';
import type { Point } from './geometry.ts';
import { isUsed, type Use } from './wiring.ts';

export const TITLES: Readonly<Record<Tier, string>> = {
  clients: 'Clients',
  app: 'App',
  cache: 'Cache',
  store: 'Store',
};

/** What is counted of a tier; there is one group of clients. */
export const COUNTS: Readonly<Partial<Record<Tier, CountKey>>> = {
  app: 'app.nodes',
  cache: 'cache.nodes',
  store: 'store.shards',
};

/** What follows a tier's number. */
export function restOf({ cache, store }: Design, tier: Tier): string {
  if (tier === 'cache') return `× ${cache.node}`;
  if (tier !== 'store') return '';
  return `${store.shards === 1 ? 'shard' : 'shards'} × ${store.rf} ${store.rf === 1 ? 'replica' : 'replicas'}`;
}

interface LinkPlace extends Point {
  readonly link: LinkName;
}

/** The links that a design has, each in the middle of the gap that it crosses. */
export function linkPlaces(layout: Layout, design: Design, uses: readonly Use[]): readonly LinkPlace[] {
  return allPlaces(layout).filter(
    ({ link }) => isUsed(uses, link) || (link === 'replication' && design.store.rf > 1),
  );
}

function allPlaces({ direction, clients, app, cache, store, corridor, size }: Layout): LinkPlace[] {
  const places: LinkPlace[] = [];
  const between = (link: LinkName, a: Card | undefined, b: Card | undefined) => {
    if (a === undefined || b === undefined) return;
    if (direction === 'right') places.push({ link, x: (a.x + a.w + b.x) / 2, y: 2 });
    else places.push({ link, x: size.w - 56, y: (a.y + a.h + b.y) / 2 - 10 });
  };
  between('client-app', clients, app.at(-1));
  if (cache.length > 0) {
    between('app-cache', app.at(-1), cache[0]);
    between('cache-store', cache.at(-1), store[0]);
    if (corridor !== undefined && direction === 'right')
      places.push({
        link: 'app-store',
        x: corridor.box.x + corridor.box.w / 2,
        y: corridor.from.y + 2,
      });
  } else between('app-store', app.at(-1), store[0]);
  const shard = store[0];
  if (shard !== undefined && direction === 'right')
    places.push({ link: 'replication', x: shard.x + shard.w - 32, y: 2 });
  return places;
}
