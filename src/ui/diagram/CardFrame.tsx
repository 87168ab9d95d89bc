/**
 * What all cards share: the frame with its selected, hurt and crashed looks, the button that covers it for pointer, key
 * and screen reader, and the two quick faults. What a card shows inside is written to its slots outside of React; only
 * what the document decides is drawn by React.
 */
import { Handle, Position } from '@xyflow/react';
import { useCallback, useLayoutEffect, useRef, type ReactNode } from 'react';
import { useView } from '../session.tsx';
import { useBeat } from './beat.ts';
import { menuHandlers, useDiagramActs } from './acts.ts';
import type { Form } from './cards.ts';
import { cx } from '../kit/cx.ts';
import { CardFlag } from '../notes/CardFlag.tsx';
import { hintIn } from '../kit/hint.ts';
import type { Moment } from './moment.ts';
import { QuickFaults } from './QuickFaults.tsx';
import { Slots } from './slots.ts';
import css from './Card.module.css';

export interface CardFrameProps {
  readonly name: string;
  /** What is selected by it, and what its faults are aimed at, when that is not the node of its own name. */
  readonly target?: string;
  readonly form: Form;
  /** How many rows it has room for, where that decides which of its slots are there. */
  readonly rows?: number;
  readonly direction: 'right' | 'down';
  readonly faultable: boolean;
  /** What its menu is aimed at, where its faults are not those of the card's own target. */
  readonly menu?: string;
  /** Writes the card's values. Must be stable: it is attached once for each form and number of rows. */
  readonly paint: (slots: Slots, now: Moment) => void;
  /** What the card says to a screen reader. */
  readonly speak: (now: Moment) => string;
  /** Other things to point at, over the card. */
  readonly over?: ReactNode;
  readonly children: ReactNode;
}

export function CardFrame(props: CardFrameProps) {
  const { name, target = name, form, rows, direction, faultable, paint, speak, over, children } = props;
  const card = useRef<HTMLDivElement>(null);
  const acts = useDiagramActs();
  const aim = acts === undefined ? undefined : (props.menu ?? (faultable ? target : undefined));
  const beat = useBeat();
  const chosen = useView((view) => view.selection === target);

  useLayoutEffect(() => {
    if (card.current === null) return;
    const slots = new Slots(card.current);
    const subscriptions = [
      beat.addReading((now) => paint(slots, now)),
      beat.addSpeaker((now) => slots.label('hit', speak(now))),
    ];
    slots.label('hit', speak(beat.moment));
    return () => subscriptions.forEach((end) => end());
  }, [beat, paint, speak, form, rows]);

  const openMenu = useCallback(
    (element: Element, at?: { x: number; y: number }) => acts?.openMenu(aim ?? target, element, at),
    [acts, aim, target],
  );

  return (
    <div
      ref={card}
      className={cx(css.card, form === 'line' && css.lineCard)}
      data-card={name}
      {...(chosen ? { 'data-chosen': '' } : {})}
    >
      <Handle
        type="target"
        position={direction === 'right' ? Position.Left : Position.Top}
        isConnectable={false}
        style={HIDDEN}
      />
      <Handle
        type="source"
        position={direction === 'right' ? Position.Right : Position.Bottom}
        isConnectable={false}
        style={HIDDEN}
      />
      {acts === undefined ? (
        <div data-slot="hit" role="img" className={css.seen} />
      ) : (
        <button
          type="button"
          data-slot="hit"
          className={css.hit}
          aria-pressed={chosen}
          {...(aim !== undefined ? { 'aria-haspopup': 'menu', 'aria-keyshortcuts': 'Shift+F10' } : {})}
          onClick={() => acts.select(target)}
          {...(aim !== undefined ? menuHandlers(openMenu) : {})}
        />
      )}
      {/* Words that are explained are pointed at themselves, and then stand for the card. */}
      <div
        className={css.said}
        aria-hidden="true"
        onClick={() => acts?.select(target)}
        {...(aim !== undefined ? menuHandlers(openMenu) : {})}
      >
        {children}
      </div>
      {over}
      <CardFlag name={name} />
      {faultable && acts !== undefined && (
        <QuickFaults target={target} aim={aim ?? target} form={form} acts={acts} openMenu={openMenu} />
      )}
    </div>
  );
}

const HIDDEN = { visibility: 'hidden', pointerEvents: 'none' } as const;

/**
 * Name, state in words, and what stands at the right.
 * @param brief the same in fewer letters, for a narrow card whose corner a flag has
 */
export function Head({ name, aside, brief = aside }: { name: string; aside: string; brief?: string }) {
  return (
    <div className={css.head}>
      <div className={css.who}>
        <span className={css.name}>{name}</span>
        <span className={css.state} data-slot="state" />
      </div>
      <span className={css.aside} data-slot="aside" {...hintIn(aside)}>
        {brief === aside ? (
          aside
        ) : (
          <>
            <span className={css.whole}>{aside}</span>
            <span className={css.brief}>{brief}</span>
          </>
        )}
      </span>
    </div>
  );
}

/**
 * The name of a card of one line, as wide as the tier's longest, so that what follows it stands in one column.
 * @param last the tier's last name, which none is longer than
 */
export function NameInColumn({ name, last }: { name: string; last: string }) {
  return (
    <span className={css.name} style={{ minWidth: `${last.length}ch` }}>
      {name}
    </span>
  );
}
