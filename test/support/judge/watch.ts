/**
 * Watches a whole run from outside: after every event and every crossing of a boundary it hands over what was written
 * down of it, line by line, while the world stands still and can be looked at.
 */
import type { Design } from '../../../src/design/design.ts';
import {
  EVENTS,
  HOP,
  HOP_FLAGS,
  MESSAGES,
  type EventType,
  type MessageKind,
} from '../../../src/design/readings.ts';
import { record } from '../../../src/engine/recorder.ts';
import { Rows } from '../../../src/engine/records.ts';
import { Run } from '../../../src/engine/run.ts';
import { summarise } from '../../../src/engine/summarise.ts';
import type { Summary } from '../../../src/engine/summary.ts';
import type { World } from '../../../src/engine/world.ts';
import { HORIZON } from '../../../src/engine/kernel/wheel.ts';
import { assert } from '../../../src/base/assert.ts';

/** One line of the history: an event at a node, or a message that leaves one. */
export interface Line {
  readonly type: EventType | 'hop';
  readonly time: number;
  readonly operation: number;
  readonly node: number;
  readonly call: number;
  readonly key: number;
  readonly version: number;
  /** As in EVENT; of a message 1 when it is an answer. */
  readonly extra: number;
  /** Of a message. */
  readonly to?: number;
  readonly message?: MessageKind;
  readonly isRefusal?: boolean;
}

/** What stands between two looks at the world. */
export interface Moment {
  readonly time: number;
  readonly lines: readonly Line[];
  /** The kind of the event; 0: a boundary was crossed. */
  readonly kind: number;
  readonly faults: boolean;
  readonly bucket: boolean;
}

class Pushed extends Rows {
  private readonly to: (row: readonly number[]) => void;

  constructor(to: (row: readonly number[]) => void) {
    super(1);
    this.to = to;
  }

  override push(...row: number[]): void {
    this.to(row);
  }
}

/**
 * From now on every line of the run is handed over as soon as it is written. What a replica shows though no message brought it,
 * a recorder tells of the watched key alone; `ofAllKeys`: here it is told of each.
 */
export function listenTo(w: World, hear: (line: Line) => void, ofAllKeys = false): void {
  const recorder = record(w, { oneIn: 1, focus: new Set(), key: -1, session: -1 });
  recorder.levels = new Pushed(() => undefined);
  if (ofAllKeys)
    recorder.becomes = (node, slot, version): void => {
      recorder.addEvent(w, 'expose', w.oracle.operationOf(version), node, 0, slot, version, 0);
    };
  recorder.events = new Pushed((row) => {
    const [time = 0, code = 0, operation = 0, node = 0, call = 0, key = 0, version = 0, extra = 0] = row;
    const type = EVENTS[code];
    assert(type !== undefined, 'every event has a name');
    hear({ type, time, operation, node, call, key, version, extra });
  });
  recorder.hops = new Pushed((row) => {
    const of = (column: number): number => row[column] ?? 0;
    hear({
      type: 'hop',
      time: of(HOP.sentAt),
      operation: of(HOP.operation),
      node: of(HOP.from),
      to: of(HOP.to),
      message: MESSAGES[of(HOP.message)] ?? 'put',
      call: of(HOP.call),
      key: of(HOP.key),
      version: of(HOP.version),
      extra: of(HOP.answer),
      isRefusal: (of(HOP.flags) & HOP_FLAGS.negative) !== 0,
    });
  });
}

export function watch(design: Design, see: (w: World, moment: Moment) => void): Summary {
  const run = Run.start(design);
  const { world: w } = run;
  let lines: Line[] = [];
  // More may come of it at the same instant.
  listenTo(w, (line) => lines.push(line), true);
  // Forgets what is settled all the time: no verdict may change by that.
  w.sweepAt = 1;
  let [events, faults, buckets] = [0, 0, 0];
  const look = (): void => {
    const moment = {
      time: w.wheel.now,
      lines,
      kind: w.events > events ? w.wheel.kind : 0,
      faults: w.faults.passed > faults,
      bucket: w.series.buckets > buckets,
    };
    [events, faults, buckets] = [w.events, w.faults.passed, w.series.buckets];
    lines = [];
    see(w, moment);
  };
  const take = w.wheel.take.bind(w.wheel);
  w.wheel.take = (limit) => {
    look();
    return take(limit);
  };
  // Each fault by itself, although several may come at one instant.
  const settle = w.network.settle.bind(w.network);
  w.network.settle = () => {
    settle();
    look();
  };
  run.advance(HORIZON);
  look();
  return summarise(run);
}
