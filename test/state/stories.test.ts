import { describe, expect, it } from 'vitest';
import { err } from '../../src/base/result.ts';
import { DetailSource } from '../../src/engine/detail.ts';
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import type { DetailRequest } from '../../src/engine/readings.ts';
import { Run } from '../../src/engine/run.ts';
import { createRunStore } from '../../src/state/run.ts';
import { createStories } from '../../src/state/stories.ts';
import { createViewStore } from '../../src/state/view.ts';
import { aSmallDesign } from '../support/engineRuns.ts';

const design = aSmallDesign({ policy: 'write-around', 'cache.ttl': '1s', 'workload.puts': '40/s' });
const run = Run.start(design);
run.advance(HORIZON);
const violations = run.violations();

/** Stories over a real run; what was asked for is answered by the real engine, or as `answer` says. */
function stories(answer?: string) {
  const runs = createRunStore();
  runs.setState({ design, runId: 7, violations });
  const view = createViewStore({
    duration: () => design.duration,
    renderedTo: () => design.duration,
    isOver: () => true,
    violations: () => violations,
  });
  const source = new DetailSource(design);
  const asked: DetailRequest[] = [];
  const client = {
    render: () => 7,
    detail: (_run: number, request: DetailRequest) => {
      asked.push(request);
      return {
        result: Promise.resolve(answer === undefined ? source.of(undefined, request) : err(answer)),
        cancel: () => undefined,
      };
    },
    dispose: () => undefined,
  };
  const made = createStories(client, view, runs);
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 100 && made.store.getState().phase === 'looking'; turn++)
      await Promise.resolve();
  };
  return { ...made, view, asked, settled };
}

const last = violations.length / 8 - 1;

describe('the story of the violation that is looked at', () => {
  it('is told once it is focused, from as far back as it takes and no further', async () => {
    const { store, view, asked, settled } = stories();
    expect(store.getState()).toEqual({ phase: 'none' });
    view.focusViolation(last);
    await settled();
    expect(store.getState()).toMatchObject({ phase: 'told', story: { design } });
    const lengths = asked.map(({ from, to }) => to - from);
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
    expect(new Set(asked.map(({ key }) => key)).size).toBe(1);
  });

  it('is gone with the focus', async () => {
    const { store, view, settled } = stories();
    view.focusViolation(last);
    await settled();
    view.focusViolation(undefined);
    expect(store.getState()).toEqual({ phase: 'none' });
  });

  it('of a violation that was left meanwhile is never shown', async () => {
    const { store, view, settled } = stories();
    view.focusViolation(last);
    view.focusViolation(0);
    await settled();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(store.getState()).toMatchObject({
      phase: 'told',
      sought: { violation: { time: violations[0] } },
    });
  });

  it('that cannot be had says why', async () => {
    const { store, view, settled } = stories('the run is another one');
    view.focusViolation(last);
    await settled();
    expect(store.getState()).toMatchObject({ phase: 'failed', why: 'the run is another one' });
  });

  it('whose run gives way to a newer one is not said to have failed', async () => {
    const { store, view, settled } = stories('cancelled');
    view.focusViolation(last);
    await settled();
    expect(store.getState().phase).toBe('looking');
  });

  it('is not asked for any more after its end', async () => {
    const { store, view, ...made } = stories();
    made.dispose();
    view.focusViolation(last);
    await Promise.resolve();
    expect(store.getState()).toEqual({ phase: 'none' });
  });
});
