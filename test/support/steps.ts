/**
 * Counts what a run looks at: every int that is read of the log's entries, of versions, calls, flights and flush buffers.
 * A walk whose length grows with what has happened shows in it, on any machine.
 */
import type { Design } from '../../src/design/design.ts';
import { Run } from '../../src/engine/run.ts';
import { Versions } from '../../src/engine/versions.ts';

/** Ints of room in each array that is watched in its place: it must not grow, or it would be another one. */
const ROOM = 1 << 21;

export interface CountedRun {
  readonly run: Run;
  /** Ints read so far. */
  readonly reads: () => number;
}

export function countedRun(design: Design): CountedRun {
  const run = Run.start(design);
  const { store, oracle, calls, flights, buffered } = run.world;
  let reads = 0;
  const counting = <A extends Int32Array>(ints: A): A =>
    new Proxy(ints, {
      get(target, property): unknown {
        reads++;
        const value: unknown = Reflect.get(target, property, target);
        // A method of the array wants the array itself.
        const method: unknown = typeof value === 'function' ? value.bind(target) : undefined;
        return method ?? value;
      },
    });
  const watched = (ints: Int32Array): Int32Array<ArrayBuffer> => {
    const room = new Int32Array(ROOM);
    room.set(ints);
    return counting(room);
  };
  store.at = watched(store.at);
  calls.at = watched(calls.at);
  flights.at = watched(flights.at);
  buffered.at = watched(buffered.at);
  // Versions are written to behind what is read of them, and get another array as they grow.
  const versions = (): unknown => Reflect.get(Versions.prototype, 'writes', oracle);
  let seen: unknown;
  let writes: Int32Array | undefined;
  const look = (): Int32Array | undefined => {
    const now = versions();
    if (now !== seen && now instanceof Int32Array) writes = counting(now);
    seen = now;
    return writes;
  };
  Object.defineProperty(oracle, 'writes', { get: look });
  return { run, reads: () => reads };
}
