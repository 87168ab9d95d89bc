import { describe, expect, it } from 'vitest';
import { seedDesign, type Design } from '../../src/design/design.ts';
import { nodesOf } from '../../src/design/nodes.ts';
import { createGhostStore } from '../../src/state/ghost.ts';
import { createRunStore } from '../../src/state/run.ts';
import type { Done, RenderListener } from '../../src/worker/client.ts';
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
  const ghost = createGhostStore(run, () => {
    open++;
    return {
      render: (_design, listener) => listeners.push(listener),
      detail: never,
      excerpt: never,
      visibility: never,
      dispose: () => {
        open--;
      },
    };
  });
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
    ghost.pinShown('nothing yet');
    expect(state().choice).toBe('before');
    run.began(1, seedDesign, false);
    run.progressed(1, aProgress(2 * SECOND, nodesOf(seedDesign).length));
    ghost.pinShown('the seed');
    run.began(2, other, false);
    run.progressed(2, aProgress(SECOND, nodesOf(other).length));
    expect(state()).toMatchObject({
      choice: 'pinned',
      name: 'the seed',
      pinned: { design: seedDesign, series: { buckets: 20 } },
    });
    ghost.choose('before');
    ghost.choose('pinned');
    expect(state().pinned?.design).toBe(seedDesign);
  });

  it('of a design that was never shown is rendered for it, beside the run, and its engine goes then', () => {
    const { ghost, done, listener, opened, state } = aGhost();
    ghost.pin(other, 'look-aside');
    expect([opened(), state().rendering, state().pinned]).toEqual([1, 0, undefined]);
    listener()?.progress(aProgress(SECOND, nodesOf(other).length));
    expect(state()).toMatchObject({ rendering: 0.25, pinned: { design: other, series: { buckets: 10 } } });
    listener()?.done(done);
    expect(state()).toMatchObject({ rendering: undefined, pinned: { summary: { digest: 'of the ghost' } } });
    expect(opened()).toBe(0);
  });

  it('gives up what is being rendered for another one, and says when it cannot be had', () => {
    const { ghost, listener, opened, state } = aGhost();
    ghost.pin(other, 'the first');
    ghost.pin(seedDesign, 'the second');
    expect(opened()).toBe(1);
    listener()?.failed('the wheel came off');
    expect(state()).toMatchObject({ name: 'the second', rendering: undefined, error: 'the wheel came off' });
    expect(opened()).toBe(0);
  });
});
