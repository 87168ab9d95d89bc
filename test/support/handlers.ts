/** The worker's handler over a small engine, with clock and event loop in the test's hand. */
import { seedDesign, type Design, type Fault } from '../../src/design/design.ts';
import { SYSTEM, SYSTEM_WIDTH, VIOLATION, VIOLATION_WIDTH } from '../../src/design/readings.ts';
import { Handler } from '../../src/worker/handle.ts';
import type { Progress, Reply } from '../../src/worker/protocol.ts';
import { fakeEngine, type FakeEngine } from './fakeEngine.ts';

export const SECOND = 1_000_000;

/** Of twelve seconds. */
export function aShortDesign(changes: Partial<Design> = {}): Design {
  return { ...seedDesign, duration: 12 * SECOND, ...changes };
}

/** What changes the course of a run from an instant on. */
export const crashAt = (at: number): Fault => ({ kind: 'crash', at, target: 'cache-1' });
/** A request for the detail of a millisecond. */
export const window = (from: number) => ({
  from,
  to: from + 1000,
  sample: 'all' as const,
  focus: [],
  key: -1,
});

/** A handler over the small engine, with the event loop in the test's hand. */
export function aHandler(engine: FakeEngine = fakeEngine()) {
  const replies: { at: number; reply: Reply }[] = [];
  const queue: (() => void)[] = [];
  const handler = new Handler(engine, {
    post: (reply, transfer) => replies.push({ at: engine.now, reply: structuredClone(reply, { transfer }) }),
    clock: () => engine.now,
    later: (callback) => queue.push(callback),
  });
  const turn = (): boolean => {
    const next = queue.shift();
    next?.();
    return next !== undefined;
  };
  return {
    engine,
    handler,
    render: (id: number, design: Design, givesWay = false) => {
      handler.receive({ id, type: 'render', design, givesWay });
    },
    detail: (id: number, run: number, from: number) => {
      handler.receive({ id, type: 'detail', run, request: window(from) });
    },
    turn,
    /** Turn by turn, until something is so. */
    until: async (isSo: () => boolean) => {
      while (!isSo()) if (!turn()) await new Promise(setImmediate);
    },
    /** Turn by turn, until nothing is left to do and nobody waits for what a run came to. */
    finish: async () => {
      do {
        while (turn());
        await new Promise(setImmediate);
      } while (queue.length > 0);
    },
    replies,
    to: (id: number) => replies.flatMap(({ reply }) => (reply.id === id ? [reply] : [])),
    progressOf: (id: number) =>
      replies.flatMap(({ at, reply }) =>
        reply.id === id && reply.type === 'progress' ? [{ at, ...reply.progress }] : [],
      ),
  };
}

/** The parts of a run's progress put together: PUTs by bucket, times of the violations. */
export function puts(parts: readonly Progress[]): { puts: number[]; violations: number[] } {
  const all = { puts: [] as number[], violations: [] as number[] };
  for (const { fromBucket, series, fromViolation, violations } of parts) {
    for (let b = 0; b < series.buckets; b++) {
      all.puts[fromBucket + b] = series.system[b * SYSTEM_WIDTH + SYSTEM.putsOk] ?? Number.NaN;
    }
    for (let v = 0; v * VIOLATION_WIDTH < violations.length; v++) {
      all.violations[fromViolation + v] = violations[v * VIOLATION_WIDTH + VIOLATION.time] ?? Number.NaN;
    }
  }
  return all;
}

/** What comes of a design that nothing was rendered before. */
export async function renderedAfresh(design: Design): Promise<{ puts: number[]; violations: number[] }> {
  const fresh = aHandler();
  fresh.render(1, design);
  await fresh.finish();
  return puts(fresh.progressOf(1));
}
