/**
 * The messages of a story in space and time: a lane a place with what it holds, queues as bars under their node, an arrow
 * a message with its mark of the vocabulary. Numbers are those of the log, which says the same in words, so that a screen
 * reader needs only that.
 */
import { useLayoutEffect, useMemo, useRef } from 'react';
import type { Story } from '../../state/stories.ts';
import type { LogLine } from '../../replay/story/log.ts';
import { scaleOf, type Scale } from '../../replay/story/scale.ts';
import { sceneOf } from '../../replay/story/scene.ts';
import type { Violation } from '../../replay/story/history.ts';
import type { Tale } from '../../replay/story/tale.ts';
import { useSize } from '../charts/useSize.ts';
import { formatNumber } from '../format.ts';
import { cx } from '../kit/cx.ts';
import { MarkShape } from '../marks/Mark.tsx';
import { markOfMessage, MARKS } from '../marks/shapes.ts';
import { LaneNames } from './LaneNames.tsx';
import { Ribbons } from './Ribbons.tsx';
import { AXIS, foldWords, layOutSpace, spread } from './spaceLayout.ts';
import { useCursorLine } from './useCursorLine.ts';
import { Waits } from './Waits.tsx';
import css from './SpaceTime.module.css';

/** The names of the lanes; then, before the first message, room for half a mark. */
const NAMES = 116;
const NARROW_NAMES = 84;
/** Below this width of the picture the names are cut to what tells them apart. */
const NARROW_PX = 560;
const LEFT = 12;
const FOLD = 38;
/** Pixels a message at least; where that is more than there is room for, the picture is scrolled. */
const PER_MESSAGE = 16;
const RIGHT = 20;
/** From the lane that the harm is marked at to what is seen below it. */
const BELOW_HARM = 22;
/** Of a picture without messages, or in no room. */
const LEAST_WIDTH = 120;

export interface Lit {
  /** The line that is pointed at, or else the one that the cursor has come to. */
  readonly line: number | undefined;
  /** The one that the cursor has come to; -1 before the first. */
  readonly reached: number;
  readonly pointed: boolean;
  readonly light: (line: number | undefined) => void;
}

export function SpaceTime({
  story,
  tale,
  lines,
  lit,
}: {
  story: Story;
  tale: Tale;
  lines: readonly LogLine[];
  lit: Lit;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const { width: room } = useSize(frame);
  const names = room < NARROW_PX ? NARROW_NAMES : NAMES;
  const { scene, layout, scale, width } = useMemo(() => {
    const made = sceneOf(tale);
    const wide = Math.max(room - names - LEFT - RIGHT, made.arrows.length * PER_MESSAGE, LEAST_WIDTH);
    return { scene: made, layout: layOutSpace(made), scale: scaleOf(made, wide, FOLD), width: wide };
  }, [tale, room, names]);
  const { yOf, height } = layout;
  const xOf = (time: number): number => LEFT + scale.xOf(time);
  const zero = lines[0]?.time ?? scene.from;

  const cursorLine = useCursorLine(frame, { from: scene.from, to: scene.to, zero, xOf, names });

  const { harm } = tale;
  const harmY = harm === undefined ? undefined : yOf(harmedLane(scene.lanes, harm));
  // Where the lanes have no room, the harm is seen at once: it is what the story is of.
  useLayoutEffect(() => {
    if (frame.current !== null && harmY !== undefined)
      frame.current.scrollTop = harmY + BELOW_HARM - frame.current.clientHeight;
  }, [tale, harmY, room]);
  if (room === 0) return <div ref={frame} className={css.space} />;
  return (
    <div
      ref={frame}
      className={css.space}
      tabIndex={0}
      role="group"
      aria-label="The messages in space and time"
    >
      <LaneNames
        story={story}
        tale={tale}
        since={scene.from}
        lanes={scene.lanes}
        yOf={yOf}
        width={names}
        height={height}
      />
      <svg width={LEFT + width + RIGHT} height={height} aria-hidden="true">
        <Axis scale={scale} zero={zero} height={height} />
        {scene.lanes.map((node) => (
          <line key={node} className={css.lane} x1={LEFT} x2={LEFT + width} y1={yOf(node)} y2={yOf(node)} />
        ))}
        <Ribbons ribbons={scene.ribbons} xOf={xOf} yOf={yOf} />
        <Waits waits={layout.waits} operation={tale.operation} xOf={xOf} />
        <Arrows scene={scene} lines={lines} lit={lit} xOf={xOf} yOf={yOf} />
        {scene.timeouts.map(({ node, time }) => (
          <MarkShape
            key={`${node} ${time}`}
            mark={MARKS.timeout}
            transform={`translate(${xOf(time)} ${yOf(node)})`}
          />
        ))}
        <Numbers lines={lines} lanes={scene.lanes} lit={lit} xOf={xOf} yOf={yOf} />
        {harm !== undefined && (
          <MarkShape mark={MARKS.violation} transform={`translate(${xOf(harm.time)} ${harmY}) scale(1.3)`} />
        )}
        <g ref={cursorLine} className={css.cursor}>
          <line x1={0} x2={0} y1={22} y2={height} />
          <path d="M-22 2H22V20H4L0 25L-4 20H-22Z" />
          <text x={0} y={15} />
        </g>
      </svg>
    </div>
  );
}

/** Whoever is let down is a client; what only the store comes to is marked at the last lane. */
function harmedLane(lanes: readonly number[], { session }: Violation): number {
  return lanes.includes(0) && session >= 0 ? 0 : (lanes.at(-1) ?? 0);
}

/** Where time is left out, and instants since `zero`, microseconds. */
function Axis({ scale, zero, height }: { scale: Scale; zero: number; height: number }) {
  const named = foldWords(scale.folds);
  return (
    <>
      {scale.folds.map(({ x }, i) => (
        <g key={x}>
          <rect className={css.fold} x={LEFT + x - FOLD / 2} y={AXIS} width={FOLD} height={height - AXIS} />
          <text data-axis="" className={css.foldName} x={LEFT + x} y={14}>
            {named[i]}
          </text>
          <path className={css.brace} d={`M${LEFT + x - 12} 21h24m-24 -2v4m24 -4v4`} />
        </g>
      ))}
      {scale.ticks.map(({ x, time }, i) => (
        <g key={x}>
          <line className={css.grid} x1={LEFT + x} x2={LEFT + x} y1={AXIS} y2={height} />
          <text data-axis="" className={css.tick} x={LEFT + x} y={14}>
            {tickWords(time - zero, (scale.ticks[i - 1]?.time ?? Number.NaN) - zero)}
          </text>
        </g>
      ))}
    </>
  );
}

interface Drawn {
  readonly scene: ReturnType<typeof sceneOf>;
  readonly lines: readonly LogLine[];
  readonly lit: Lit;
  readonly xOf: (time: number) => number;
  readonly yOf: (node: number) => number;
}

function Arrows({ scene, lines, lit, xOf, yOf }: Drawn) {
  return scene.arrows.map(({ sentAt, arrivesAt, from, to, kind, answer, call, givenUp, lost, operation }) => {
    const [x1, x2] = [xOf(sentAt), xOf(Math.min(arrivesAt, scene.to))];
    const [y1, y2] = [yOf(from), yOf(to)];
    const mark = markOfMessage(kind, answer, givenUp);
    const end = lost ? 0.6 : 1;
    const line = lineOf(lines, operation, sentAt);
    const [x, y] = [x1 + (x2 - x1) * end, y1 + (y2 - y1) * end];
    const middle = lost ? end : 0.5;
    return (
      <g
        key={`${call} ${answer} ${sentAt} ${to}`}
        className={cx(css.message, line !== undefined && line === lit.line && css.lit)}
        style={{ stroke: `var(--${mark.hue})` }}
        onPointerEnter={() => lit.light(line)}
        onPointerLeave={() => lit.light(undefined)}
      >
        <line className={css.reach} x1={x1} y1={y1} x2={x} y2={y} />
        <line className={givenUp ? css.alive : css.arrow} x1={x1} y1={y1} x2={x} y2={y} />
        {!lost && <path className={css.head} d="M-6 -3.2L0 0L-6 3.2" transform={headAt(x1, y1, x, y)} />}
        <MarkShape
          mark={lost ? MARKS.timeout : mark}
          transform={`translate(${x1 + (x2 - x1) * middle} ${y1 + (y2 - y1) * middle})${kind === 'invalidate' && !lost ? ` rotate(${angle(x1, y1, x, y)})` : ''} scale(0.75)`}
        />
      </g>
    );
  });
}

/** The last line of an operation that has come by an instant: a message belongs to the line that sent it. */
function lineOf(lines: readonly LogLine[], operation: number, time: number): number | undefined {
  const at = lines.findLastIndex((line) => line.operation === operation && line.time <= time);
  return at < 0 ? undefined : at;
}

function Numbers({
  lines,
  lanes,
  lit,
  xOf,
  yOf,
}: Omit<Drawn, 'scene'> & { readonly lanes: readonly number[] }) {
  const marks = lines.map(({ time, node }) => ({ x: xOf(time), lane: lanes.includes(node) ? node : 0 }));
  const xs = spread(marks);
  return marks.map(({ lane }, i) => (
    <g
      // Lines are as many as they are: their places are their names.
      key={i}
      className={cx(css.number, lines[i]?.harm && css.harm, i === lit.line && css.lit)}
      transform={`translate(${xs[i] ?? 0} ${yOf(lane) - 14})`}
      onPointerEnter={() => lit.light(i)}
      onPointerLeave={() => lit.light(undefined)}
    >
      <circle r="8" />
      <text y="4">{i + 1}</text>
    </g>
  ));
}

function angle(x1: number, y1: number, x2: number, y2: number): number {
  return (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
}

function headAt(x1: number, y1: number, x2: number, y2: number): string {
  return `translate(${x2} ${y2}) rotate(${angle(x1, y1, x2, y2)})`;
}

/** Milliseconds at a tick; of two that read the same the first one says it. */
function tickWords(us: number, before: number): string {
  const words = formatNumber(us / 1000);
  return words === formatNumber(before / 1000) ? '' : words;
}
