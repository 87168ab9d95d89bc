import { describe, expect, it } from 'vitest';
import { seedDesign, type Design, type Fault } from '../../src/design/design.ts';
import { assert } from '../../src/base/assert.ts';
import { lookAhead, type Checkpoint } from '../../src/engine/kernel/archive.ts';
import { BUCKET_US, SYSTEM, SYSTEM_WIDTH, VIOLATION, VIOLATION_WIDTH } from '../../src/design/readings.ts';
import { CHECKPOINT_EVERY_US } from '../../src/worker/handle-checkpoints.ts';
import { PROGRESS_MS, SLICE_MS } from '../../src/worker/handle-world.ts';
import { Handler } from '../../src/worker/handle.ts';
import type { Progress, Reply } from '../../src/worker/protocol.ts';
import { fakeEngine, type FakeEngine, type SmallRun } from '../support/fakeEngine.ts';

const SECOND = 1_000_000;

function aDesign(changes: Partial<Design> = {}): Design {
  return { ...seedDesign, duration: 12 * SECOND, ...changes };
}

const crashAt = (at: number): Fault => ({ kind: 'crash', at, target: 'cache-1' });
const window = (from: number) => ({ from, to: from + 1000, sample: 'all' as const, focus: [], key: -1 });

/** A handler over the small engine, with the event loop in the test's hand. */
function aHandler(engine: FakeEngine = fakeEngine()) {
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
    render: (id: number, design: Design) => {
      handler.receive({ id, type: 'render', design });
    },
    detail: (id: number, run: number, from: number) => {
      handler.receive({ id, type: 'detail', run, request: window(from) });
    },
    turn,
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
function puts(parts: readonly Progress[]): { puts: number[]; violations: number[] } {
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

async function renderedAfresh(design: Design): Promise<{ puts: number[]; violations: number[] }> {
  const fresh = aHandler();
  fresh.render(1, design);
  await fresh.finish();
  return puts(fresh.progressOf(1));
}

describe('a render', () => {
  it('tells its first two buckets at once, and goes on in slices', async () => {
    const { render, finish, progressOf } = aHandler();
    render(1, aDesign());
    await finish();
    const [first, ...rest] = progressOf(1);
    expect(first).toMatchObject({ renderedTo: 2 * BUCKET_US, fromBucket: 0, series: { buckets: 2 } });
    expect(rest.length).toBeGreaterThan(2);
  });

  it('tells progress no more often than a screen can use, but always the last', async () => {
    const { render, finish, progressOf } = aHandler();
    render(1, aDesign());
    await finish();
    const times = progressOf(1).map(({ at }) => at);
    for (const [i, at] of times.slice(0, -2).entries())
      expect((times[i + 1] ?? 0) - at).toBeGreaterThanOrEqual(PROGRESS_MS);
    expect(progressOf(1).at(-1)).toMatchObject({ renderedTo: 12 * SECOND });
  });

  it('lets others in about every slice', () => {
    const { engine, render, turn } = aHandler();
    render(1, aDesign());
    let longest = 0;
    for (let before = engine.now; turn(); before = engine.now)
      longest = Math.max(longest, engine.now - before);
    expect(longest).toBeGreaterThan(SLICE_MS / 2);
    expect(longest).toBeLessThanOrEqual(2 * SLICE_MS);
  });

  it('gives parts that make up the whole, and says how it ended', async () => {
    const { render, finish, progressOf, to } = aHandler();
    render(1, aDesign());
    await finish();
    const { puts: all, violations } = puts(progressOf(1));
    expect(all).toHaveLength(120);
    expect(all).not.toContain(Number.NaN);
    expect(violations).toEqual(Array.from({ length: 24 }, (_, i) => (i + 1) * 500_000));
    const end = to(1).at(-1);
    expect(end).toMatchObject({ type: 'done', operations: 12_000, resumedFrom: 0, wallMs: 300 });
    expect(end?.type === 'done' && end.violations.length).toBe(24 * VIOLATION_WIDTH);
  });

  it('gets past any length of time in which nothing happens', async () => {
    const engine = fakeEngine();
    /** Its clock stands at its last event, as the engine's does: the only one is at 9 s. */
    class Quiet implements SmallRun {
      now = 0;
      done = false;
      readonly operations = 0;
      constructor(private readonly idle: SmallRun) {}
      advance(until: number): void {
        if (until >= 9 * SECOND) this.now = 9 * SECOND;
        this.done = until >= 12 * SECOND;
      }
      watch = () => this.idle.watch(window(0));
      checkpoint = () => ({ ...this.idle.checkpoint(), time: this.now });
      series = () => this.idle.series();
      violations = () => this.idle.violations();
      summary = () => this.idle.summary();
    }
    const idle = engine.start(aDesign());
    engine.start = () => new Quiet(idle);
    const { render, turn, finish, to } = aHandler(engine);
    render(1, aDesign());
    for (let turns = 0; turns < 100; turns++) turn();
    await finish();
    expect(to(1).at(-1)?.type).toBe('done');
  });

  it('is cancelled by a newer one, and says nothing more', async () => {
    const { render, turn, finish, to } = aHandler();
    render(1, aDesign());
    turn();
    turn();
    render(2, aDesign({ seed: 2 }));
    await finish();
    expect(to(1).at(-1)).toEqual({ id: 1, type: 'cancelled' });
    expect(to(2).at(-1)?.type).toBe('done');
  });

  it('that is superseded before its turn is never begun', async () => {
    const { engine, render, finish } = aHandler();
    for (let id = 1; id <= 20; id++) render(id, aDesign({ seed: id }));
    await finish();
    expect(engine.calls).toEqual(['start']);
  });

  it('stops when it is cancelled', () => {
    const { handler, render, turn, to } = aHandler();
    render(1, aDesign());
    turn();
    turn();
    handler.receive({ id: 2, type: 'cancel', of: 1 });
    expect(to(1).at(-1)).toEqual({ id: 1, type: 'cancelled' });
    expect(to(2)).toEqual([{ id: 2, type: 'cancelled' }]);
    turn();
    expect(turn()).toBe(false);
  });
});

describe('an edit', () => {
  const edited = aDesign({ faults: [crashAt(7 * SECOND)] });

  it('is rendered from the last checkpoint before it, and is the same run as one rendered afresh', async () => {
    const { engine, render, finish, progressOf, to } = aHandler();
    render(1, aDesign());
    await finish();
    render(2, edited);
    await finish();
    expect(engine.calls).toEqual(['start', `resume ${String(6 * SECOND)}`]);
    expect(puts(progressOf(2))).toEqual(await renderedAfresh(edited));
    expect(to(2).at(-1)).toMatchObject({ resumedFrom: 6 * SECOND, operations: 6000 });
  });

  it('at the instant of a checkpoint goes back to the one before: the later one has gone through it', async () => {
    const { engine, render, finish, progressOf } = aHandler();
    render(1, aDesign());
    await finish();
    const onIt = aDesign({ faults: [crashAt(6 * SECOND)] });
    render(2, onIt);
    await finish();
    expect(engine.calls.at(-1)).toBe(`resume ${String(5 * SECOND)}`);
    expect(puts(progressOf(2))).toEqual(await renderedAfresh(onIt));
  });

  it('brings everything so far with its first progress', async () => {
    const { render, finish, progressOf } = aHandler();
    render(1, aDesign());
    await finish();
    render(2, edited);
    await finish();
    expect(progressOf(2)[0]).toMatchObject({ fromBucket: 0, series: { buckets: 62 }, fromViolation: 0 });
  });

  it('of an edit goes back no further than it must', async () => {
    const { engine, render, finish, progressOf } = aHandler();
    render(1, aDesign());
    await finish();
    render(2, edited);
    await finish();
    const twice = aDesign({ faults: [...edited.faults, crashAt(9 * SECOND)] });
    render(3, twice);
    await finish();
    expect(engine.calls.at(-1)).toBe(`resume ${String(8 * SECOND)}`);
    expect(puts(progressOf(3))).toEqual(await renderedAfresh(twice));
  });

  it('while the run before is not there yet goes on from where it got to', async () => {
    const { engine, render, turn, finish, progressOf } = aHandler();
    render(1, aDesign());
    while (!progressOf(1).some(({ renderedTo }) => renderedTo >= 6 * SECOND)) turn();
    const reached = progressOf(1).at(-1)?.renderedTo ?? 0;
    const late = aDesign({ faults: [crashAt(11 * SECOND)] });
    render(2, late);
    await finish();
    const checkpoint = Math.ceil(reached / CHECKPOINT_EVERY_US - 1) * CHECKPOINT_EVERY_US;
    expect(engine.calls.at(-1)).toBe(`resume ${String(checkpoint)}`);
    expect(puts(progressOf(2))).toEqual(await renderedAfresh(late));
  });

  it('that changes no event is rendered from the last checkpoint', async () => {
    const { engine, render, finish, to } = aHandler();
    render(1, aDesign());
    await finish();
    render(2, aDesign({ contract: { ...seedDesign.contract, getP99: 1000 } }));
    await finish();
    expect(engine.calls.at(-1)).toBe(`resume ${String(12 * SECOND)}`);
    expect(to(2).at(-1)?.type).toBe('done');
  });

  it('of the very beginning shares nothing', async () => {
    const { engine, render, finish, progressOf } = aHandler();
    render(1, aDesign());
    await finish();
    render(2, aDesign({ seed: 2 }));
    await finish();
    expect(engine.calls).toEqual(['start', 'start']);
    expect(puts(progressOf(2))).toEqual(await renderedAfresh(aDesign({ seed: 2 })));
  });

  it('is rendered anew when its checkpoint is refused', async () => {
    const { engine, render, finish, progressOf } = aHandler();
    render(1, aDesign());
    await finish();
    engine.refuses = true;
    render(2, edited);
    await finish();
    expect(engine.calls.at(-1)).toBe('start');
    expect(puts(progressOf(2))).toEqual(await renderedAfresh(edited));
  });
});

describe('a window of detail', () => {
  it('is taken from the nearest checkpoint before it', async () => {
    const { engine, render, detail, finish, to } = aHandler();
    render(1, aDesign());
    await finish();
    detail(2, 1, 5 * SECOND);
    detail(3, 1, 6 * SECOND);
    detail(4, 1, 0);
    await finish();
    expect(engine.calls.slice(1)).toEqual([
      'detail 5000000 from 4000000',
      'detail 6000000 from 5000000',
      'detail 0 from undefined',
    ]);
    expect(to(2)).toMatchObject([{ type: 'detail', detail: { from: 5 * SECOND } }]);
  });

  it('waits until the run has got there, and comes before the rest of it', async () => {
    const { render, detail, finish, replies } = aHandler();
    render(1, aDesign());
    detail(2, 1, 5 * SECOND);
    await finish();
    const order = replies.map(({ reply }) => reply.type);
    expect(order.indexOf('detail')).toBeGreaterThan(order.indexOf('progress'));
    expect(order.indexOf('detail')).toBeLessThan(order.lastIndexOf('progress'));
  });

  it('that is waited for is written down while the run goes through it', async () => {
    const { engine, render, detail, finish, to, replies } = aHandler();
    render(1, aDesign());
    detail(2, 1, 5 * SECOND);
    await finish();
    expect(engine.calls.slice(1)).toEqual(['watch 5000000 at 4999000', 'seen up to 5001000']);
    expect(to(2)).toMatchObject([{ type: 'detail', detail: { from: 5 * SECOND } }]);
    const after = replies[replies.findIndex(({ reply }) => reply.id === 2) + 1];
    expect(after?.reply).toMatchObject({ type: 'progress', progress: { renderedTo: 5 * SECOND + 999 } });
  });

  it('that holds too much to be written down in passing is rendered again, to say where it ends', async () => {
    const engine = fakeEngine();
    engine.crowded = true;
    const { render, detail, finish, to } = aHandler(engine);
    render(1, aDesign());
    detail(2, 1, 5 * SECOND);
    await finish();
    expect(engine.calls.at(-1)).toMatch(/^detail 5000000 from/);
    expect(to(2)).toHaveLength(1);
  });

  it('is answered as soon as its end is rendered, wherever a slice would have ended', async () => {
    const { handler, render, finish, replies } = aHandler();
    render(1, aDesign());
    const request = { from: 0, to: 250_000, sample: 10, focus: [], key: -1 };
    handler.receive({ id: 2, type: 'detail', run: 1, request });
    await finish();
    const answer = replies.findIndex(({ reply }) => reply.type === 'detail');
    // A quarter of a second at the small engine's pace, and three steps of the window.
    expect(replies[answer]?.at).toBe(250 / 40 + 30);
  });

  it('of a sample waits for its violations, and has a checkpoint right before it', async () => {
    const { engine, handler, render, finish } = aHandler();
    render(1, aDesign());
    handler.receive({ id: 2, type: 'detail', run: 1, request: { ...window(5 * SECOND), sample: 10 } });
    await finish();
    const [from] = engine.calls.filter((call) => call.startsWith('detail'));
    expect(Number(from?.split(' from ')[1])).toBeGreaterThan(5 * SECOND - 10_000);
    expect(Number(from?.split(' from ')[1])).toBeLessThan(5 * SECOND);
  });

  it('that is cancelled while the run goes through it is given up, and the next one is not', async () => {
    const { engine, handler, render, detail, turn, finish, to } = aHandler();
    render(1, aDesign());
    handler.receive({
      id: 2,
      type: 'detail',
      run: 1,
      request: { ...window(5 * SECOND), to: 8 * SECOND },
    });
    while (!engine.calls.some((call) => call.startsWith('watch'))) turn();
    handler.receive({ id: 3, type: 'cancel', of: 2 });
    detail(4, 1, 9 * SECOND);
    await finish();
    expect(to(2)).toEqual([{ id: 2, type: 'cancelled' }]);
    expect(to(4)).toMatchObject([{ type: 'detail', detail: { from: 9 * SECOND } }]);
  });

  it('gets in between two slices', () => {
    const { render, detail, turn, to } = aHandler();
    render(1, aDesign());
    turn();
    turn();
    detail(2, 1, 0);
    turn();
    expect(to(2)).toMatchObject([{ type: 'detail' }]);
  });

  it('is answered in slices: whoever seeks on does not wait for the window that was left', async () => {
    const { engine, handler, render, detail, turn, finish, replies, to } = aHandler();
    render(1, aDesign());
    await finish();
    handler.receive({ id: 2, type: 'detail', run: 1, request: { ...window(5 * SECOND), to: 8 * SECOND } });
    const asked = engine.now;
    turn();
    turn();
    handler.receive({ id: 3, type: 'cancel', of: 2 });
    detail(4, 1, 9 * SECOND);
    await finish();
    expect(to(2)).toEqual([{ id: 2, type: 'cancelled' }]);
    expect(to(4)).toMatchObject([{ type: 'detail', detail: { from: 9 * SECOND } }]);
    const answered = replies.find(({ reply }) => reply.id === 4)?.at ?? Number.NaN;
    expect(answered - asked).toBeLessThan(4 * SLICE_MS);
  });

  it('finds checkpoints that were looked at while nobody asked', async () => {
    const engine = fakeEngine();
    const details = engine.details.bind(engine);
    let newest: Checkpoint | undefined;
    engine.details = (looked, world) => {
      newest = looked.nearest(12 * SECOND);
      return details(looked, world);
    };
    const { render, detail, finish } = aHandler(engine);
    render(1, aDesign());
    await finish();
    detail(2, 1, 5 * SECOND);
    assert(newest !== undefined, 'there are checkpoints');
    expect(lookAhead(newest)).toBe(false);
  });

  it('of a run that is not there is an error', async () => {
    const { render, detail, finish, to } = aHandler();
    render(1, aDesign());
    detail(2, 99, 0);
    await finish();
    expect(to(2)).toMatchObject([{ type: 'error' }]);
  });

  it('that the engine cannot give is an error with its reason', async () => {
    const { handler, render, finish, to } = aHandler();
    render(1, aDesign());
    handler.receive({ id: 2, type: 'detail', run: 1, request: { ...window(0), to: 0 } });
    await finish();
    expect(to(2)).toEqual([{ id: 2, type: 'error', message: 'an empty window' }]);
  });

  it('that still waits is cancelled by its id, and by a newer render', async () => {
    const { handler, render, detail, finish, to } = aHandler();
    render(1, aDesign());
    detail(2, 1, 5 * SECOND);
    detail(3, 1, 6 * SECOND);
    handler.receive({ id: 4, type: 'cancel', of: 2 });
    expect(to(2)).toEqual([{ id: 2, type: 'cancelled' }]);
    render(5, aDesign({ seed: 5 }));
    expect(to(3)).toEqual([{ id: 3, type: 'cancelled' }]);
    await finish();
    expect(to(2)).toHaveLength(1);
    expect(to(3)).toHaveLength(1);
  });
});

describe('an excerpt', () => {
  const span = { from: 3 * SECOND, to: 5 * SECOND };

  /** A rendered run, and questions about what windows of it come to. */
  function aRun(design = aDesign()) {
    const handled = aHandler();
    const excerpt = (id: number, run = 1, of = span): void =>
      handled.handler.receive({ id, type: 'excerpt', run, span: of });
    handled.render(1, design);
    return { ...handled, excerpt };
  }

  it('is told with the share of the work that is done, until all of it is', async () => {
    const { excerpt, finish, to } = aRun(aDesign({ seed: 7 }));
    await finish();
    excerpt(2);
    await finish();
    const [first, ...rest] = to(2);
    expect(first).toMatchObject({ type: 'excerpt' });
    expect(first?.type === 'excerpt' && first.share).toBeCloseTo(0.3);
    expect(rest.at(-1)).toMatchObject({ share: 1, reading: { ...span, put: { attempted: 7 } } });
  });

  it('takes turns with the render once that has got there, and neither waits for the other’s end', async () => {
    const { excerpt, finish, replies } = aRun();
    excerpt(2);
    await finish();
    const order = replies.map(({ reply }) => `${String(reply.id)} ${reply.type}`);
    const answered = order.lastIndexOf('2 excerpt');
    const began = order.indexOf('2 excerpt');
    expect(replies[order.indexOf('1 progress')]?.at).toBeLessThan(replies[began]?.at ?? 0);
    expect(order.slice(began, answered)).toContain('1 progress');
    expect(answered).toBeLessThan(order.indexOf('1 done'));
  });

  it('goes after a window of detail, and before a curve', async () => {
    const { handler, excerpt, detail, finish, replies } = aRun();
    await finish();
    const question = { instants: [0], trials: 10 };
    handler.receive({ id: 2, type: 'visibility', design: aDesign(), question });
    excerpt(3);
    detail(4, 1, 0);
    await finish();
    const ids = replies.map(({ reply }) => reply.id);
    expect([4, 3, 2].map((id) => ids.indexOf(id))).toEqual(
      [4, 3, 2].map((id) => ids.indexOf(id)).sort((a, b) => a - b),
    );
  });

  it('is given up for a newer one, by its id, and by a newer render', async () => {
    const { handler, render, excerpt, turn, finish, to } = aRun();
    await finish();
    excerpt(2);
    turn();
    excerpt(3);
    expect(to(2).at(-1)).toEqual({ id: 2, type: 'cancelled' });
    handler.receive({ id: 4, type: 'cancel', of: 3 });
    expect(to(3)).toEqual([{ id: 3, type: 'cancelled' }]);
    excerpt(5);
    render(6, aDesign({ seed: 6 }));
    expect(to(5)).toEqual([{ id: 5, type: 'cancelled' }]);
    await finish();
    excerpt(7, 6);
    await finish();
    expect(to(7).at(-1)).toMatchObject({ reading: { put: { attempted: 6 } } });
  });

  it('of a run that is not there, or from a checkpoint that is refused, is an error with its reason', async () => {
    const { engine, excerpt, finish, to } = aRun();
    await finish();
    excerpt(2, 99);
    engine.refuses = true;
    excerpt(3);
    await finish();
    expect(to(2)).toMatchObject([{ type: 'error' }]);
    expect(to(3)).toEqual([{ id: 3, type: 'error', message: 'the checkpoint was altered' }]);
  });
});

describe('what a run came to', () => {
  /** A run that is rendered, while what reads it is still being loaded. */
  function aWaitingRun() {
    const engine = fakeEngine();
    const waiting: { readonly resolve: () => void; readonly reject: (reason: Error) => void }[] = [];
    engine.summarise = (run) =>
      new Promise((resolve, reject) => {
        waiting.push({
          resolve: () => {
            resolve(run.summary());
          },
          reject,
        });
      });
    const loaded = (): void => {
      for (const { resolve } of waiting.splice(0)) resolve();
    };
    const failed = (): void => {
      for (const { reject } of waiting.splice(0)) reject(new Error('the network is away'));
    };
    const handled = aHandler(engine);
    handled.render(1, aDesign());
    while (handled.turn());
    return { ...handled, loaded, failed };
  }

  it('is told once it can be read, and windows can be looked at before that', async () => {
    const { detail, loaded, turn, finish, to } = aWaitingRun();
    expect(to(1).at(-1)).toMatchObject({ type: 'progress', progress: { renderedTo: 12 * SECOND } });
    detail(2, 1, 11 * SECOND);
    detail(3, 1, 20 * SECOND);
    while (turn());
    expect(to(2)).toMatchObject([{ type: 'detail' }]);
    expect(to(3)).toMatchObject([{ type: 'detail' }]);
    loaded();
    await finish();
    expect(to(1).at(-1)?.type).toBe('done');
  });

  it('is not told of a run that was given up by then', async () => {
    const { render, loaded, finish, to } = aWaitingRun();
    render(2, aDesign({ seed: 2 }));
    loaded();
    await finish();
    expect(to(1).at(-1)?.type).toBe('cancelled');
    loaded();
    await finish();
    expect(to(2).at(-1)?.type).toBe('done');
  });

  it('is an error with its reason where it cannot be read, and the run can be looked at all the same', async () => {
    const { detail, failed, finish, to } = aWaitingRun();
    failed();
    await finish();
    expect(to(1).at(-1)).toEqual({ id: 1, type: 'error', message: 'the network is away' });
    detail(2, 1, 11 * SECOND);
    await finish();
    expect(to(2)).toMatchObject([{ type: 'detail' }]);
  });
});

describe('what goes wrong', () => {
  it('is a reply, and the next design is rendered as ever', async () => {
    const { engine, render, finish, to } = aHandler();
    engine.throwsAt = 3 * SECOND;
    render(1, aDesign());
    await finish();
    expect(to(1).at(-1)).toEqual({ id: 1, type: 'error', message: 'the wheel came off' });
    engine.throwsAt = Number.POSITIVE_INFINITY;
    render(2, aDesign({ faults: [crashAt(2.5 * SECOND)] }));
    await finish();
    expect(to(2).at(-1)?.type).toBe('done');
  });

  it.each(['detail', 'excerpt'] as const)('in %s is its answer, and that is all', async (type) => {
    const { engine, handler, render, turn, to } = aHandler();
    render(1, aDesign());
    while (turn());
    await new Promise(setImmediate);
    while (turn());
    engine.throwsAt = 0;
    const span = { from: 3 * SECOND, to: 5 * SECOND };
    handler.receive(
      type === 'detail'
        ? { id: 2, type, run: 1, request: window(3 * SECOND) }
        : { id: 2, type, run: 1, span },
    );
    for (let turns = 0; turns < 5; turns++) turn();
    expect(to(2)).toEqual([{ id: 2, type: 'error', message: 'the wheel came off' }]);
  });

  it('before a run began leaves no question without an answer', async () => {
    const engine = fakeEngine();
    engine.start = () => {
      throw new Error('out of memory');
    };
    const { render, detail, finish, to } = aHandler(engine);
    render(1, aDesign());
    detail(2, 1, 0);
    await finish();
    expect(to(1)).toEqual([{ id: 1, type: 'error', message: 'out of memory' }]);
    expect(to(2)).toMatchObject([{ type: 'error' }]);
  });
});
