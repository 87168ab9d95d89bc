/** What each tier is called and how much of it there is, and the links between tiers as things one can point at. */
import { useLayoutEffect, useRef, useCallback } from 'react';
import { ViewportPortal } from '@xyflow/react';
import type { Design } from '../../design/design.ts';
import type { LinkName, Tier } from '../../design/nodes.ts';
import { useView } from '../session.tsx';
import { menuHandlers, useDiagramActs, type DiagramActs } from './acts.ts';
import { useBeat } from './beat.ts';
import type { Layout } from './cards.ts';
import { numberOf } from '../counts.ts';
import { CountHandle } from './CountHandle.tsx';
import { COUNTS, linkPlaces, restOf, TITLES } from './headings.ts';
import type { Use } from './wiring.ts';
import css from './Diagram.module.css';

export function Headings({ layout, design, uses }: { layout: Layout; design: Design; uses: readonly Use[] }) {
  const acts = useDiagramActs();
  return (
    <ViewportPortal>
      {layout.headings.map(({ tier, x, y }, i) => (
        <div key={tier} className={css.headings} style={{ left: x, top: y, maxWidth: roomOf(layout, i) }}>
          {TITLES[tier]}
          <Count tier={tier} design={design} steps={acts !== undefined} />
          <i>{restOf(design, tier)}</i>
        </div>
      ))}
      {linkPlaces(layout, design, uses).map(({ link, x, y }) => (
        <LinkWord key={link} acts={acts} link={link} x={x} y={y} />
      ))}
    </ViewportPortal>
  );
}

/** Pixels between two headings at least. */
const APART = 12;

/** And from the last one to the edge of the drawing. */
const EDGE = 4;

/** How wide one may be before it runs into the next, or out of the drawing. */
function roomOf({ headings, size }: Layout, i: number): number | undefined {
  const [here, next] = [headings[i], headings[i + 1]];
  return here && (next === undefined ? size.w - EDGE : next.x - APART) - here.x;
}

/** A tier's number, with hands where it can be changed. */
function Count({ tier, design, steps }: { tier: Tier; design: Design; steps: boolean }) {
  const count = COUNTS[tier];
  if (count === undefined) return null;
  return steps ? <CountHandle count={count} /> : <span>{numberOf(design, count)}</span>;
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
      beat.addReading((now) => {
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
