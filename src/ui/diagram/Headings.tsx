/** What each tier is called and how much of it there is, and the links between tiers as things one can point at. */
import { useLayoutEffect, useRef, useCallback } from 'react';
import { ViewportPortal } from '@xyflow/react';
import type { Design } from '../../design/design.ts';
import type { LinkName } from '../../design/nodes.ts';
import { useView } from '../session.tsx';
import { menuHandlers, useDiagramActs } from './acts.ts';
import { useBeat } from './beat.ts';
import type { Card, Layout, Tier } from './cards.ts';
import type { CountKey } from '../counts.ts';
import { CountHandle } from './CountHandle.tsx';
import { isUsed, type Use } from './wiring.ts';
import css from './Diagram.module.css';

const TITLES: Readonly<Record<Tier, string>> = {
  clients: 'Clients',
  app: 'App',
  cache: 'Cache',
  store: 'Store',
};

const COUNTS: Readonly<Partial<Record<Tier, CountKey>>> = {
  app: 'app.nodes',
  cache: 'cache.nodes',
  store: 'store.shards',
};

export function Headings({ layout, design, uses }: { layout: Layout; design: Design; uses: readonly Use[] }) {
  return (
    <ViewportPortal>
      {layout.headings.map(({ tier, x, y }) => (
        <div key={tier} className={css.headings} style={{ left: x, top: y }}>
          {TITLES[tier]}
          {COUNTS[tier] !== undefined && <CountHandle count={COUNTS[tier]} />}
          <i>{restOf(design, tier)}</i>
        </div>
      ))}
      {linkPlaces(layout)
        .filter(({ link }) => isUsed(uses, link) || (link === 'replication' && design.store.rf > 1))
        .map(({ link, x, y }) => (
          <LinkButton key={link} link={link} x={x} y={y} />
        ))}
    </ViewportPortal>
  );
}

/** What follows a tier's number. */
function restOf({ cache, store }: Design, tier: Tier): string {
  if (tier === 'cache') return `× ${cache.node}`;
  if (tier !== 'store') return '';
  const replicas = store.rf === 1 ? '1 replica' : `${store.rf} replicas`;
  return store.shards === 1 ? `shard, ${replicas}` : `shards, ${replicas} each`;
}

function LinkButton({ link, x, y }: { link: LinkName; x: number; y: number }) {
  const acts = useDiagramActs();
  const beat = useBeat();
  const button = useRef<HTMLButtonElement>(null);
  const chosen = useView((view) => view.selection === link);
  const open = useCallback(
    (element: Element, at?: { x: number; y: number }) => acts.openMenu(link, element, at),
    [acts, link],
  );
  useLayoutEffect(
    () =>
      beat.add((now) => {
        const element = button.current;
        const { words } = now.condition(link);
        const said = words === '' ? link : words;
        if (element === null || element.textContent === said) return;
        element.textContent = said;
        element.setAttribute('aria-label', words === '' ? link : `${link} ${words}`);
        element.toggleAttribute('data-hurt', words !== '');
      }),
    [beat, link],
  );
  return (
    <button
      ref={button}
      type="button"
      className={css.link}
      style={{ left: x, top: y }}
      aria-pressed={chosen}
      aria-haspopup="menu"
      onClick={() => acts.select(link)}
      {...menuHandlers(open)}
    >
      {link}
    </button>
  );
}

/** In the middle of the gap that each link crosses. */
function linkPlaces({
  direction,
  clients,
  app,
  cache,
  store,
  corridor,
  size,
}: Layout): { link: LinkName; x: number; y: number }[] {
  const places: { link: LinkName; x: number; y: number }[] = [];
  const first = (cards: readonly Card[]) => cards[0];
  const between = (link: LinkName, a: Card | undefined, b: Card | undefined) => {
    if (a === undefined || b === undefined) return;
    if (direction === 'right') places.push({ link, x: (a.x + a.w + b.x) / 2, y: 2 });
    else places.push({ link, x: size.w - 56, y: (a.y + a.h + b.y) / 2 - 10 });
  };
  between('client-app', clients, app.at(-1));
  if (cache.length > 0) {
    between('app-cache', app.at(-1), first(cache));
    between('cache-store', cache.at(-1), first(store));
    if (corridor !== undefined && direction === 'right')
      places.push({
        link: 'app-store',
        x: corridor.box.x + corridor.box.w / 2,
        y: corridor.box.y + corridor.box.h - 22,
      });
  } else between('app-store', app.at(-1), first(store));
  const shard = first(store);
  if (shard !== undefined && direction === 'right')
    places.push({ link: 'replication', x: shard.x + shard.w - 32, y: 2 });
  return places;
}
