/** Runs for those who want nothing of them but their readings and what they came to. */
import type { Design } from '../design/design.ts';
import { HORIZON } from './kernel/wheel.ts';
import type { SeriesReading } from './readings.ts';
import { Run } from './run.ts';
import { summarise } from './summarise.ts';
import type { Summary } from './summary.ts';

/** A run that says itself what it came to. */
export interface DrivenRun {
  /** Renders up to an instant, microseconds. */
  advance(until: number): void;
  readonly done: boolean;
  /** Live views. */
  series(): SeriesReading;
  /** Once it is done. */
  summary(): Summary;
}

/** A run of a design at its beginning. */
export function drivenRun(design: Design): DrivenRun {
  const run = Run.start(design);
  return {
    advance: (until) => {
      run.advance(until);
    },
    get done() {
      return run.done;
    },
    series: () => run.series(),
    summary: () => summarise(run),
  };
}

/** Renders a whole design. */
export function renderToEnd(design: Design): Summary {
  const run = drivenRun(design);
  run.advance(HORIZON);
  return run.summary();
}
