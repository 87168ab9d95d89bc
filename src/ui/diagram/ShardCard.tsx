/**
 * A shard: its replicas on a rail, the leader's dot filled and crowned. Each replica can be pointed at on its own; the
 * card itself stands for whoever leads, or for the first. Where the dots are is the layout's, since messages travel to them.
 */
import { useCallback, useLayoutEffect, useMemo, useRef, type CSSProperties } from 'react';
import type { Design } from '../../design/design.ts';
import { headOf, type NodeInfo } from '../../design/nodes.ts';
import { useView } from '../session.tsx';
import { menuHandlers, useDiagramActs, type DiagramActs } from './acts.ts';
import { useBeat } from './beat.ts';
import { CardFrame, Head } from './CardFrame.tsx';
import type { ShardCard as ShardBox } from './cards.ts';
import { CountHandle } from './CountHandle.tsx';
import { paintShard, quorumBrief, quorumWords, speakReplica, speakShard } from './shard.ts';
import { cx } from '../kit/cx.ts';
import { hint } from '../kit/hint.ts';
import type { Moment } from './moment.ts';
import type { Slots } from './slots.ts';
import css from './Card.module.css';

/** A line of a replica is pressed in this height at the most, pixels. */
const ROW = 24;

interface ShardCardProps {
  readonly card: ShardBox;
  readonly design: Design;
  readonly shard: number;
  readonly replicas: readonly NodeInfo[];
  readonly direction: 'right' | 'down';
}

export function ShardCard({ card, design, shard, replicas, direction }: ShardCardProps) {
  const { name, form, dots, toldAt } = card;
  const { mode } = design.store;
  const acts = useDiagramActs();
  const led = mode === 'leader';
  const names = useMemo(() => replicas.map((replica) => replica.name), [replicas]);
  const paint = useMemo(
    () => (slots: Slots, now: Moment) => {
      paintShard(slots, now, names, form, led);
    },
    [names, form, led],
  );
  const speak = useCallback((now: Moment) => speakShard(now, name, names, led), [name, names, led]);
  const first = dots[0] ?? { x: 0, y: 0 };
  const last = dots.at(-1) ?? first;
  const upright = form === 'full' || form === 'rows';
  const pitch = dots.length > 1 ? last.y - (dots.at(-2) ?? first).y : ROW;
  const hit =
    form === 'full'
      ? { above: 10, height: 42 }
      : { above: Math.min(pitch, ROW) / 2, height: Math.min(pitch, ROW) };
  const rail: CSSProperties = upright
    ? { left: first.x - 0.75, top: first.y, width: 1.5, height: last.y - first.y }
    : { left: first.x, top: first.y - 0.75, width: last.x - first.x, height: 1.5 };

  return (
    <CardFrame
      name={name}
      target={headOf(design, shard)}
      form={form}
      direction={direction}
      faultable
      paint={paint}
      speak={speak}
      over={
        upright &&
        acts !== undefined && (
          <>
            {replicas.map((replica, i) => (
              <ReplicaHit
                key={replica.name}
                acts={acts}
                name={replica.name}
                top={(dots[i]?.y ?? 0) - hit.above}
                height={hit.height}
              />
            ))}
            {form === 'full' && (
              <div className={css.railHandle} style={{ left: first.x - 17, top: last.y + 10 }}>
                <CountHandle count="store.rf" bare />
              </div>
            )}
          </>
        )
      }
    >
      {form === 'line' ? (
        <div className={css.one}>
          <span className={css.name}>{name}</span>
        </div>
      ) : (
        <Head
          name={name}
          {...(direction === 'right'
            ? { aside: quorumWords(design), brief: quorumBrief(design) }
            : { aside: `${replicas.length} replicas` })}
        />
      )}
      <div className={css.plate}>
        <div className={css.rail} style={rail} />
        {dots.map((dot, i) => (
          <span key={i} className={css.dot} data-slot={`dot-${i}`} style={{ left: dot.x, top: dot.y }} />
        ))}
        {dots.map((dot, i) => {
          const at = upright ? { top: dot.y - 7 } : { left: dot.x - 7, top: dot.y - 15 };
          return <Crown key={i} slot={`crown-${i}`} style={form === 'line' ? { display: 'none' } : at} />;
        })}
        {replicas.map((replica, i) => {
          const dot = dots[i] ?? first;
          if (form === 'full') return <FullReplica key={i} replica={replica} i={i} top={dot.y - 8} />;
          if (form === 'rows') return <OneReplica key={i} replica={replica} i={i} top={dot.y - 8} />;
          return toldAt === undefined ? null : (
            <span key={i} className={css.cell} data-slot={`util-${i}`} style={{ left: dot.x, top: toldAt }} />
          );
        })}
      </div>
    </CardFrame>
  );
}

interface ReplicaHitProps {
  readonly acts: DiagramActs;
  readonly name: string;
  readonly top: number;
  readonly height: number;
}

function ReplicaHit({ acts, name, top, height }: ReplicaHitProps) {
  const beat = useBeat();
  const button = useRef<HTMLButtonElement>(null);
  const chosen = useView((view) => view.selection === name);
  useLayoutEffect(
    () => beat.addSpeaker((now) => button.current?.setAttribute('aria-label', speakReplica(now, name))),
    [beat, name],
  );
  const open = useCallback(
    (element: Element, at?: { x: number; y: number }) => acts.openMenu(name, element, at),
    [acts, name],
  );
  return (
    <button
      ref={button}
      type="button"
      className={css.replicaHit}
      style={{ top, height }}
      aria-label={name}
      aria-pressed={chosen}
      aria-haspopup="menu"
      onClick={() => acts.select(name)}
      {...menuHandlers(open)}
    />
  );
}

/** Two lines: name, zone, state or version; utilisation and lag. */
function FullReplica({ replica, i, top }: { replica: NodeInfo; i: number; top: number }) {
  return (
    <div className={css.replica} style={{ top }}>
      <div>
        <span className={css.name}>replica-{replica.replica}</span>
        <span className={cx(css.state, css.end)} data-slot={`state-${i}`} />
        <span className={css.spare}>zone {replica.zone}</span>
        <span className={css.end}>
          <span data-slot={`chip-${i}`} />
        </span>
      </div>
      <div>
        <div className={css.bar} data-slot={`bar-${i}`} />
        <span className={css.util} data-slot={`util-${i}`} />
        <span className={css.lag} data-slot={`lag-${i}`} {...hint('lag')} />
      </div>
    </div>
  );
}

function OneReplica({ replica, i, top }: { replica: NodeInfo; i: number; top: number }) {
  return (
    <div className={cx(css.replica, css.oneRow)} style={{ top }}>
      <div data-slot={`row-${i}`}>
        <span className={css.name}>replica-{replica.replica}</span>
        <span className={css.state} data-slot={`state-${i}`} />
        <div className={css.bar} data-slot={`bar-${i}`} />
        <span className={css.util} data-slot={`util-${i}`} />
        <span className={css.lag} data-slot={`lag-${i}`} {...hint('lag')} />
      </div>
    </div>
  );
}

function Crown({ slot, style }: { slot: string; style: CSSProperties }) {
  return (
    <svg className={css.crown} data-slot={slot} style={style} viewBox="0 0 16 16" aria-hidden="true">
      <path d="M2.5 5.2 5.3 7.6 8 3.5l2.7 4.1 2.8-2.4-1 6.8h-9z" fill="currentColor" />
    </svg>
  );
}
