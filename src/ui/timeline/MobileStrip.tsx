/**
 * The timeline on a small screen: transport, and one strip with faults, violations and axis, to scrub with a finger.
 * The charts stand in a sheet of their own.
 */
import { useMemo, useRef } from 'react';
import { ticksOf, xOf, type Axis } from '../charts/axis.ts';
import { Canvas, type Drawing } from '../charts/Canvas.tsx';
import { useSize } from '../charts/useSize.ts';
import { usePalette } from '../marks/palette.ts';
import { useDocument, useRun, useSession, useView } from '../session.tsx';
import { RemarkFlags } from '../notes/RemarkFlags.tsx';
import { endOf } from './faultDrag.ts';
import { isFlag } from './faultWords.ts';
import { Clock, PlayButton, SPEED_CHOICES, StepButton } from './Transport.tsx';
import { StopsMenu } from './StopsMenu.tsx';
import { UnderWay } from './UnderWay.tsx';
import { usePlayhead } from './usePlayhead.ts';
import { useScrub } from './useScrub.ts';
import { countColumns } from './violationMarks.ts';
import css from './MobileStrip.module.css';

/** Width of the mark of a fault that is an instant, pixels. */
const INSTANT_PX = 4;
const TICKS_PX = 8;

export function MobileStrip() {
  return (
    <div className={css.strip}>
      <div className={css.row}>
        <StepButton direction={-1} />
        <PlayButton className={css.play} />
        <StepButton direction={1} />
        <Clock withDuration={false} />
        <SpeedSelect />
        <StopsMenu />
        <UnderWay />
      </div>
      <StripLine />
    </div>
  );
}

export function SpeedSelect() {
  const { view } = useSession();
  const speed = useView((state) => state.speed);
  return (
    <select
      className={css.speed}
      aria-label="Speed"
      value={speed}
      onChange={(event) => {
        const chosen = SPEED_CHOICES.find(({ value }) => value === event.currentTarget.value);
        if (chosen !== undefined) view.setSpeed(chosen.value);
      }}
    >
      {SPEED_CHOICES.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}

/** All of the run, whatever the charts are zoomed to. */
export function StripLine() {
  const line = useRef<HTMLDivElement>(null);
  const { width } = useSize(line);
  const duration = useDocument((document) => document.design.duration);
  const faults = useDocument((document) => document.design.faults);
  const violations = useRun((run) => run.violations);
  const renderedTo = useRun((run) => run.renderedTo);
  const palette = usePalette();
  const axis = useMemo<Axis>(() => ({ from: 0, to: duration, width }), [duration, width]);
  const scrub = useScrub(axis);
  const draw = useMemo<Drawing>(
    () => (context) => {
      context.fillStyle = palette.bad;
      context.globalAlpha = 0.5;
      countColumns(violations, axis).loud.forEach((count, x) => {
        if (count > 0) context.fillRect(x, 0, 1, TICKS_PX);
      });
      context.globalAlpha = 1;
    },
    [violations, axis, palette],
  );
  const ticks = width === 0 ? [] : ticksOf(axis).filter((tick) => tick.digits !== '');
  return (
    <div ref={line} className={css.line} {...scrub}>
      {faults.map((fault, i) => {
        const left = xOf(axis, fault.at);
        const length = isFlag(fault)
          ? INSTANT_PX
          : Math.max(INSTANT_PX, xOf(axis, endOf(fault, duration)) - left);
        return <span key={i} className={css.fault} style={{ left, width: Math.min(length, width - left) }} />;
      })}
      <Canvas width={width} height={TICKS_PX} draw={draw} className={css.ticks} />
      <span className={css.axis} />
      <span className={css.rendered} style={{ width: Math.min(width, xOf(axis, renderedTo)) }} />
      {ticks.map(({ x, digits }) => (
        <span key={digits} className={css.tick} style={{ left: x }} aria-hidden="true">
          {digits}
        </span>
      ))}
      <RemarkFlags axis={axis} />
      <Knob axis={axis} />
    </div>
  );
}

function Knob({ axis }: { axis: Axis }) {
  const { mover, knob, slider } = usePlayhead(axis);
  return (
    <div ref={mover} className={css.playhead}>
      <div ref={knob} className={css.knob} {...slider} />
    </div>
  );
}
