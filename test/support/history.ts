/**
 * An independent judge of a run: it takes the whole history from the recorder (who asked for what and when, what was
 * answered, what was committed and when) and works out every verdict the slow and obvious way, by comparing everything
 * with everything. It shares nothing with the oracle but the words. Where acknowledged or committed versions were lost,
 * or fences turned writes away, there is more to the truth than this history tells.
 */
import { assert } from '../../src/base/assert.ts';
import type { Design } from '../../src/design/design.ts';
import { EVENT_WIDTH, EVENTS, type EventType } from '../../src/design/readings.ts';
import { detailOf } from '../../src/engine/detail.ts';

/** One line of the history. `place` is its place among all lines, so that what happens at one instant has an order. */
interface Line {
  readonly place: number;
  readonly time: number;
  readonly type: EventType;
  readonly operation: number;
  readonly node: number;
  readonly call: number;
  readonly key: number;
  readonly version: number;
  readonly extra: number;
}

export interface Judgement {
  readonly readYourWrites: { readonly checked: number; readonly violations: number };
  readonly monotonicReads: { readonly checked: number; readonly violations: number };
  readonly staleReads: number;
  readonly maxStalenessMs: number;
  readonly dirtyReads: number;
  readonly phantomReads: number;
  readonly storeRegressions: number;
}

/** An operation that its client had a good answer to. */
interface Done {
  readonly session: number;
  readonly key: number;
  readonly version: number;
  readonly start: Line;
  readonly end: Line;
}

export function judge(design: Design): Judgement {
  const lines = linesOf(design);
  const commits = lines.filter(({ type }) => type === 'commit');
  /** Place of a version's first commit; the initial version was committed before all; Infinity: never. */
  const committed = (key: number, version: number): number =>
    version === 0 ? -1 : (commits.find((c) => c.key === key && c.version === version)?.place ?? Infinity);
  const done = doneOf(lines);
  const puts = done.filter(({ start }) => start.version > 0);
  const gets = done.filter(({ start }) => start.version === 0);
  const isDirty = dirtinessOf(lines, committed);
  const dirty = gets.filter(isDirty);
  const clean = gets.filter((get) => !isDirty(get));
  const older = (key: number, a: number, b: number): boolean => committed(key, a) < committed(key, b);
  const before = (a: Done, b: Done): boolean =>
    a.key === b.key && a.session === b.session && a.end.place < b.start.place;

  const withFloor = gets.filter((get) => puts.some((put) => before(put, get)));
  const breaksOwn = clean.filter((get) =>
    puts.some((put) => before(put, get) && older(get.key, get.version, put.version)),
  );
  const goesBack = clean.filter((get) =>
    clean.some((earlier) => before(earlier, get) && older(get.key, get.version, earlier.version)),
  );
  const staleness = clean.flatMap((get) => {
    const newer = commits.filter(
      ({ key, version, place }) =>
        key === get.key && place === committed(key, version) && place > committed(key, get.version),
    );
    const first = newer[0];
    return first !== undefined && first.time < get.start.time ? [get.start.time - first.time] : [];
  });
  return {
    readYourWrites: { checked: withFloor.length, violations: breaksOwn.length },
    monotonicReads: { checked: gets.length, violations: goesBack.length },
    staleReads: staleness.length,
    maxStalenessMs: Math.max(0, ...staleness) / 1000,
    dirtyReads: dirty.length,
    phantomReads: dirty.filter(({ key, version }) => committed(key, version) === Infinity).length,
    storeRegressions: regressions(lines, older),
  };
}

/** The whole history of a run, in the order in which it happened. */
export function linesOf(design: Design): Line[] {
  // Longer than any run: it ends when every client has its end.
  const to = 1e9;
  const detail = detailOf(design, undefined, { from: 0, to, sample: 'all', focus: [], key: -1 });
  assert(detail.ok && !detail.value.truncated, 'the whole run is recorded');
  const { events } = detail.value;
  return Array.from({ length: events.length / EVENT_WIDTH }, (_, place): Line => {
    const row = events.subarray(place * EVENT_WIDTH, (place + 1) * EVENT_WIDTH);
    const [time = 0, code = 0, operation = 0, node = 0, call = 0, key = 0, version = 0, extra = 0] = row;
    const type = EVENTS[code];
    assert(type !== undefined, 'every event has a name');
    return { place, time, type, operation, node, call, key, version, extra };
  });
}

function doneOf(lines: readonly Line[]): Done[] {
  const starts = new Map<number, Line>();
  const done: Done[] = [];
  for (const line of lines) {
    if (line.type === 'startOperation') starts.set(line.operation, line);
    const start = starts.get(line.operation);
    if (line.type !== 'endOperation' || line.extra !== 0 || start === undefined) continue;
    done.push({ session: start.extra, key: line.key, version: line.version, start, end: line });
  }
  return done;
}

/** A GET is dirty when the hit that its app node was still waiting for found what had not been committed. */
function dirtinessOf(
  lines: readonly Line[],
  committed: (key: number, version: number) => number,
): (get: Done) => boolean {
  const hits = new Map<number, Line>();
  for (const line of lines) if (line.type === 'hit') hits.set(line.operation, line);
  // An answer that was lost is waited for as one that was late is.
  const timeouts = new Set(
    lines.filter(({ type }) => type === 'timeout' || type === 'lose').map(({ call }) => call),
  );
  return ({ start }) => {
    const hit = hits.get(start.operation);
    if (hit === undefined || timeouts.has(hit.call)) return false;
    return committed(hit.key, hit.version) > hit.place;
  };
}

/** Commits of a version older than the one that their leader answered reads with. */
function regressions(lines: readonly Line[], older: (key: number, a: number, b: number) => boolean): number {
  const shown = new Map<string, number>();
  let count = 0;
  for (const { type, node, key, version } of lines) {
    const place = `${node}/${key}`;
    if (type === 'commit' && older(key, version, shown.get(place) ?? 0)) count++;
    if (type === 'expose') shown.set(place, version);
  }
  return count;
}
