/**
 * The controls that move the cursor: to the start, message by message, play, and how fast; the clock; and at the right
 * what has been rendered, and the way to a new fault.
 */
import { useRef, type ReactNode } from 'react';
import { SPEEDS } from '../../design/linkView.ts';
import { BLIND_STEP_US } from '../../state/view.ts';
import { useReadCursor } from '../charts/useCursor.ts';
import { formatCount, formatDuration, formatInstant, formatSeconds, THIN } from '../format.ts';
import { Button } from '../kit/Button.tsx';
import { Segmented } from '../kit/Segmented.tsx';
import { useComparison, useDocument, useRun, useSession, useView } from '../session.tsx';
import { writeText } from '../writeText.ts';
import { AddFault } from './AddFault.tsx';
import { HeldNote, StopsMenu } from './StopsMenu.tsx';
import { UnderWay } from './UnderWay.tsx';
import { unfinishedWords } from './unfinishedWords.ts';
import css from './Transport.module.css';

/** From the slowest on, as they stand in menus. */
export const SPEED_CHOICES = SPEEDS.map((value) => ({
  value,
  label: value === '1' ? '1×' : value,
})).toReversed();

export function Transport() {
  const { view } = useSession();
  const speed = useView((state) => state.speed);
  return (
    <div className={css.transport}>
      <Button square aria-label="To the start" onClick={() => view.seek(0)}>
        <Drawing>
          <path d="M4 3.5v9" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
          <path d="M12 3.8v8.4L6 8z" />
        </Drawing>
      </Button>
      <StepButton direction={-1} />
      <PlayButton className={css.play} />
      <StepButton direction={1} />
      <Clock />
      <span className={css.caption} aria-hidden="true">
        Speed
      </span>
      <Segmented
        label="Speed"
        choices={SPEED_CHOICES}
        value={speed}
        onChoose={(next) => view.setSpeed(next)}
      />
      <StopsMenu />
      <UnderWay />
      <HeldNote />
      <RoundOffer />
      <Report />
      <AddFault />
    </div>
  );
}

/** A filled drawing of the transport, 16 px. */
function Drawing({ children }: { children: ReactNode }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
      {children}
    </svg>
  );
}

export function StepButton({ direction }: { direction: 1 | -1 }) {
  const { view } = useSession();
  // Where no messages are shown, a step is as long as one is that meets none.
  const comparing = useComparison((state) => state.versus !== undefined);
  const forward = direction === 1;
  const step = comparing ? formatDuration(BLIND_STEP_US) : 'One message';
  const words = `${step} ${forward ? 'forward' : 'back'}`;
  return (
    <Button
      square
      aria-label={words}
      title={`${words} (${forward ? '.' : ','})`}
      onClick={() => view.step(direction)}
    >
      <Drawing>
        <path d={forward ? 'M4.5 3.8v8.4L10.5 8z' : 'M11.5 3.8v8.4L5.5 8z'} />
        <circle cx={forward ? 12.8 : 3.2} cy="8" r="1.2" />
      </Drawing>
    </Button>
  );
}

export function PlayButton({ className }: { className?: string | undefined }) {
  const { view } = useSession();
  const playing = useView((state) => state.playing);
  return (
    <Button
      square
      round
      kind="primary"
      className={className}
      aria-label={playing ? 'Pause' : 'Play'}
      title={playing ? 'Pause (Space)' : 'Play (Space)'}
      onClick={() => view.toggle()}
    >
      <Drawing>
        <path d={playing ? 'M4.5 3.5h2.5v9H4.5zM9 3.5h2.5v9H9z' : 'M5 3.2v9.6l8-4.8z'} />
      </Drawing>
    </Button>
  );
}

/** Where the cursor stands. */
export function Clock({ withDuration = true }: { withDuration?: boolean }) {
  const now = useRef<HTMLSpanElement>(null);
  const duration = useDocument((document) => document.design.duration);
  useReadCursor((cursor) => {
    if (now.current) writeText(now.current, formatInstant(cursor));
  });
  return (
    <span className={css.clock}>
      <span ref={now} />
      {withDuration && <small>of {formatRoundSeconds(duration)}</small>}
    </span>
  );
}

/** When play has reached the end, the way to see it all once more. */
function RoundOffer() {
  const { view } = useSession();
  // A longer run that is opened meanwhile goes on.
  const renderedTo = useRun((run) => run.renderedTo);
  const ended = useView((state) => state.ended && state.cursor >= renderedTo);
  if (!ended) return null;
  return (
    <Button small kind="line" className={css.round} onClick={() => view.play()}>
      Play again from the start
    </Button>
  );
}

/** What has been rendered, and what it took. */
function Report() {
  const phase = useRun((run) => run.phase);
  const renderedTo = useRun((run) => run.renderedTo);
  const wallMs = useRun((run) => run.wallMs);
  const operations = useRun((run) => run.operations);
  const resumedFrom = useRun((run) => run.resumedFrom);
  const stopped = useRun((run) => run.summary?.stopped);
  if (phase !== 'done' || stopped !== undefined) {
    return (
      <span className={css.report}>
        <Unfinished />
      </span>
    );
  }
  return (
    <span className={css.report}>
      {formatRoundSeconds(renderedTo - resumedFrom)} rendered in {formatSeconds(wallMs / 1000)}
      <span className={css.reportMore}>, {formatCount(operations)} operations</span>
    </span>
  );
}

/**
 * How far the run is rendered, that it could not be, or what ended it before its time; nothing once it is through. `brief`:
 * where there is room for a few words.
 */
export function Unfinished({ brief = false }: { brief?: boolean }) {
  const words = useRun(({ phase, renderedTo, summary }) =>
    unfinishedWords({ phase, renderedTo, stopped: summary?.stopped }, { brief }),
  );
  const isOver = useRun((run) => run.phase === 'done');
  return isOver && words !== undefined ? <strong className={css.stopped}>{words}</strong> : words;
}

/** Whole seconds where they are whole: `60 s`, `12.5 s`. */
function formatRoundSeconds(us: number): string {
  return `${Number((us / 1e6).toFixed(3))}${THIN}s`;
}
