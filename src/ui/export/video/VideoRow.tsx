/** The row of the video: which window of the run, how fast, and what comes of it; while it is made, how far it is. */
import { useState } from 'react';
import { useStore } from 'zustand';
import { printDuration } from '../../../base/units.ts';
import { formatNumber, formatPercent, formatSeconds, THIN } from '../../format.ts';
import { Button } from '../../kit/Button.tsx';
import { ValueField } from '../../kit/ValueField.tsx';
import { useRun, useSession } from '../../session.tsx';
import { SPEED_CHOICES } from '../../timeline/Transport.tsx';
import { lengthOf, LONGEST_MS, usualPlan, weightOf, withInstant, type VideoPlan } from './plan.ts';
import { webmType } from './record.ts';
import { cancelVideo, makeVideo, video } from './video.ts';
import css from './VideoRow.module.css';

export function VideoRow() {
  const session = useSession();
  const { phase, share } = useStore(video);
  const done = useRun((run) => run.phase === 'done');
  const { duration } = session.documents.getState().design;
  const [plan, setPlan] = useState(() => {
    const { cursor, speed } = session.view.getState();
    return usualPlan(cursor, duration, speed);
  });
  const length = lengthOf(plan);
  const ready = done && webmType() !== undefined && length <= LONGEST_MS;
  return (
    <div className={css.row}>
      <dt className={css.what}>
        Video <small>{phase === 'idle' ? wordsOf(plan) : PHASES[phase]}</small>
      </dt>
      <dd className={css.making}>
        {phase === 'idle' ? (
          <>
            <Window plan={plan} duration={duration} onChange={setPlan} />
            <Button
              small
              kind="line"
              aria-label="Video as WebM"
              disabled={!ready}
              onClick={() => void makeVideo(session, plan)}
            >
              WebM
            </Button>
          </>
        ) : (
          <>
            <div className={css.window}>
              <progress className={css.progress} aria-label="Video" value={share} max={1} />
              <span>{formatPercent(share)}</span>
            </div>
            <Button small kind="line" aria-label="Cancel the video" onClick={cancelVideo}>
              Cancel
            </Button>
          </>
        )}
      </dd>
    </div>
  );
}

const PHASES = {
  fetching: 'fetching the messages of the window',
  recording: 'recording, in the time that it plays: it goes on when this is closed',
} as const;

/** What comes of it, or why nothing can. */
function wordsOf(plan: VideoPlan): string {
  if (webmType() === undefined) return 'this browser records no WebM; Chrome, Edge and Firefox do';
  const length = lengthOf(plan);
  const seconds = formatSeconds(length / 1000);
  return length <= LONGEST_MS
    ? `of the diagram: plays for ${seconds}, up to ${formatNumber(weightOf(plan) / 1e6)}${THIN}MB`
    : `would play for ${seconds}, and ${formatSeconds(LONGEST_MS / 1000)} is the most: a shorter window or a faster speed`;
}

interface WindowProps {
  readonly plan: VideoPlan;
  readonly duration: number;
  readonly onChange: (plan: VideoPlan) => void;
}

function Window({ plan, duration, onChange }: WindowProps) {
  const commit = (which: 'from' | 'to') => (text: string) => {
    const next = withInstant(plan, which, text, duration);
    if (!next.ok) return next.error;
    onChange(next.value);
    return undefined;
  };
  return (
    <div className={css.window}>
      <span>from</span>
      <ValueField label="Video from" text={printDuration(plan.from)} onCommit={commit('from')} />
      <span>to</span>
      <ValueField label="Video to" text={printDuration(plan.to)} onCommit={commit('to')} />
      <select
        className={css.speed}
        aria-label="Speed of the video"
        value={plan.speed}
        onChange={(event) => {
          const chosen = SPEED_CHOICES.find(({ value }) => value === event.currentTarget.value);
          if (chosen !== undefined) onChange({ ...plan, speed: chosen.value });
        }}
      >
        {SPEED_CHOICES.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}
