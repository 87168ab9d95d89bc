/**
 * The story of the violation that is looked at: asks for the detail of its key, further back until the facts tell the
 * cause, and keeps what was found. It decides nothing: what the facts mean is replay's business.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Design } from '../design/design.ts';
import { causeOf } from '../replay/story/cause.ts';
import type { Cause } from '../replay/story/findings.ts';
import {
  historyOf,
  LOOK_BACK_US,
  LOOK_ON_US,
  violationAt,
  type KeyHistory,
  type Violation,
} from '../replay/story/history.ts';
import type { EngineClient, PendingDetail } from '../worker/client.ts';
import type { RunStore } from './run.ts';
import type { ViewStore } from './view.ts';

export interface Story {
  /** Its `expected` is the version that the story measures it by. */
  readonly violation: Violation;
  readonly cause: Cause;
  readonly history: KeyHistory;
  readonly design: Design;
}

export type StoryState =
  | { readonly phase: 'none' }
  /** `back`: so many microseconds before the violation are looked at now. */
  | { readonly phase: 'looking'; readonly violation: Violation; readonly back: number }
  | { readonly phase: 'told'; readonly violation: Violation; readonly story: Story }
  | { readonly phase: 'failed'; readonly violation: Violation; readonly why: string };

export type StoryStore = StoreApi<StoryState>;

const NONE: StoryState = { phase: 'none' };

/** Follows the focused violation. `dispose` stops that. */
export function createStories(
  client: Pick<EngineClient, 'detail'>,
  view: ViewStore,
  run: RunStore,
): { readonly store: StoryStore; dispose(): void } {
  const store = createStore<StoryState>()(() => NONE);
  let pending: PendingDetail | undefined;
  /** Counts what was asked for, so that an answer to an older question is recognised. */
  let asked = 0;

  function follow(row: number | undefined): void {
    asked++;
    pending?.cancel();
    const { violations, design, runId } = run.getState();
    const violation = row === undefined ? undefined : violationAt(violations, row);
    if (violation === undefined || design === undefined) store.setState(NONE, true);
    else void look(violation, design, runId, asked);
  }

  async function look(violation: Violation, design: Design, runId: number, question: number): Promise<void> {
    const { time, key, operation } = violation;
    for (const back of LOOK_BACK_US) {
      store.setState({ phase: 'looking', violation, back }, true);
      const from = Math.max(0, time - back);
      pending = client.detail(runId, {
        from,
        to: Math.min(time + LOOK_ON_US, design.duration + LOOK_ON_US),
        sample: 1,
        focus: [operation],
        key,
      });
      const detail = await pending.result;
      if (question !== asked) return;
      if (!detail.ok) {
        store.setState({ phase: 'failed', violation, why: detail.error }, true);
        return;
      }
      const history = historyOf(detail.value, key, design);
      const { expected, ...finding } = causeOf(history, violation, design);
      // The furthest look is the last: what it does not tell is not to be known.
      const cause: Cause | undefined =
        'cause' in finding ? finding.cause : back === LOOK_BACK_US.at(-1) ? { kind: 'unknown' } : undefined;
      if (cause === undefined) continue;
      const story = { violation: { ...violation, expected }, cause, history, design };
      store.setState({ phase: 'told', violation, story }, true);
      return;
    }
  }

  const stop = view.subscribe((state, before) => {
    if (state.focusedViolation !== before.focusedViolation) follow(state.focusedViolation);
  });
  return {
    store,
    dispose() {
      stop();
      asked++;
      pending?.cancel();
    },
  };
}
