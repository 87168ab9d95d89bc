import { describe, expect, it } from 'vitest';
import { seedDesign } from '../../src/design/design.ts';
import { CHECKPOINT_EVERY_US } from '../../src/worker/handle-checkpoints.ts';
import { SECOND, aHandler, aShortDesign, crashAt, puts, renderedAfresh } from '../support/handlers.ts';

describe('an edit', () => {
  const edited = aShortDesign({ faults: [crashAt(7 * SECOND)] });

  it('is rendered from the last checkpoint before it, and is the same run as one rendered afresh', async () => {
    const { engine, render, finish, progressOf, to } = aHandler();
    render(1, aShortDesign());
    await finish();
    render(2, edited);
    await finish();
    expect(engine.calls).toEqual(['start', `resume ${String(6.5 * SECOND)}`]);
    expect(puts(progressOf(2))).toEqual(await renderedAfresh(edited));
    expect(to(2).at(-1)).toMatchObject({ resumedFrom: 6.5 * SECOND, operations: 5500 });
  });

  it('at the instant of a checkpoint goes back to the one before: the later one has gone through it', async () => {
    const { engine, render, finish, progressOf } = aHandler();
    render(1, aShortDesign());
    await finish();
    const onIt = aShortDesign({ faults: [crashAt(6 * SECOND)] });
    render(2, onIt);
    await finish();
    expect(engine.calls.at(-1)).toBe(`resume ${String(5.5 * SECOND)}`);
    expect(puts(progressOf(2))).toEqual(await renderedAfresh(onIt));
  });

  it('brings everything so far with its first progress', async () => {
    const { render, finish, progressOf } = aHandler();
    render(1, aShortDesign());
    await finish();
    render(2, edited);
    await finish();
    expect(progressOf(2)[0]).toMatchObject({ fromBucket: 0, series: { buckets: 66 }, fromViolation: 0 });
  });

  it('of an edit goes back no further than it must', async () => {
    const { engine, render, finish, progressOf } = aHandler();
    render(1, aShortDesign());
    await finish();
    render(2, edited);
    await finish();
    const twice = aShortDesign({ faults: [...edited.faults, crashAt(9 * SECOND)] });
    render(3, twice);
    await finish();
    expect(engine.calls.at(-1)).toBe(`resume ${String(8.5 * SECOND)}`);
    expect(puts(progressOf(3))).toEqual(await renderedAfresh(twice));
  });

  it('while the run before is not there yet goes on from where it got to', async () => {
    const { engine, render, turn, finish, progressOf } = aHandler();
    render(1, aShortDesign());
    while (!progressOf(1).some(({ renderedTo }) => renderedTo >= 6 * SECOND)) turn();
    const reached = progressOf(1).at(-1)?.renderedTo ?? 0;
    const late = aShortDesign({ faults: [crashAt(11 * SECOND)] });
    render(2, late);
    await finish();
    const checkpoint = Math.ceil(reached / CHECKPOINT_EVERY_US - 1) * CHECKPOINT_EVERY_US;
    expect(engine.calls.at(-1)).toBe(`resume ${String(checkpoint)}`);
    expect(puts(progressOf(2))).toEqual(await renderedAfresh(late));
  });

  it('that changes no event is rendered from the last checkpoint', async () => {
    const { engine, render, finish, to } = aHandler();
    render(1, aShortDesign());
    await finish();
    render(2, aShortDesign({ contract: { ...seedDesign.contract, getP99: 1000 } }));
    await finish();
    expect(engine.calls.at(-1)).toBe(`resume ${String(12 * SECOND)}`);
    expect(to(2).at(-1)?.type).toBe('done');
  });

  it('of the very beginning shares nothing', async () => {
    const { engine, render, finish, progressOf } = aHandler();
    render(1, aShortDesign());
    await finish();
    render(2, aShortDesign({ seed: 2 }));
    await finish();
    expect(engine.calls).toEqual(['start', 'start']);
    expect(puts(progressOf(2))).toEqual(await renderedAfresh(aShortDesign({ seed: 2 })));
  });

  it('is rendered anew when its checkpoint is refused', async () => {
    const { engine, render, finish, progressOf } = aHandler();
    render(1, aShortDesign());
    await finish();
    engine.refuses = true;
    render(2, edited);
    await finish();
    expect(engine.calls.at(-1)).toBe('start');
    expect(puts(progressOf(2))).toEqual(await renderedAfresh(edited));
  });

  it('has the memory of the run before, be it rendered, looked at or given up', async () => {
    const { engine, render, detail, turn, finish } = aHandler();
    const formers = (): number[] => engine.formers.map((former) => former?.now ?? -1);
    render(1, aShortDesign());
    await finish();
    detail(2, 1, 5 * SECOND);
    await finish();
    render(3, edited);
    while (engine.formers.length < 2) turn();
    turn();
    render(4, aShortDesign({ seed: 2 }));
    await finish();
    const [first, whole, givenUp] = formers();
    expect([first, whole]).toEqual([-1, 12 * SECOND]);
    expect(givenUp).toBeGreaterThan(6.5 * SECOND);
    expect(givenUp).toBeLessThan(12 * SECOND);
  });

  it('leaves a run its memory that is still being summed up', async () => {
    const { engine, render, until, finish } = aHandler();
    const summarise = engine.summarise.bind(engine);
    let asked = false;
    engine.summarise = () => {
      asked = true;
      return new Promise(() => undefined);
    };
    render(1, aShortDesign());
    await until(() => asked);
    engine.summarise = summarise;
    render(2, aShortDesign({ seed: 2 }));
    await finish();
    expect(engine.formers).toEqual([undefined, undefined]);
  });
});
