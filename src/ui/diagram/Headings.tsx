/** What each tier is called and how much of it there is, and the links between tiers as things one can point at. */
import { useLayoutEffect, useRef, useCallback } from 'react';
import { ViewportPortal } from '@xyflow/react';
import type { Design } from '../../design/design.ts';
import type { LinkName } from '../../design/nodes.ts';
import { useView } from '../session.tsx';
import { menuHandlers, useDiagramActs, type DiagramActs } from './acts.ts';
import { useBeat } from './beat.ts';
import type { Card, Layout, Tier } from './cards.ts';
import { countOf, type CountKey } from '../counts.ts';
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
  const acts = useDiagramActs();
  return (
    <ViewportPortal>
      {layout.headings.map(({ tier, x, y }) => (
        <div key={tier} className={css.headings} style={{ left: x, top: y }}>
          {TITLES[tier]}
          <Count tier={tier} design={design} steps={acts !== undefined} />
          <i>{restOf(design, tier)}</i>
        </div>
      ))}
      {linkPlaces(layout)
        .filter(({ link }) => isUsed(uses, link) || (link === 'replication' && design.store.rf > 1))
        .map(({ link, x, y }) => (
          <LinkWord key={link} acts={acts} link={link} x={x} y={y} />
        ))}
    </ViewportPortal>
  );
}

/** A tier's number, with hands where it can be changed. */
function Count({ tier, design, steps }: { tier: Tier; design: Design; steps: boolean }) {
  const count = COUNTS[tier];
  if (count === undefined) return null;
  return steps ? <CountHandle count={count} /> : <span>{countOf(design, count)}</span>;
}

/** What follows a tier's number. */
function restOf({ cache, store }: Design, tier: Tier): string {
  if (tier === 'cache') return `× ${cache.node}`;
  if (tier !== 'store') return '';
  const replicas = store.rf === 1 ? '1 replica' : `${store.rf} replicas`;
  return store.shards === 1 ? `shard, ${replicas}` : `shards, ${replicas} each`;
}

interface LinkWordProps {
  /** Without them it only says what is wrong with the link. */
  readonly acts: DiagramActs | undefined;
  readonly link: LinkName;
  readonly x: number;
  readonly y: number;
}

function LinkWord({ acts, link, x, y }: LinkWordProps) {
  const beat = useBeat();
  const name = useRef<HTMLElement | null>(null);
  const chosen = useView((view) => view.selection === link);
  const open = useCallback(
    (element: Element, at?: { x: number; y: number }) => acts?.openMenu(link, element, at),
    [acts, link],
  );
  useLayoutEffect(
    () =>
      beat.add((now) => {
        const element = name.current;
        const { words } = now.condition(link);
        const said = words === '' ? link : words;
        if (element === null || element.textContent === said) return;
        element.textContent = said;
        if (acts !== undefined) element.setAttribute('aria-label', words === '' ? link : `${link} ${words}`);
        element.toggleAttribute('data-hurt', words !== '');
      }),
    [beat, acts, link],
  );
  const keep = (element: HTMLElement | null) => {
    name.current = element;
  };
  const place = { className: css.link, style: { left: x, top: y } };
  if (acts === undefined)
    return (
      <span ref={keep} {...place}>
        {link}
      </span>
    );
  return (
    <button
      ref={keep}
      type="button"
      {...place}
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
