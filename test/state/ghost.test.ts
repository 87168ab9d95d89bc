import { describe, expect, it } from 'vitest';
import { seedDesign, type Design } from '../../src/design/design.ts';
import { nodesOf } from '../../src/design/nodes.ts';
import { createGhostStore } from '../../src/state/ghost.ts';
import { createRunStore } from '../../src/state/run.ts';
import type { Done, EngineClient, RenderListener } from '../../src/worker/client.ts';
import { aProgress } from '../support/sessions.ts';
import { aSummary } from '../support/summaries.ts';

const SECOND = 1_000_000;
const other: Design = { ...seedDesign, policy: 'look-aside', duration: 4 * SECOND };
const never = () => ({ result: new Promise<never>(() => undefined), cancel: () => undefined });

/** A ghost over a run, with an engine that renders when it is told to. */
function aGhost() {
  const run = createRunStore();
  const listeners: RenderListener[] = [];
  let open = 0;
  const engine = (): EngineClient => {
    open++;
    return {
      render: (_design, listener) => listeners.push(listener),
      detail: never,
      excerpt: never,
      visibility: never,
      proceed: () => undefined,
      dispose: () => {
        open--;
      },
    };
  };
  const ghost = createGhostStore(run, engine);
  const done: Done = {
    id: 1,
    type: 'done',
    summary: aSummary({ digest: 'of the ghost' }),
    violations: new Int32Array(0),
    wallMs: 1,
    operations: 1,
    resumedFrom: 0,
  };
  return {
    run,
    ghost,
    done,
    /** The run that is looked at is there. */
    shown: (design: Design) => {
      run.began(1, design);
      run.progressed(1, aProgress(design.duration, nodesOf(design).length));
      run.finished(1, done);
    },
    listener: () => listeners.at(-1),
    opened: () => open,
    state: () => ghost.getState(),
  };
}

describe('the ghost of the charts', () => {
  it('is the run before until somebody chooses otherwise', () => {
    const { ghost, state } = aGhost();
    expect(state()).toMatchObject({ choice: 'before', pinned: undefined });
    ghost.choose('none');
    expect(state().choice).toBe('none');
  });

  it('stays what it is when the run that is shown is pinned and something else is rendered', () => {
    const { run, ghost, state } = aGhost();
    ghost.pinShown();
    expect(state().choice).toBe('before');
    run.began(1, seedDesign);
    run.progressed(1, aProgress(2 * SECOND, nodesOf(seedDesign).length));
    ghost.pinShown();
    run.began(2, other);
    run.progressed(2, aProgress(SECOND, nodesOf(other).length));
    expect(state()).toMatchObject({
      choice: 'pinned',
      design: seedDesign,
      pinned: { design: seedDesign, series: { buckets: 20 } },
    });
    ghost.choose('before');
    ghost.choose('pinned');
    expect(state().pinned?.design).toBe(seedDesign);
  });

  it('of a design that was never shown is rendered for it, beside the run, and its engine goes then', () => {
    const { ghost, done, shown, listener, opened, state } = aGhost();
    shown(seedDesign);
    ghost.pin(other);
    expect([opened(), state().rendering, state().pinned]).toEqual([1, 0, undefined]);
    listener()?.progress(aProgress(SECOND, nodesOf(other).length));
    expect(state()).toMatchObject({ rendering: 0.25, pinned: { design: other, series: { buckets: 10 } } });
    listener()?.done(done);
    expect(state()).toMatchObject({ rendering: undefined, pinned: { summary: { digest: 'of the ghost' } } });
    expect(opened()).toBe(0);
  });

  it('waits for its turn until the run that is looked at is rendered', () => {
    const { ghost, shown, opened, state } = aGhost();
    ghost.pin(other);
    expect([opened(), state().choice, state().rendering]).toEqual([0, 'pinned', 0]);
    shown(seedDesign);
    expect(opened()).toBe(1);
    shown({ ...seedDesign, seed: 2 });
    expect(opened()).toBe(1);
  });

  it('does not wait any more once it is given up, or another one is pinned', () => {
    const { ghost, shown, opened, state } = aGhost();
    ghost.pin(other);
    ghost.pin({ ...other, policy: 'db-only' });
    shown(seedDesign);
    expect([opened(), state().design?.policy]).toEqual([1, 'db-only']);
    const gone = aGhost();
    gone.ghost.pin(other);
    gone.ghost.dispose();
    gone.shown(seedDesign);
    expect(gone.opened()).toBe(0);
  });

  it('of the run that is looked at is that run, and nobody renders it again', () => {
    const { ghost, shown, opened, state } = aGhost();
    shown(other);
    ghost.pin({ ...other, title: 'the same by another name' });
    expect(opened()).toBe(0);
    expect(state()).toMatchObject({ rendering: undefined, pinned: { design: other } });
  });

  it('keeps of its design what is seen of it: its run, and its name', () => {
    const { ghost, state } = aGhost();
    const worded = { ...other, title: 'Ours', notes: 'long', remarks: [{ on: 'cache-1', text: 'slow' }] };
    ghost.pin({ ...worded, layout: { 'cache-1': [1, 2] } });
    expect(state().design).toEqual({ ...other, title: 'Ours' });
  });

  it('is let go for the run before, stays at hand, and leaves another choice alone', () => {
    const { ghost, state } = aGhost();
    ghost.pin(other);
    ghost.letGo();
    expect(state()).toMatchObject({ choice: 'before', design: other });
    ghost.choose('none');
    ghost.letGo();
    expect(state().choice).toBe('none');
  });

  it('gives up what is being rendered for another one, and says when it cannot be had', () => {
    const { ghost, shown, listener, opened, state } = aGhost();
    shown(seedDesign);
    ghost.pin(other);
    ghost.pin({ ...other, policy: 'db-only' });
    expect(opened()).toBe(1);
    listener()?.failed('the wheel came off');
    expect(state()).toMatchObject({
      design: { policy: 'db-only' },
      rendering: undefined,
      error: 'the wheel came off',
    });
    expect(opened()).toBe(0);
  });
});
