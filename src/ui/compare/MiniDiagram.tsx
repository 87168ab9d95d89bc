/**
 * A design as a small picture: who is there, which ways its PUTs take, and how each node is at the playhead. Its numbers
 * are those of the bucket under the playhead, so that it is drawn ten times a simulated second at the most.
 */
import { useMemo, useRef } from 'react';
import type { Design } from '../../design/design.ts';
import { BUCKET_US, BUCKETS_PER_SECOND } from '../../design/readings.ts';
import type { SeriesReading } from '../../engine/readings.ts';
import { bucketAt, nodeAt, systemAt, type NodeReading } from '../../replay/frame.ts';
import { hitRatioAt } from '../../replay/hitRatio.ts';
import { useSize } from '../charts/useSize.ts';
import { conditionAt, hitsOf, type Condition, type Hits } from '../diagram/conditions.ts';
import { lostDepth, queueFill, TICK } from '../diagram/queue.ts';
import { formatCount, formatPercent, formatRate, NOTHING, THIN } from '../format.ts';
import { cx } from '../kit/cx.ts';
import { STRIPES } from '../marks/Mark.tsx';
import { useView } from '../session.tsx';
import { BESIDE, fitting, layMini, LEAST_WIDTH, shareLine, type MiniCard } from './miniLayout.ts';
import css from './MiniDiagram.module.css';

/** What is not to be seen of the figure itself: a design alone shows the queue of the very moment. */
const QUEUED =
  'Waiting at the end of the tenth of a second that the playhead is in, in both designs. A design alone shows the very moment.';

interface Now {
  readonly design: Design;
  readonly series: SeriesReading | undefined;
  readonly hits: Hits;
  readonly cursor: number;
}

export function MiniDiagram({ design, series }: { design: Design; series: SeriesReading | undefined }) {
  const frame = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(frame);
  const cursor = useView((view) => Math.floor(view.cursor / BUCKET_US)) * BUCKET_US;
  const scale = Math.max(1, LEAST_WIDTH / Math.max(1, width));
  const [w, h] = [width * scale, height * scale];
  const { cards, ways } = useMemo(() => layMini(design, w, h), [design, w, h]);
  const hits = useMemo(() => hitsOf(design, series), [design, series]);
  const now = { design, series, hits, cursor };
  return (
    <div ref={frame} className={css.frame}>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${w} ${h}`}
        role="group"
        aria-label="Nodes at the playhead"
      >
        <g className={css.ways} aria-hidden="true">
          {ways.map(({ path, kind }, i) => (
            <path key={i} d={path} className={css[kind]} />
          ))}
        </g>
        {cards.map((card) => (
          <Card key={card.name} card={card} now={now} />
        ))}
      </svg>
    </div>
  );
}

function Card({ card, now }: { card: MiniCard; now: Now }) {
  const { name, nodes, x, y, width, height } = card;
  const alone = nodes.length === 1 ? nodes[0] : undefined;
  const condition = alone === undefined ? undefined : conditionOf(now, alone.name, alone.id);
  const hurt = condition?.hurt === true;
  // Where there is no room beside the name, a cache says it on its last line; of others the stripes alone say that something is wrong.
  const beside = hurt ? fitting(condition.words, width, name) : '';
  return (
    <g transform={`translate(${x} ${y})`} role="img" aria-label={wordsOf(card, now)}>
      <rect className={hurt && condition.down ? css.down : css.card} width={width} height={height} rx="6" />
      {hurt && <rect width="6" height={height} fill={`url(#${STRIPES.bad})`} />}
      <text x="12" y="18" className={css.name}>
        {name}
      </text>
      {beside !== '' && (
        <text x={width - 12} y="18" className={cx(css.bad, css.end)}>
          {beside}
        </text>
      )}
      <Body card={card} now={now} hurt={hurt && beside === '' ? fitting(condition.words, width) : ''} />
    </g>
  );
}

/** @param hurt what is wrong with it, where the card's head has no room for it; else empty */
function Body({ card, now, hurt }: { card: MiniCard; now: Now; hurt: string }) {
  const { tier, nodes, width } = card;
  const [first] = nodes;
  if (first === undefined) return null;
  if (tier === 'clients') return <Clients now={now} />;
  if (tier === 'cache' && nodes.length === 1)
    return <Queue id={first.id} now={now} width={width} hurt={hurt} />;
  const rows = tier === 'store' && card.name.startsWith('shard-');
  // With words where each has a row of its own, as bare bars where a whole tier shares a card.
  return nodes
    .slice(0, rows ? nodes.length : 16)
    .map(({ id, name }, i) =>
      rows ? (
        <Replica key={name} reading={readingOf(now, id)} y={32 + i * 16} width={width} />
      ) : (
        <Bar
          key={name}
          share={readingOf(now, id)?.utilisation ?? 0}
          x={12}
          y={nodes.length === 1 ? 24 : 28 + i * 6}
          width={width - 24}
        />
      ),
    );
}

function Clients({ now: { series, cursor } }: { now: Now }) {
  const system = series === undefined ? undefined : systemAt(series, cursor);
  const rate =
    system === undefined ? Number.NaN : (system.putsStarted + system.getsStarted) * BUCKETS_PER_SECOND;
  return (
    <>
      <text x="12" y="36">
        {formatRate(rate)}
      </text>
      <text x="12" y="52">
        {formatCount(system?.inFlight ?? Number.NaN)} open
      </text>
    </>
  );
}

interface QueueProps {
  readonly id: number;
  readonly now: Now;
  readonly width: number;
  readonly hurt: string;
}

/** As on the large card: cells for the servers, a strip for who waits, striped past the tick. Then who waits, and the hits. */
function Queue({ id, now, width, hurt }: QueueProps) {
  const reading = readingOf(now, id);
  const { concurrency, timeout } = now.design.cache;
  const cells = Math.min(concurrency, 4);
  const busy = Math.round(((reading?.busy ?? 0) / concurrency) * cells);
  const waiting = reading?.queue ?? 0;
  const depth =
    reading === undefined || timeout === 'off' ? Number.NaN : lostDepth(reading, concurrency, timeout);
  const { inTime, late } = queueFill(waiting, Number.isFinite(depth) ? depth : concurrency);
  const from = 12 + cells * 10 + 6;
  const strip = Math.max(0, width - from - 12);
  const hitRatio =
    now.series === undefined ? Number.NaN : hitRatioAt(now.series, bucketAt(now.series, now.cursor), id);
  const queued = `${formatCount(waiting)} queued`;
  const hits = Number.isFinite(hitRatio) ? `${formatPercent(hitRatio)} hits` : NOTHING;
  const low = width < BESIDE;
  // Where both do not fit on one line, who waits matters more.
  const both = shareLine(queued, hits, width);
  return (
    <>
      {Array.from({ length: cells }, (_, i) => (
        <rect
          key={i}
          className={i < busy ? css.busy : css.idle}
          x={12 + i * 10}
          y="28"
          width="8"
          height="12"
          rx="1.5"
        />
      ))}
      <rect className={css.track} x={from} y="28" width={strip} height="12" rx="1.5" />
      <rect className={css.busy} x={from} y="28" width={strip * inTime} height="12" rx="1.5" />
      <rect x={from + strip * inTime} y="28" width={strip * late} height="12" fill={`url(#${STRIPES.bad})`} />
      {timeout !== 'off' && <path className={css.tick} d={`M${from + strip * TICK} 26v16`} />}
      {(low || both || waiting > 0) && (
        <text x="12" y="58" data-hint={QUEUED}>
          {queued}
        </text>
      )}
      {low && (
        <text x="12" y="74" className={cx(hurt !== '' && css.bad)}>
          {hurt === '' ? hits : hurt}
        </text>
      )}
      {!low && (both || waiting === 0) && (
        <text x={width - 12} y="58" className={css.end}>
          {hits}
        </text>
      )}
    </>
  );
}

function Replica({ reading, y, width }: { reading: NodeReading | undefined; y: number; width: number }) {
  const utilisation = reading?.utilisation ?? Number.NaN;
  return (
    <>
      <circle className={reading?.leads === 1 ? css.leader : css.follower} cx="17" cy={y} r="3" />
      <Bar share={utilisation} x={28} y={y - 1.5} width={Math.max(8, width - 76)} />
      <text x={width - 10} y={y + 4} className={css.end}>
        {formatPercent(utilisation)}
      </text>
    </>
  );
}

function Bar({ share, x, y, width }: { share: number; x: number; y: number; width: number }) {
  return (
    <>
      <rect className={css.track} x={x} y={y} width={width} height="3" rx="1.5" />
      <rect
        className={css.busy}
        x={x}
        y={y}
        width={width * Math.min(1, Number.isFinite(share) ? share : 0)}
        height="3"
        rx="1.5"
      />
    </>
  );
}

function readingOf({ series, cursor }: Now, id: number): NodeReading | undefined {
  return series === undefined || series.buckets === 0 ? undefined : nodeAt(series, id, cursor);
}

function conditionOf(now: Now, name: string, id: number): Condition {
  return conditionAt(now.hits.get(name), readingOf(now, id)?.state ?? Number.NaN, now.cursor);
}

/** The card in words: `cache-1, slow ×30: utilisation 100 %, 507 queued`. */
function wordsOf({ name, nodes }: MiniCard, now: Now): string {
  const parts = nodes.map((node) => {
    const { words } = conditionOf(now, node.name, node.id);
    const reading = readingOf(now, node.id);
    const values =
      reading === undefined || node.tier === 'clients'
        ? []
        : [`utilisation ${formatPercent(reading.utilisation)}`, `${formatCount(reading.queue)} queued`];
    const said = [...(words === '' ? [] : [words]), ...values].join(', ');
    const own = nodes.length === 1 ? '' : `${node.name} `;
    return said === '' ? '' : `${own}${said}`;
  });
  const said = parts.filter((part) => part !== '').join('; ');
  return said === '' ? name : `${name}: ${said}`.replaceAll(THIN, ' ');
}
