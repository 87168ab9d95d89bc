/** The replicas of an upright shard, each to be pointed at on its own, and below them the handle for one more or fewer. */
import { useCallback, useLayoutEffect, useRef } from 'react';
import type { NodeInfo } from '../../design/nodes.ts';
import { useView } from '../session.tsx';
import { menuHandlers, type DiagramActs } from './acts.ts';
import { useBeat } from './beat.ts';
import type { ShardCard } from './cards.ts';
import { CountHandle } from './CountHandle.tsx';
import { speakReplica } from './shard.ts';
import css from './Shard.module.css';

/** A line of a replica is pressed in this height at the most, pixels. */
const ROW = 24;

interface ReplicaHitsProps {
  readonly card: ShardCard;
  readonly replicas: readonly NodeInfo[];
  readonly acts: DiagramActs;
}

export function ReplicaHits({ card, replicas, acts }: ReplicaHitsProps) {
  const { form, dots } = card;
  const first = dots[0] ?? { x: 0, y: 0 };
  const last = dots.at(-1) ?? first;
  const pitch = dots.length > 1 ? last.y - (dots.at(-2) ?? first).y : ROW;
  const hit =
    form === 'full'
      ? { above: 10, height: 42 }
      : { above: Math.min(pitch, ROW) / 2, height: Math.min(pitch, ROW) };
  return (
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
        <div className={css.railHandle} style={{ left: first.x, top: last.y + 10 }}>
          <CountHandle count="store.rf" bare />
        </div>
      )}
    </>
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
