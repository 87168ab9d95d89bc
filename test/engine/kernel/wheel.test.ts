import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { saveCheckpoint } from '../../../src/engine/kernel/archive.ts';
import { restoreCheckpoint } from '../../../src/engine/kernel/restore.ts';
import { HORIZON, Wheel } from '../../../src/engine/kernel/wheel.ts';
import { pendingIn } from '../../support/wheels.ts';

interface Expected {
  time: number;
  kind: number;
  row: number;
  id: number;
}

/** The plainest queue that keeps the order: a list, searched for its first smallest time. */
class Model {
  pending: Expected[] = [];

  next(): Expected | undefined {
    let first: Expected | undefined;
    for (const event of this.pending) if (first === undefined || event.time < first.time) first = event;
    return first;
  }

  remove(event: Expected): void {
    this.pending.splice(this.pending.indexOf(event), 1);
  }
}

type Command =
  | { do: 'schedule'; delay: number }
  | { do: 'cancel'; which: number }
  | { do: 'take'; ahead: number }
  | { do: 'save' };

const delays = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 3 }) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 3000 }) },
  { weight: 2, arbitrary: fc.constantFrom(1023, 1024, 1025, 1 << 20, (1 << 20) - 1, 1 << 30, (1 << 30) + 7) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 1 << 21 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: HORIZON }) },
);

const commands: fc.Arbitrary<Command> = fc.oneof(
  { weight: 8, arbitrary: delays.map((delay) => ({ do: 'schedule', delay }) as const) },
  { weight: 2, arbitrary: fc.nat().map((which) => ({ do: 'cancel', which }) as const) },
  {
    weight: 7,
    arbitrary: fc.oneof(delays, fc.constant(Infinity)).map((ahead) => ({ do: 'take', ahead }) as const),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'save' } as const) },
);

function agreesWithModel(script: readonly Command[]): void {
  let wheel = new Wheel();
  const model = new Model();
  let row = 0;
  for (const command of script) {
    switch (command.do) {
      case 'schedule': {
        const time = Math.min(HORIZON, wheel.now + command.delay);
        const event = {
          time,
          kind: row & 7,
          row,
          id: wheel.schedule(wheel.now + command.delay, row & 7, row),
        };
        row++;
        expect(event.id).toBeGreaterThan(0);
        expect([wheel.timeOf(event.id), wheel.kindOf(event.id), wheel.rowOf(event.id)]).toEqual([
          event.time,
          event.kind,
          event.row,
        ]);
        model.pending.push(event);
        break;
      }
      case 'cancel': {
        const event = model.pending[command.which % Math.max(1, model.pending.length)];
        if (event === undefined) break;
        wheel.cancel(event.id);
        model.remove(event);
        break;
      }
      case 'take': {
        const before = wheel.now;
        const limit = before + command.ahead;
        const expected = model.next();
        if (expected === undefined || expected.time > limit) {
          expect(wheel.take(limit)).toBe(false);
          expect(wheel.now).toBe(before);
        } else {
          expect(wheel.take(limit)).toBe(true);
          expect([wheel.now, wheel.kind, wheel.row]).toEqual([expected.time, expected.kind, expected.row]);
          model.remove(expected);
        }
        break;
      }
      case 'save': {
        const restored = new Wheel();
        expect(restoreCheckpoint(saveCheckpoint(0, { wheel }, undefined), { wheel: restored }).ok).toBe(true);
        wheel = restored;
      }
    }
    expect(pendingIn(wheel)).toBe(model.pending.length);
  }
  const listed: Expected[] = [];
  wheel.forEachPending((time, kind, eventRow, id) => listed.push({ time, kind, row: eventRow, id }));
  const byRow = (a: Expected, b: Expected) => a.row - b.row;
  expect(listed.sort(byRow)).toEqual([...model.pending].sort(byRow));
  for (let expected = model.next(); expected !== undefined; expected = model.next()) {
    expect(wheel.take(HORIZON)).toBe(true);
    expect([wheel.now, wheel.row]).toEqual([expected.time, expected.row]);
    model.remove(expected);
  }
  expect(wheel.take(HORIZON)).toBe(false);
}

describe('the wheel', () => {
  test('gives events back by time, ties in order of scheduling, whatever was cancelled or restored between', () => {
    fc.assert(fc.property(fc.array(commands, { maxLength: 200 }), agreesWithModel), {
      seed: 1,
      numRuns: 500,
    });
  });

  test('keeps ties first in, first out when some were scheduled from afar and some from near', () => {
    const wheel = new Wheel();
    const instant = 5_000_000;
    wheel.schedule(instant, 0, 1); // from two levels up
    wheel.schedule(4_999_000, 0, 100);
    wheel.schedule(4_999_999, 0, 101);
    expect(wheel.take(HORIZON)).toBe(true);
    wheel.schedule(instant, 0, 2);
    expect(wheel.take(HORIZON)).toBe(true);
    wheel.schedule(instant, 0, 3);
    const rows = [];
    while (wheel.take(HORIZON)) rows.push(wheel.row);
    expect(rows).toEqual([1, 2, 3]);
  });

  test('grows past its first capacity and uses freed events again', () => {
    const wheel = new Wheel();
    const ids = Array.from({ length: 5000 }, (_, row) => wheel.schedule(5000 - row, 1, row));
    expect(new Set(ids).size).toBe(5000);
    const rows = [];
    while (wheel.take(HORIZON)) rows.push(wheel.row);
    expect(rows).toEqual(Array.from({ length: 5000 }, (_, i) => 4999 - i));
    const again = Array.from({ length: 5000 }, (_, row) => wheel.schedule(6000, 1, row));
    expect(new Set(again)).toEqual(new Set(ids));
  });

  test('takes what is scheduled past the horizon at the horizon', () => {
    const wheel = new Wheel();
    wheel.schedule(HORIZON * 4, 3, 7);
    wheel.schedule(Infinity, 3, 8);
    expect(wheel.take(HORIZON - 1)).toBe(false);
    expect(wheel.now).toBe(0);
    expect(wheel.take(HORIZON)).toBe(true);
    expect([wheel.now, wheel.row]).toEqual([HORIZON, 7]);
    expect(wheel.take(HORIZON)).toBe(true);
    expect(wheel.row).toBe(8);
  });

  test('a limit that finds nothing leaves room to schedule before what is pending', () => {
    const wheel = new Wheel();
    wheel.schedule(1_000_500, 0, 1);
    expect(wheel.take(1_000_400)).toBe(false);
    wheel.schedule(3, 0, 2);
    expect(wheel.take(HORIZON)).toBe(true);
    expect([wheel.now, wheel.row]).toEqual([3, 2]);
  });

  test('refuses the past, what is no number, and the cancelling of what is not pending', () => {
    const wheel = new Wheel();
    const id = wheel.schedule(10, 0, 0);
    expect(wheel.take(HORIZON)).toBe(true);
    expect(() => wheel.schedule(9, 0, 0)).toThrow('before now');
    expect(() => wheel.schedule(NaN, 0, 0)).toThrow('before now');
    expect(() => wheel.cancel(id)).toThrow('not pending');
    expect(() => wheel.cancel(0)).toThrow('not pending');
    expect(() => wheel.cancel(77)).toThrow('not pending');
  });
});
