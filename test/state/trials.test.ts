import { describe, expect, it } from 'vitest';
import { seedDesign, type Design } from '../../src/design/design.ts';
import { REMEDIES } from '../../src/design/remedies.ts';
import { createTrials } from '../../src/state/trials.ts';
import type { Done, RenderListener } from '../../src/worker/client.ts';
import { aSummary } from '../support/summaries.ts';

/** Trials over engines that render when they are told to. */
function trials() {
  const asked: Design[] = [];
  const listeners: RenderListener[] = [];
  let open = 0;
  const store = createTrials(() => {
    open++;
    return {
      render(design, listener) {
        asked.push(design);
        listeners.push(listener);
        return asked.length;
      },
      detail: () => ({ result: new Promise<never>(() => undefined), cancel: () => undefined }),
      excerpt: () => ({ result: new Promise<never>(() => undefined), cancel: () => undefined }),
      visibility: () => ({ result: new Promise<never>(() => undefined), cancel: () => undefined }),
      proceed: () => undefined,
      dispose() {
        open--;
      },
    };
  });
  const finish = (digest: string): void => {
    const done: Done = {
      id: 1,
      type: 'done',
      summary: aSummary({ digest }),
      violations: new Int32Array(0),
      wallMs: 1,
      operations: 1,
      resumedFrom: 0,
    };
    listeners.at(-1)?.done(done);
  };
  const fail = (why: string): void => listeners.at(-1)?.failed(why);
  return { store, asked, finish, fail, opened: () => open };
}

const { fenceByVersion, storeFirst } = REMEDIES;

describe('the trials of remedies', () => {
  it('render each remedy as a design of its own, one after the other, and let the engine go', () => {
    const { store, asked, finish, opened } = trials();
    store.tryOut(seedDesign, [fenceByVersion, storeFirst]);
    expect(asked.map(({ cache }) => [cache.fencing, cache.order])).toEqual([['version', 'cache-first']]);
    finish('a');
    expect(asked.map(({ cache }) => [cache.fencing, cache.order])).toEqual([
      ['version', 'cache-first'],
      ['none', 'store-first'],
    ]);
    finish('b');
    expect(store.getState().trials.map(({ summary }) => summary?.digest)).toEqual(['a', 'b']);
    expect(opened()).toBe(0);
  });

  it('are not rendered again while their design is the same', () => {
    const { store, asked, finish } = trials();
    store.tryOut(seedDesign, [fenceByVersion]);
    finish('a');
    store.stop();
    store.tryOut(seedDesign, [fenceByVersion, storeFirst]);
    expect(asked.length).toBe(2);
    expect(store.getState().trials[0]?.summary?.digest).toBe('a');
  });

  it('that could not be rendered are tried once more when somebody looks again', () => {
    const { store, asked, finish, fail } = trials();
    store.tryOut(seedDesign, [fenceByVersion]);
    fail('out of memory');
    expect(store.getState().trials).toMatchObject([{ why: 'out of memory' }]);
    store.tryOut(seedDesign, [fenceByVersion]);
    expect(asked.length).toBe(2);
    finish('a');
    expect(store.getState().trials).toMatchObject([{ why: undefined, summary: { digest: 'a' } }]);
  });

  it('are given up with their engine when nobody looks any more', () => {
    const { store, opened } = trials();
    store.tryOut(seedDesign, [fenceByVersion]);
    expect(opened()).toBe(1);
    store.stop();
    expect(opened()).toBe(0);
    expect(store.getState().trials).toEqual([]);
  });
});
