/** The files that are texts: what the run measured, what is to be said of it, and its messages around a moment. */
import { clamp } from '../../base/clamp.ts';
import { csvOf } from '../../replay/carry/csv.ts';
import { reportOf } from '../../replay/carry/report.ts';
import { traceOf } from '../../replay/carry/trace.ts';
import type { Session } from '../../state/session.ts';
import type { TimeWindow } from '../charts/axis.ts';
import { formatInstant } from '../format.ts';
import { say } from '../said.ts';
import { nameOf } from '../share/files.ts';
import { saveText } from '../share/save.ts';

export function saveSeries({ run }: Session): void {
  const { series, design } = run.getState();
  if (series === undefined || design === undefined) return;
  saveText(`${nameOf(design)}.csv`, csvOf(series, design), 'text/csv');
}

export function saveReport(session: Session): void {
  const { summary, series, violations, design } = session.run.getState();
  if (summary === undefined || series === undefined || design === undefined) return;
  const report = reportOf({ design, summary, series, violations, link: (at) => session.linkTo(design, at) });
  saveText(`${nameOf(design)}.md`, report, 'text/markdown');
}

/** Of a trace, microseconds: some hundred operations of the seed, which Perfetto shows without thinking. */
const TRACE_US = 20_000;

/** The window of a trace: the playhead in its middle, and all of it inside of the run. */
export function traceWindow(cursor: number, duration: number): TimeWindow {
  const from = clamp(Math.round(cursor) - TRACE_US / 2, 0, duration - TRACE_US);
  return { from, to: Math.min(from + TRACE_US, duration) };
}

/** Computes the messages of a window again and saves them; where that cannot be done, says why. */
export async function saveTrace(session: Session, { from, to }: TimeWindow): Promise<void> {
  const { design } = session.run.getState();
  if (design === undefined) return;
  const detail = await session.messages(from, to);
  if (!detail.ok) {
    say(`The trace could not be made: ${detail.error}`);
    return;
  }
  const name = `${nameOf(design)}-trace.json`;
  saveText(
    name,
    JSON.stringify(traceOf(detail.value, design, session.linkTo(design, from))),
    'application/json',
  );
  if (detail.value.truncated)
    say(`Saved as ${name}. So much happens that it ends at ${formatInstant(detail.value.to)}.`);
}
