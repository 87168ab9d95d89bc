import { describe, expect, it } from 'vitest';
import { BUCKET_US, VIOLATION_WIDTH } from '../../src/design/readings.ts';
import { PROGRESS_MS, SLICE_MS } from '../../src/worker/handle-world.ts';
import { fakeEngine, type SmallRun } from '../support/fakeEngine.ts';
import { SECOND, aHandler, aShortDesign, crashAt, puts, window } from '../support/handlers.ts';

describe('a render', () => {
  it('tells its first bucket at once, and goes on in slices', async () => {
    const { render, finish, progressOf } = aHandler();
    render(1, aShortDesign());
    await finish();
    const [first, ...rest] = progressOf(1);
    expect(first).toMatchObject({ renderedTo: BUCKET_US, fromBucket: 0, series: { buckets: 1 } });
    expect(rest.length).toBeGreaterThan(2);
  });

  it('that gives way goes on from its first progress once it is told to, and answers meanwhile', async () => {
    const { handler, render, finish, progressOf, to } = aHandler();
    render(1, aShortDesign(), true);
    await finish();
    expect(progressOf(1)).toMatchObject([{ renderedTo: BUCKET_US }]);
    const request = { ...window(0), to: BUCKET_US };
    handler.receive({ id: 2, type: 'detail', run: 1, request });
    await finish();
    expect(to(2)).toMatchObject([{ type: 'detail' }]);
    handler.receive({ id: 3, type: 'proceed' });
    await finish();
    expect(to(1).at(-1)).toMatchObject({ type: 'done' });
    // The next one says for itself what it does, also after one that was never told to proceed.
    render(4, { ...aShortDesign(), seed: 2 }, true);
    await finish();
    expect(progressOf(4)).toHaveLength(1);
    render(5, { ...aShortDesign(), seed: 3 });
    await finish();
    expect(to(5).at(-1)).toMatchObject({ type: 'done' });
  });

  it('tells progress no more often than a screen can use, but always the last', async () => {
    const { render, finish, progressOf } = aHandler();
    render(1, aShortDesign());
    await finish();
    const times = progressOf(1).map(({ at }) => at);
    for (const [i, at] of times.slice(0, -2).entries())
      expect((times[i + 1] ?? 0) - at).toBeGreaterThanOrEqual(PROGRESS_MS);
    expect(progressOf(1).at(-1)).toMatchObject({ renderedTo: 12 * SECOND });
  });

  it('is saved for the first time once something of it was told, which somebody waits for', async () => {
    const engine = fakeEngine();
    const { render, finish, progressOf } = aHandler(engine);
    const run = engine.start(aShortDesign());
    const toldBefore: number[] = [];
    engine.start = () => run;
    const save = run.checkpoint.bind(run);
    run.checkpoint = (previous) => {
      toldBefore.push(progressOf(1).length);
      return save(previous);
    };
    render(1, aShortDesign());
    await finish();
    expect(toldBefore.length).toBeGreaterThan(20);
    expect(toldBefore[0]).toBe(1);
  });

  it('lets others in about every slice', () => {
    const { engine, render, turn } = aHandler();
    render(1, aShortDesign());
    let longest = 0;
    for (let before = engine.now; turn(); before = engine.now)
      longest = Math.max(longest, engine.now - before);
    expect(longest).toBeGreaterThanOrEqual(SLICE_MS / 2);
    expect(longest).toBeLessThanOrEqual(2 * SLICE_MS);
  });

  it('gives parts that make up the whole, and says how it ended', async () => {
    const { render, finish, progressOf, to } = aHandler();
    render(1, aShortDesign());
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
      tails = () => this.idle.tails();
      violationRows = new Int32Array(0);
      violations = () => this.idle.violations();
      film = () => undefined;
      summary = () => this.idle.summary();
    }
    const idle = engine.start(aShortDesign());
    engine.start = () => new Quiet(idle);
    const { render, turn, finish, to } = aHandler(engine);
    render(1, aShortDesign());
    for (let turns = 0; turns < 100; turns++) turn();
    await finish();
    expect(to(1).at(-1)?.type).toBe('done');
  });

  it('is cancelled by a newer one, and says nothing more', async () => {
    const { render, turn, finish, to } = aHandler();
    render(1, aShortDesign());
    turn();
    turn();
    render(2, aShortDesign({ seed: 2 }));
    await finish();
    expect(to(1).at(-1)).toEqual({ id: 1, type: 'cancelled' });
    expect(to(2).at(-1)?.type).toBe('done');
  });

  it('that is superseded before its turn is never begun', async () => {
    const { engine, render, finish } = aHandler();
    for (let id = 1; id <= 20; id++) render(id, aShortDesign({ seed: id }));
    await finish();
    expect(engine.calls).toEqual(['start']);
  });

  it('stops when it is cancelled', () => {
    const { handler, render, turn, to } = aHandler();
    render(1, aShortDesign());
    turn();
    turn();
    handler.receive({ id: 2, type: 'cancel', of: 1 });
    expect(to(1).at(-1)).toEqual({ id: 1, type: 'cancelled' });
    expect(to(2)).toEqual([{ id: 2, type: 'cancelled' }]);
    turn();
    expect(turn()).toBe(false);
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
    handled.render(1, aShortDesign());
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
    render(2, aShortDesign({ seed: 2 }));
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
    render(1, aShortDesign());
    await finish();
    expect(to(1).at(-1)).toEqual({ id: 1, type: 'error', message: 'the wheel came off' });
    engine.throwsAt = Number.POSITIVE_INFINITY;
    render(2, aShortDesign({ faults: [crashAt(2.5 * SECOND)] }));
    await finish();
    expect(to(2).at(-1)?.type).toBe('done');
  });

  it.each(['detail', 'excerpt'] as const)('in %s is its answer, and that is all', async (type) => {
    const { engine, handler, render, turn, to } = aHandler();
    render(1, aShortDesign());
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
    render(1, aShortDesign());
    detail(2, 1, 0);
    await finish();
    expect(to(1)).toEqual([{ id: 1, type: 'error', message: 'out of memory' }]);
    expect(to(2)).toMatchObject([{ type: 'error' }]);
  });
});
