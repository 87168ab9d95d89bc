/**
 * A shard: its replicas on a rail. Each replica can be pointed at on its own; the card itself stands for whoever leads, or
 * for the first. Where the dots are is the layout's, since messages travel to them.
 */
import { useCallback, useMemo } from 'react';
import type { Design } from '../../design/design.ts';
import { countOf } from '../../base/words.ts';
import { headOf, type NodeInfo } from '../../design/nodes.ts';
import { useDiagramActs } from './acts.ts';
import { CardFrame, Head } from './CardFrame.tsx';
import { isUpright, lineNameAt, type ShardCard as ShardBox } from './cards.ts';
import type { Moment } from './moment.ts';
import { ReplicaHits } from './ReplicaHits.tsx';
import { paintShard, quorumBrief, quorumWords, speakShard } from './shard.ts';
import { ShardPlate } from './ShardPlate.tsx';
import type { Slots } from './slots.ts';
import css from './Card.module.css';

/** From the edge of a card of one line to what stands in it, pixels. As in the stylesheet. */
const LINE_INSET = 8;

interface ShardCardProps {
  readonly card: ShardBox;
  readonly design: Design;
  readonly shard: number;
  readonly replicas: readonly NodeInfo[];
  readonly direction: 'right' | 'down';
}

export function ShardCard({ card, design, shard, replicas, direction }: ShardCardProps) {
  const { name, form } = card;
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
        isUpright(card) && acts !== undefined && <ReplicaHits card={card} replicas={replicas} acts={acts} />
      }
    >
      {form === 'line' ? (
        <div className={css.one} style={{ paddingLeft: lineNameAt(card) - LINE_INSET }}>
          <span className={css.name}>{name}</span>
        </div>
      ) : (
        <Head
          name={name}
          {...(direction === 'right'
            ? { aside: quorumWords(design), brief: quorumBrief(design) }
            : { aside: countOf(replicas.length, 'replica') })}
        />
      )}
      <ShardPlate card={card} replicas={replicas} />
    </CardFrame>
  );
}
