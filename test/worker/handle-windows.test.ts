import { describe, expect, it } from 'vitest';
import { assert } from '../../src/base/assert.ts';
import type { Checkpoint } from '../../src/engine/kernel/archive.ts';
import { lookAhead } from '../../src/engine/kernel/restore.ts';
import { SLICE_MS } from '../../src/worker/handle-world.ts';
import { fakeEngine, type SmallRun } from '../support/fakeEngine.ts';
import { SECOND, aHandler, aShortDesign, window } from '../support/handlers.ts';

describe('a window of detail', () => {
  it('is taken from the nearest checkpoint before it', async () => {
    const { engine, render, detail, finish, to } = aHandler();
    render(1, aShortDesign());
    await finish();
    detail(2, 1, 5 * SECOND);
    detail(3, 1, 6 * SECOND);
    detail(4, 1, 0);
    await finish();
    expect(engine.calls.slice(1)).toEqual([
      'detail 5000000 from 4500000',
      'detail 6000000 from 5500000',
      'detail 0 from undefined',
    ]);
    expect(to(2)).toMatchObject([{ type: 'detail', detail: { from: 5 * SECOND } }]);
  });

  it('waits until the run has got there, and comes before the rest of it', async () => {
    const { render, detail, finish, replies } = aHandler();
    render(1, aShortDesign());
    detail(2, 1, 5 * SECOND);
    await finish();
    const order = replies.map(({ reply }) => reply.type);
    expect(order.indexOf('detail')).toBeGreaterThan(order.indexOf('progress'));
    expect(order.indexOf('detail')).toBeLessThan(order.lastIndexOf('progress'));
  });

  it('that is waited for is written down while the run goes through it', async () => {
    const { engine, render, detail, finish, to, replies } = aHandler();
    render(1, aShortDesign());
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
    render(1, aShortDesign());
    detail(2, 1, 5 * SECOND);
    await finish();
    expect(engine.calls.at(-1)).toMatch(/^detail 5000000 from/);
    expect(to(2)).toHaveLength(1);
  });

  it('is answered as soon as its end is rendered, wherever a slice would have ended', async () => {
    const { handler, render, finish, replies } = aHandler();
    render(1, aShortDesign());
    const request = { from: 0, to: 250_000, sample: 10, focus: [], key: -1 };
    handler.receive({ id: 2, type: 'detail', run: 1, request });
    await finish();
    const answer = replies.findIndex(({ reply }) => reply.type === 'detail');
    // A quarter of a second at the small engine's pace, and three steps of the window.
    expect(replies[answer]?.at).toBe(250 / 40 + 30);
  });

  it('of a sample waits for its violations, and has a checkpoint right before it', async () => {
    const { engine, handler, render, finish } = aHandler();
    render(1, aShortDesign());
    handler.receive({ id: 2, type: 'detail', run: 1, request: { ...window(5 * SECOND), sample: 10 } });
    await finish();
    const [from] = engine.calls.filter((call) => call.startsWith('detail'));
    expect(Number(from?.split(' from ')[1])).toBeGreaterThan(5 * SECOND - 10_000);
    expect(Number(from?.split(' from ')[1])).toBeLessThan(5 * SECOND);
  });

  it('costs no copy of the violations found so far, however many windows are asked for meanwhile', async () => {
    const copiedWith = async (windows: number): Promise<number> => {
      const engine = fakeEngine();
      let copied = 0;
      const start = engine.start.bind(engine);
      engine.start = (design) => {
        const run = start(design);
        const violations = run.violations.bind(run);
        // A live view is no copy.
        Object.defineProperty(run, 'violationRows', { get: () => violations() });
        run.violations = (from) => {
          const rows = violations(from);
          copied += rows.length;
          return rows;
        };
        return run;
      };
      const { handler, render, finish } = aHandler(engine);
      render(1, aShortDesign());
      for (let i = 0; i < windows; i++)
        handler.receive({
          id: 2 + i,
          type: 'detail',
          run: 1,
          request: { ...window(i * 500_000), sample: 10 },
        });
      await finish();
      return copied;
    };
    // Told as it went on, none twice.
    expect(await copiedWith(12)).toBe(await copiedWith(0));
  });

  it('that is cancelled while the run goes through it is given up, and the next one is not', async () => {
    const { engine, handler, render, detail, turn, finish, to } = aHandler();
    render(1, aShortDesign());
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
    render(1, aShortDesign());
    turn();
    turn();
    detail(2, 1, 0);
    turn();
    expect(to(2)).toMatchObject([{ type: 'detail' }]);
  });

  it('is answered in slices: whoever seeks on does not wait for the window that was left', async () => {
    const { engine, handler, render, detail, turn, finish, replies, to } = aHandler();
    render(1, aShortDesign());
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

  it('once answered, has all that the last checkpoint holds looked at while nobody asks for anything', async () => {
    const engine = fakeEngine();
    const details = engine.details.bind(engine);
    let newest: Checkpoint | undefined;
    engine.details = (looked, world) => {
      newest = looked.nearest(12 * SECOND);
      return details(looked, world);
    };
    const { render, detail, finish } = aHandler(engine);
    render(1, aShortDesign());
    await finish();
    detail(2, 1, 5 * SECOND);
    assert(newest !== undefined, 'there are checkpoints');
    await finish();
    expect(lookAhead(newest)).toBe(false);
  });

  it('finds the run put at its last checkpoint, which is done once, while nobody asks for anything', async () => {
    const { engine, render, detail, finish } = aHandler();
    render(1, aShortDesign());
    for (const id of [2, 3]) {
      await finish();
      expect(engine.places).toEqual([12 * SECOND]);
      detail(id, 1, 5 * SECOND);
    }
  });

  it('is rehearsed while nobody asks for anything: windows that are gone through and told nobody', async () => {
    const { engine, render, detail, turn, until, finish, replies, to } = aHandler();
    engine.rehearsals.push(window(8 * SECOND), { ...window(2 * SECOND), to: 8 * SECOND });
    render(1, aShortDesign());
    await until(() => engine.calls.at(-1) === 'detail 2000000 from 1500000');
    // Whoever asks meanwhile comes first.
    const told = replies.length;
    detail(3, 1, 7 * SECOND);
    turn();
    expect(to(3)).toMatchObject([{ type: 'detail' }]);
    await finish();
    expect(replies).toHaveLength(told + 1);
    expect(engine.calls.slice(1)).toEqual([
      'detail 8000000 from 7500000',
      'detail 2000000 from 1500000',
      'detail 7000000 from 6500000',
      'detail 2000000 from 1500000',
    ]);
  });

  it('is answered all the same where a rehearsal fails', async () => {
    const { engine, render, detail, until, finish, to } = aHandler();
    engine.rehearsals.push(window(8 * SECOND), window(2 * SECOND));
    render(1, aShortDesign());
    await until(() => engine.places.length > 0);
    engine.throwsAt = 0;
    await finish();
    engine.throwsAt = Number.POSITIVE_INFINITY;
    detail(3, 1, 5 * SECOND);
    await finish();
    expect(to(3)).toMatchObject([{ type: 'detail' }]);
    expect(engine.calls.slice(1)).toEqual(['detail 5000000 from 4500000']);
  });

  it('of a run whose answers are not loaded is an error', async () => {
    const engine = fakeEngine();
    engine.details = () => undefined;
    const { render, detail, finish, to } = aHandler(engine);
    render(1, aShortDesign());
    await finish();
    detail(2, 1, 5 * SECOND);
    await finish();
    expect(to(2)).toMatchObject([{ type: 'error' }]);
  });

  it('is answered all the same where the run could not be put there ahead', async () => {
    const { engine, render, detail, finish, to } = aHandler();
    render(1, aShortDesign());
    detail(2, 1, 5 * SECOND);
    engine.cramped = true;
    await finish();
    expect(engine.places.length).toBe(1);
    detail(3, 1, 5 * SECOND);
    await finish();
    expect(to(3)).toMatchObject([{ type: 'detail' }]);
  });

  it('of a run that is not there is an error', async () => {
    const { render, detail, finish, to } = aHandler();
    render(1, aShortDesign());
    detail(2, 99, 0);
    await finish();
    expect(to(2)).toMatchObject([{ type: 'error' }]);
  });

  it('that the engine cannot give is an error with its reason', async () => {
    const { handler, render, finish, to } = aHandler();
    render(1, aShortDesign());
    handler.receive({ id: 2, type: 'detail', run: 1, request: { ...window(0), to: 0 } });
    await finish();
    expect(to(2)).toEqual([{ id: 2, type: 'error', message: 'an empty window' }]);
  });

  it('that still waits is cancelled by its id, and by a newer render', async () => {
    const { handler, render, detail, finish, to } = aHandler();
    render(1, aShortDesign());
    detail(2, 1, 5 * SECOND);
    detail(3, 1, 6 * SECOND);
    handler.receive({ id: 4, type: 'cancel', of: 2 });
    expect(to(2)).toEqual([{ id: 2, type: 'cancelled' }]);
    render(5, aShortDesign({ seed: 5 }));
    expect(to(3)).toEqual([{ id: 3, type: 'cancelled' }]);
    await finish();
    expect(to(2)).toHaveLength(1);
    expect(to(3)).toHaveLength(1);
  });
});

describe('an excerpt', () => {
  const span = { from: 3 * SECOND, to: 5 * SECOND };

  /** A rendered run, and questions about what windows of it come to. */
  function aRun(design = aShortDesign()) {
    const handled = aHandler();
    const excerpt = (id: number, run = 1): void =>
      handled.handler.receive({ id, type: 'excerpt', run, span });
    handled.render(1, design);
    return { ...handled, excerpt };
  }

  it('is told with the share of the work that is done, until all of it is', async () => {
    const { excerpt, finish, to } = aRun(aShortDesign({ seed: 7 }));
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
    handler.receive({ id: 2, type: 'visibility', design: aShortDesign(), question });
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
    render(6, aShortDesign({ seed: 6 }));
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

describe('a run that has ended', () => {
  /** A handler, and what its answers to questions about windows are given. */
  function spares() {
    const engine = fakeEngine();
    let spare: (() => SmallRun | undefined) | undefined;
    const details = engine.details.bind(engine);
    engine.details = (looked, world) => {
      spare = looked.spare;
      return details(looked, world);
    };
    return { ...aHandler(engine), spare: () => spare?.() };
  }

  it('is given up once, to whoever looks at its windows, and not before it has ended', async () => {
    const { render, detail, turn, finish, spare } = spares();
    render(1, aShortDesign());
    detail(2, 1, 0);
    turn();
    expect(spare()).toBeUndefined();
    await finish();
    expect(spare()?.done).toBe(true);
    expect(spare()).toBeUndefined();
  });

  it('is not given up when a mistake ended it, nor to who looks at another design', async () => {
    const { engine, render, detail, finish, spare } = spares();
    engine.throwsAt = 3 * SECOND;
    render(1, aShortDesign());
    detail(2, 1, 0);
    await finish();
    expect(spare()).toBeUndefined();
    engine.throwsAt = Number.POSITIVE_INFINITY;
    render(3, aShortDesign());
    await finish();
    render(4, aShortDesign({ seed: 2 }));
    expect(spare()).toBeUndefined();
  });
});
