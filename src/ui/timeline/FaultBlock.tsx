/**
 * One fault on the lane. Its body moves it, its ends resize it; arrow keys do the same for the hand that has none on
 * the mouse. A press without a drag selects it, and the inspector shows it.
 */
import type { Fault } from '../../design/design.ts';
import type { Axis } from '../charts/axis.ts';
import { cx } from '../kit/cx.ts';
import { useSession } from '../session.tsx';
import { deedOf, sentenceOf } from './faultWords.ts';
import type { Block } from './laneLayout.ts';
import { WORDS_FROM_PX, type LaneShape } from './lanes.ts';
import { useFaultHand } from './useFaultHand.ts';
import css from './FaultBlock.module.css';

/** Ends can be grasped on blocks at least this wide, pixels. */
const ENDS_FROM_PX = 18;
/** Words that appear only when a block is met stand at its start, from here on (share of the plot) at its end. */
const WORDS_LEFTWARD_FROM = 0.75;

export function FaultBlock({
  fault,
  index,
  block,
  shape,
  axis,
  selected,
}: {
  fault: Fault;
  index: number;
  block: Block;
  shape: LaneShape;
  axis: Axis;
  selected: boolean;
}) {
  const session = useSession();
  const hand = useFaultHand({ fault, index, axis, lasts: !block.flag });
  const resizable = !block.flag && block.width >= ENDS_FROM_PX;
  const tall = shape.blockHeight >= WORDS_FROM_PX;
  const hidden = block.left + block.width < 0 || block.left > axis.width;
  // What the window cuts off is left off, and cannot be grasped.
  const left = Math.max(block.left, 0);
  const width = Math.min(block.left + block.width, axis.width) - left;
  const cutLeft = block.left < 0;
  const cutRight = block.left + block.width > axis.width;
  return (
    <button
      type="button"
      className={cx(
        css.fault,
        block.flag && css.flagged,
        selected && css.selected,
        shape.rows > 1 && css.low,
        !tall && css.bare,
        cutLeft && css.cutLeft,
        cutRight && css.cutRight,
      )}
      style={{
        left,
        width,
        top: shape.topOf(block.row),
        height: shape.blockHeight,
        ...(hidden ? { display: 'none' } : {}),
      }}
      aria-label={sentenceOf(fault)}
      aria-pressed={selected}
      aria-keyshortcuts="ArrowLeft ArrowRight Shift+ArrowLeft Shift+ArrowRight Delete"
      title={`${sentenceOf(fault)}. Drag to move, its ends to resize; Delete removes it.`}
      onClick={() => session.view.selectFault(index)}
      {...hand}
    >
      {tall ? (
        block.words !== 'none' && (
          <FaultWords fault={fault} className={block.words === 'beside' ? css.beside : css.words} />
        )
      ) : (
        <FaultWords
          fault={fault}
          className={cx(css.plate, left > WORDS_LEFTWARD_FROM * axis.width && css.leftward)}
        />
      )}
      {resizable && (
        <>
          {!cutLeft && <span className={css.start} data-handle="start" />}
          {!cutRight && <span className={css.end} data-handle="end" />}
        </>
      )}
    </button>
  );
}

function FaultWords({ fault, className }: { fault: Fault; className: string | undefined }) {
  return (
    <span className={className}>
      {fault.target !== 'workload' && <b>{fault.target}</b>} {deedOf(fault)}
    </span>
  );
}
