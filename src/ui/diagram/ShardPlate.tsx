/** A shard as it is drawn: the rail, a dot for each replica, the leader's filled and crowned, and what each has to say. */
import type { CSSProperties } from 'react';
import type { NodeInfo } from '../../design/nodes.ts';
import { cx } from '../kit/cx.ts';
import { hint } from '../kit/hint.ts';
import { isCrowned, isUpright, type ShardCard } from './cards.ts';
import frame from './Card.module.css';
import css from './Shard.module.css';

export function ShardPlate({ card, replicas }: { card: ShardCard; replicas: readonly NodeInfo[] }) {
  const { form, dots, toldAt } = card;
  const upright = isUpright(card);
  const first = dots[0] ?? { x: 0, y: 0 };
  const last = dots.at(-1) ?? first;
  const rail: CSSProperties = upright
    ? { left: first.x - 0.75, top: first.y, width: 1.5, height: last.y - first.y }
    : { left: first.x, top: first.y - 0.75, width: last.x - first.x, height: 1.5 };
  return (
    <div className={cx(css.plate, form === 'line' && css.inLine)}>
      <div className={css.rail} style={rail} />
      {dots.map((dot, i) => (
        <span key={i} className={css.dot} data-slot={`dot-${i}`} style={{ left: dot.x, top: dot.y }} />
      ))}
      {dots.map((dot, i) => {
        const at = upright ? { top: dot.y - 7 } : { left: dot.x - 7, top: dot.y - 15 };
        return <Crown key={i} slot={`crown-${i}`} style={isCrowned(card) ? at : { display: 'none' }} />;
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
  );
}

/** Two lines: name, zone, state or version; utilisation and lag. */
function FullReplica({ replica, i, top }: { replica: NodeInfo; i: number; top: number }) {
  return (
    <div className={css.replica} style={{ top }}>
      <div>
        <span className={cx(frame.name, css.name)}>replica-{replica.replica}</span>
        <span className={cx(frame.state, frame.end, css.state)} data-slot={`state-${i}`} />
        <span className={css.spare}>zone {replica.zone}</span>
        <span className={frame.end}>
          <span data-slot={`chip-${i}`} />
        </span>
      </div>
      <div>
        <div className={cx(frame.bar, css.bar)} data-slot={`bar-${i}`} />
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
        <span className={cx(frame.name, css.name)}>replica-{replica.replica}</span>
        <span className={cx(frame.state, css.state)} data-slot={`state-${i}`} />
        <div className={cx(frame.bar, css.bar)} data-slot={`bar-${i}`} />
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
