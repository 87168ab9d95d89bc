/** What happens first in a run, as the palette's entries: going there, and play's pause at it. */
import { VIOLATION_WIDTH, type ViolationKind } from '../../design/readings.ts';
import { STOPS } from '../../replay/stops.ts';
import type { Session } from '../../state/session.ts';
import { say } from '../said.ts';
import { story } from '../shell/shortcuts.ts';
import { STOP_WORDS } from '../timeline/stopWords.ts';
import { kindOf, loudRows, timeOf } from '../timeline/violationMarks.ts';
import { clauseOf } from '../timeline/violationWords.ts';
import type { Entry } from './entry.ts';

/** What people call them. A stale read is one of the stops. */
const NAMES: Readonly<Record<Exclude<ViolationKind, 'staleRead'>, string>> = {
  readYourWrites: 'own write not seen',
  lostAckedWrite: 'acknowledged write lost',
  monotonicReads: 'read back in time',
  phantomRead: 'phantom read',
  storeRegression: 'store regression',
  dirtyRead: 'dirty read',
};

export function firstEntries({ stops }: Session): readonly Entry[] {
  const { on } = stops.getState();
  return [
    {
      group: 'Go to',
      words: 'first violation',
      more: 'somebody was let down',
      act: story((session) => {
        const { violations } = session.run.getState();
        visit(session, 'violation', loudRows(violations)[0]);
      }),
    },
    ...STOPS.map((stop): Entry => ({
      group: 'Go to',
      words: STOP_WORDS[stop].label,
      more: STOP_WORDS[stop].help,
      act: story((session) => {
        void session.stops.goToFirst(stop).then((found) => {
          if (!found) sayNone(session, STOP_WORDS[stop].label.replace('first ', ''));
        });
      }),
    })),
    ...(Object.keys(NAMES) as (keyof typeof NAMES)[]).map((kind): Entry => ({
      group: 'Go to',
      words: `first ${NAMES[kind]}`,
      more: clauseOf(kind),
      act: story((session) => visit(session, NAMES[kind], firstOf(session.run.getState().violations, kind))),
    })),
    ...STOPS.map((stop): Entry => ({
      group: 'Do',
      words: `${on.has(stop) ? 'no longer ' : ''}pause play at the ${STOP_WORDS[stop].label}`,
      more: STOP_WORDS[stop].help,
      act: (session) => session.stops.toggle(stop),
    })),
  ];
}

/** Rows stand in the order in which they were found, which need not be that of time. */
function firstOf(violations: Int32Array, kind: ViolationKind): number | undefined {
  let first: number | undefined;
  for (let row = 0; row < violations.length / VIOLATION_WIDTH; row++) {
    if (kindOf(violations, row) !== kind) continue;
    if (first === undefined || timeOf(violations, row) < timeOf(violations, first)) first = row;
  }
  return first;
}

function visit(session: Session, name: string, row: number | undefined): void {
  if (row === undefined) sayNone(session, name);
  else session.view.focusViolation(row);
}

function sayNone({ run }: Session, name: string): void {
  say(
    `There is no ${name} in ${run.getState().phase === 'rendering' ? 'what is rendered so far' : 'this run'}.`,
  );
}
