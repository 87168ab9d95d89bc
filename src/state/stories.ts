/**
 * The story of the violation or the operation that is looked at: asks for the detail of its key, further back until the
 * facts tell what there is to tell, and keeps what was found. It decides nothing: what the facts mean is replay's business.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Design } from '../design/design.ts';
import { accountOf } from '../replay/story/account.ts';
import { causeOf } from '../replay/story/cause.ts';
import {
  historyOf,
  LOOK_BACK_US,
  LOOK_AHEAD_US,
  violationAt,
  type KeyHistory,
  type Violation,
} from '../replay/story/history.ts';
import type { Subject } from '../replay/story/tale.ts';
import type { EngineClient, PendingDetail } from '../worker/client.ts';
import type { RunStore } from './run.ts';
import type { OperationFocus, ViewState, ViewStore } from './view.ts';

export interface Story {
  readonly subject: Subject;
  readonly history: KeyHistory;
  readonly design: Design;
}

/** What is looked at, as far as it is known before its story is. */
export type Sought =
  | { readonly kind: 'violation'; readonly violation: Violation }
  | { readonly kind: 'operation'; readonly focus: OperationFocus };

export type StoryState =
  | { readonly phase: 'none' }
  /** `back`: so many microseconds before it are looked at now. */
  | { readonly phase: 'looking'; readonly sought: Sought; readonly back: number }
  | { readonly phase: 'told'; readonly sought: Sought; readonly story: Story }
  | { readonly phase: 'failed'; readonly sought: Sought; readonly why: string };

export type StoryStore = StoreApi<StoryState>;

const NONE: StoryState = { phase: 'none' };

/** Reads off a window what is sought; undefined where the window does not reach far enough back. */
type Reader = (history: KeyHistory, design: Design, last: boolean) => Subject | undefined;

/** Where a story is looked for, and what is made of what is found there. */
interface Search {
  readonly sought: Sought;
  readonly operation: number;
  readonly key: number;
  /** Windows reach back from here, microseconds. */
  readonly at: number;
  /** And so far beyond it. */
  readonly ahead: number;
  readonly read: Reader;
}

/** Follows what is focused. `dispose` stops that. */
export function createStories(
  client: Pick<EngineClient, 'detail'>,
  view: ViewStore,
  run: RunStore,
): { readonly store: StoryStore; dispose(): void } {
  const store = createStore<StoryState>()(() => NONE);
  let pending: PendingDetail | undefined;
  /** Counts what was asked for, so that an answer to an older question is recognised. */
  let asked = 0;

  function follow({ focusedViolation, focusedOperation }: ViewState): void {
    asked++;
    pending?.cancel();
    const { violations, design, runId } = run.getState();
    const violation = focusedViolation === undefined ? undefined : violationAt(violations, focusedViolation);
    const search =
      violation !== undefined
        ? ofViolation(violation)
        : focusedOperation === undefined || design === undefined
          ? undefined
          : ofOperation(focusedOperation, design);
    if (search === undefined || design === undefined) store.setState(NONE, true);
    else void look(search, design, runId, asked);
  }

  async function look(search: Search, design: Design, runId: number, question: number): Promise<void> {
    const { sought, key, operation, at, ahead, read } = search;
    for (const back of LOOK_BACK_US) {
      store.setState({ phase: 'looking', sought, back }, true);
      const from = Math.max(0, at - back);
      const to = Math.min(at + ahead, design.duration + ahead);
      pending = client.detail(runId, { from, to, sample: 1, focus: [operation], key, keyInFull: true });
      const detail = await pending.result;
      if (question !== asked) return;
      if (!detail.ok) {
        // By a newer run, whose first readings take the place of what is looked at.
        if (detail.error === 'cancelled') return;
        store.setState({ phase: 'failed', sought, why: detail.error }, true);
        return;
      }
      const history = historyOf(detail.value, key, design);
      const subject = read(history, design, back === LOOK_BACK_US.at(-1));
      if (subject === undefined) continue;
      store.setState({ phase: 'told', sought, story: { subject, history, design } }, true);
      return;
    }
    store.setState({ phase: 'failed', sought, why: 'it began too long ago' }, true);
  }

  const stop = view.subscribe((state, before) => {
    if (
      state.focusedViolation !== before.focusedViolation ||
      state.focusedOperation !== before.focusedOperation
    )
      follow(state);
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

function ofViolation(violation: Violation): Search {
  const { operation, key, time } = violation;
  return {
    sought: { kind: 'violation', violation },
    operation,
    key,
    at: time,
    ahead: LOOK_AHEAD_US,
    read(history, design, last) {
      const { expected, ...finding } = causeOf(history, violation, design);
      const measured = { ...violation, expected };
      if ('cause' in finding) return { kind: 'violation', violation: measured, cause: finding.cause };
      // The furthest look is the last: what it does not tell is not to be known.
      return last ? { kind: 'violation', violation: measured, cause: { kind: 'unknown' } } : undefined;
    },
  };
}

/** Its end is looked for as long as its client may wait; what became of it, a little longer. */
function ofOperation(focus: OperationFocus, design: Design): Search {
  const { operation, key, at } = focus;
  return {
    sought: { kind: 'operation', focus },
    operation,
    key,
    at: Math.floor(at),
    ahead: design.client.timeout + LOOK_AHEAD_US,
    read(history) {
      const account = accountOf(history, operation, key, design);
      return account === undefined ? undefined : { kind: 'operation', account };
    },
  };
}
