/**
 * What a link says of whoever reads it: where the eye stands, whom it follows and what it measures, `at=12.34s&speed=1/100`.
 * No design has any of it. What cannot be read is among the problems, and the rest of the view is kept.
 */
import { nearestWord } from '../base/nearest.ts';
import { printDuration, type Micros } from '../base/units.ts';
import type { Design } from './design.ts';
import { LIMITS } from './limits.ts';
import { problem, type Problem } from './problem.ts';
import { DURATION, within } from './quantities.ts';
import { parseWindow, printWindow, type Window } from './window.ts';

export const SPEEDS = ['1', '1/10', '1/100', '1/1000'] as const;
export type Speed = (typeof SPEEDS)[number];

/** Simulated time that passes in one unit of wall time. */
export const PACE: Readonly<Record<Speed, number>> = { '1': 1, '1/10': 0.1, '1/100': 0.01, '1/1000': 0.001 };

/** Where the eye is: the instant of the cursor in whole microseconds, the speed of play, whom it follows, what it measures. */
export interface LinkView {
  readonly at?: Micros;
  readonly speed?: Speed;
  /** Rank of the key that is followed. */
  readonly key?: number;
  /** The session that is followed, from 0. */
  readonly session?: number;
  /** The window of time that is marked, to see what it comes to. */
  readonly window?: Window;
  /** The mark of the run that whoever made the link has seen: `runMark.ts`. */
  readonly run?: string;
}

/** Its keys, in the order in which they are written. */
export const VIEW_KEYS: readonly string[] = ['at', 'speed', 'key', 'session', 'window', 'run'];

/** The settings of a view; nothing is said of what holds anyway. */
export function pairsOfView({ at, speed, key, session, window, run }: LinkView): string[] {
  return [
    ...(at === undefined ? [] : [`at=${printDuration(at)}`]),
    ...(speed === undefined || speed === '1' ? [] : [`speed=${speed}`]),
    ...(key === undefined ? [] : [`key=${key}`]),
    ...(session === undefined ? [] : [`session=${session}`]),
    ...(window === undefined ? [] : [`window=${printWindow(window)}`]),
    ...(run === undefined ? [] : [`run=${run}`]),
  ];
}

/** Whom a view follows must be one of the design's; where it stands, and what it measures, is in its run. */
export function keptWithin(view: LinkView, { workload, duration }: Design, problems: Problem[]): LinkView {
  const { at, key, session, window, ...rest } = view;
  if (at !== undefined && at > duration) {
    const end = printDuration(duration);
    problems.push(problem('at', printDuration(at), 'is after the run', `an instant up to ${end}`, end));
  }
  const keep = (name: 'key' | 'session', given: number | undefined, count: number): LinkView => {
    if (given === undefined) return {};
    if (given < count) return { [name]: given };
    problems.push(
      problem(name, String(given), `is not among the ${name}s`, `0 to ${count - 1}`, String(count - 1)),
    );
    return {};
  };
  return {
    ...rest,
    ...(at === undefined ? {} : { at: Math.min(at, duration) }),
    ...keep('key', key, workload.keys),
    ...keep('session', session, workload.sessions),
    ...(window === undefined ? {} : readWindow(printWindow(window), duration, problems)),
  };
}

function readWindow(text: string, duration: number, problems: Problem[]): LinkView {
  const window = parseWindow('window', text, duration);
  if (window.ok) return { window: window.value };
  problems.push(window.error);
  return {};
}

/** The mark of a run, in hexadecimal digits. */
const RUN_MARK = /^[0-9a-f]{12}$/;
/** An instant of a run. */
const AT = within(DURATION, 0, LIMITS.duration);
/** As many digits as any limit has. */
const WHOLE = /^\d{1,8}$/;

/** What one setting says of the view; nothing where it cannot be read. */
export function readView(key: string, text: string, problems: Problem[]): LinkView {
  if (key === 'speed') {
    const speed = SPEEDS.find((known) => known === text);
    if (speed !== undefined) return { speed };
    problems.push(
      problem(key, text, 'is no speed', `one of ${SPEEDS.join(', ')}`, nearestWord(text, SPEEDS)),
    );
    return {};
  }
  if (key === 'run') {
    if (RUN_MARK.test(text)) return { run: text };
    problems.push(problem(key, text, 'is no mark of a run', '12 hexadecimal digits, or none at all'));
    return {};
  }
  if (key === 'key' || key === 'session') {
    if (WHOLE.test(text)) return { [key]: Number(text) };
    problems.push(problem(key, text, 'is no whole number', `a ${key}'s number, from 0`));
    return {};
  }
  if (key === 'window') return readWindow(text, LIMITS.duration, problems);
  const at = AT.read(text);
  if (at.ok) return { at: at.value };
  const allowed = `an instant such as 12.34s, up to ${printDuration(LIMITS.duration)}`;
  problems.push(problem(key, text, at.error.message, allowed, at.error.nearest));
  return {};
}
