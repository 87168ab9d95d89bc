/**
 * The messages of a story in space and time: a lane a place, time to the right, an arrow a message with its mark of the
 * vocabulary. The log beside it says the same in words, so that a screen reader needs only that.
 */
import { useMemo, useRef } from 'react';
import type { Story } from '../../state/stories.ts';
import { markOfMessage, MARKS } from '../marks/shapes.ts';
import { MarkShape } from '../marks/Mark.tsx';
import { useCursor } from '../charts/useCursor.ts';
import { formatDuration } from '../format.ts';
import { scaleOf, sceneOf } from '../../replay/story/scene.ts';
import css from './Story.module.css';

/** The names of the lanes; then, before the first message, room for half a mark. */
const NAMES = 92;
const LEFT = 4;
const TOP = 22;
const LANE = 34;
const FOLD = 30;
/** Pixels a message at least; the picture grows to the right and is scrolled. */
const PER_MESSAGE = 22;
const NARROWEST = 230;
const RIGHT = 16;
/** How much of the picture there is to see on both sides of the cursor where it is scrolled, pixels. */
const AROUND = 48;

export function SpaceTime({ story, operations }: { story: Story; operations: ReadonlySet<number> }) {
  const { history, violation } = story;
  const frame = useRef<HTMLDivElement>(null);
  const cursorLine = useRef<SVGLineElement>(null);
  const { scene, scale, width } = useMemo(() => {
    const made = sceneOf(history, violation, operations);
    const room = Math.max(NARROWEST, made.arrows.length * PER_MESSAGE);
    return { scene: made, scale: scaleOf(made, room, FOLD), width: room };
  }, [history, violation, operations]);
  const height = TOP + scene.lanes.length * LANE + 6;
  const yOf = (node: number): number => TOP + (scene.lanes.indexOf(node) + 0.5) * LANE;
  const xOf = (time: number): number => LEFT + scale.xOf(time);

  useCursor((cursor) => {
    const line = cursorLine.current;
    if (line === null) return;
    const inside = cursor >= scene.from && cursor <= scene.to;
    line.style.display = inside ? '' : 'none';
    line.setAttribute('transform', `translate(${xOf(cursor)} 0)`);
    if (inside && frame.current !== null) bringIntoSight(frame.current, xOf(cursor));
  });

  return (
    <div
      ref={frame}
      className={css.space}
      tabIndex={0}
      role="group"
      aria-label="The messages in space and time"
    >
      <svg className={css.names} width={NAMES} height={height} aria-hidden="true">
        {scene.lanes.map((node) => (
          <text key={node} className={css.laneName} x={NAMES - 8} y={yOf(node)}>
            {node === 0 ? clientsName(violation.session) : shortName(history.nodes[node]?.name ?? '')}
          </text>
        ))}
      </svg>
      <svg width={LEFT + width + RIGHT} height={height} aria-hidden="true">
        {scene.lanes.map((node) => (
          <line key={node} className={css.lane} x1={LEFT} x2={LEFT + width} y1={yOf(node)} y2={yOf(node)} />
        ))}
        {scale.folds.map(({ x, length }) => (
          <g key={x}>
            <rect className={css.fold} x={LEFT + x - FOLD / 2} y={TOP} width={FOLD} height={height - TOP} />
            <text className={css.foldName} x={LEFT + x} y={12}>
              {formatDuration(length)}
            </text>
          </g>
        ))}
        {scene.waits.map(({ node, from, to }) => (
          <rect
            key={`${node} ${from}`}
            className={css.wait}
            x={xOf(from)}
            y={yOf(node) + 4}
            width={Math.max(2, xOf(Math.min(to, scene.to)) - xOf(from))}
            height={8}
          />
        ))}
        {scene.arrows.map(({ sentAt, arrivesAt, from, to, kind, answer, call, givenUp, lost }) => {
          const [x1, x2] = [xOf(sentAt), xOf(Math.min(arrivesAt, scene.to))];
          const [y1, y2] = [yOf(from), yOf(to)];
          const mark = markOfMessage(kind, answer, givenUp);
          const end = lost ? 0.6 : 1;
          return (
            <g key={`${call} ${answer} ${sentAt}`}>
              <line
                className={givenUp ? css.alive : css.arrow}
                style={{ stroke: `var(--${mark.hue})` }}
                x1={x1}
                y1={y1}
                x2={x1 + (x2 - x1) * end}
                y2={y1 + (y2 - y1) * end}
              />
              <MarkShape
                mark={lost ? MARKS.timeout : mark}
                transform={`translate(${x1 + (x2 - x1) * (lost ? end : 0.5)} ${y1 + (y2 - y1) * (lost ? end : 0.5)}) scale(0.7)`}
              />
            </g>
          );
        })}
        {scene.timeouts.map(({ node, time }) => (
          <MarkShape key={time} mark={MARKS.timeout} transform={`translate(${xOf(time)} ${yOf(node)})`} />
        ))}
        {scene.changes.map(({ node, time, version }) => (
          <text
            key={`${node} ${time} ${version}`}
            className={css.version}
            x={xOf(time) + 3}
            y={yOf(node) - 5}
          >
            v{version}
          </text>
        ))}
        <MarkShape
          mark={MARKS.violation}
          transform={`translate(${xOf(violation.time)} ${yOf(scene.lanes.includes(0) && violation.session >= 0 ? 0 : (scene.lanes.at(-1) ?? 0))})`}
        />
        <line ref={cursorLine} className={css.cursor} x1={0} x2={0} y1={TOP - 6} y2={height} />
      </svg>
    </div>
  );
}

/** Scrolls the frame no further than it must so that `x` of the messages is seen, with something on both sides of it. */
function bringIntoSight(frame: HTMLElement, x: number): void {
  const room = frame.clientWidth - NAMES;
  frame.scrollLeft = Math.min(Math.max(frame.scrollLeft, x + AROUND - room), x - AROUND);
}

/** The session that was hurt; where the store was, all of them. */
function clientsName(session: number): string {
  return session < 0 ? 'clients' : `s-${session}`;
}

/** `shard-2.replica-3` as `2.replica-3`: the lane's name has little room. */
function shortName(name: string): string {
  return name.replace(/^shard-/, '');
}
