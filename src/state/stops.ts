/**
 * Where play stops of itself: at the first timeout, the first stale read, the first failover that it comes to. Each stop is
 * armed where the person has put the cursor, holds play once, and is armed again when the cursor is put elsewhere. The
 * series say in which tenth of a second it is, the detail of that stretch the instant. It opens what it stopped at.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Design } from '../design/design.ts';
import { nodesOf } from '../design/nodes.ts';
import { BUCKET_US } from '../design/readings.ts';
import { bucketOf, instantIn, staleReadFrom, type Instant, type Stop } from '../replay/stops.ts';
import type { EngineClient, PendingDetail } from '../worker/client.ts';
import type { RunStore } from './run.ts';
import type { ViewStore } from './view.ts';

export interface StopState {
  readonly on: ReadonlySet<Stop>;
  /** What play was held at last, in the words of the design's places; undefined once the cursor has gone on. */
  readonly held:
    { readonly stop: Stop; readonly time: number; readonly place: string | undefined } | undefined;
}

export interface StopStore extends StoreApi<StopState> {
  toggle(stop: Stop): void;
  dispose(): void;
}

/** A cursor that moves further than this in one step was put there by hand, microseconds. Play at speed 1 moves less. */
const JUMP_US = 500_000;

export function createStops(client: Pick<EngineClient, 'detail'>, view: ViewStore, run: RunStore): StopStore {
  const store = createStore<StopState>()(() => ({ on: new Set<Stop>(), held: undefined }));
  /** By stop: from where on it is looked for, microseconds; absent while it is not armed. */
  const armed = new Map<Stop, number>();
  let pending: PendingDetail | undefined;
  /** True while this moves the cursor itself. */
  let moving = false;

  function arm(): void {
    pending?.cancel();
    pending = undefined;
    armed.clear();
    for (const stop of store.getState().on) armed.set(stop, view.getState().cursor);
  }

  function hold(stop: Stop, { time, row, operation, key, node }: Instant, design: Design): void {
    armed.delete(stop);
    const place = node === undefined ? undefined : nodesOf(design)[node]?.name;
    moving = true;
    view.pause();
    view.seek(time);
    if (row !== undefined) view.focusViolation(row);
    else if (operation !== undefined && key !== undefined) view.focusOperation({ operation, key, at: time });
    else if (place !== undefined) view.select(place);
    moving = false;
    store.setState({ held: { stop, time, place } });
  }

  /** Play waits while the instant is looked up, and goes on if there is none after all. */
  async function look(
    stop: Exclude<Stop, 'staleRead'>,
    bucket: number,
    from: number,
    design: Design,
    runId: number,
  ): Promise<void> {
    view.pause();
    const asked = client.detail(runId, {
      from: bucket * BUCKET_US,
      to: (bucket + 1) * BUCKET_US,
      sample: 'all',
      focus: [],
      key: -1,
    });
    pending = asked;
    const detail = await asked.result;
    if (pending !== asked) return;
    pending = undefined;
    const instant = detail.ok ? instantIn(detail.value, stop, from) : undefined;
    if (instant !== undefined) {
      hold(stop, instant, design);
      return;
    }
    armed.set(stop, (bucket + 1) * BUCKET_US);
    view.play();
  }

  function watch(cursor: number): void {
    const { design, series, violations, runId } = run.getState();
    if (design === undefined || series === undefined || pending !== undefined) return;
    for (const [stop, from] of armed) {
      if (stop === 'staleRead') {
        const found = staleReadFrom(violations, from);
        if (found !== undefined && found.time <= cursor) {
          hold(stop, found, design);
          return;
        }
        continue;
      }
      const bucket = bucketOf(series, design, stop, from);
      if (bucket === undefined || bucket * BUCKET_US > cursor) continue;
      void look(stop, bucket, from, design, runId);
      return;
    }
  }

  const stops = [
    view.subscribe((state, before) => {
      if (moving || state.cursor === before.cursor) return;
      if (store.getState().held !== undefined) store.setState({ held: undefined });
      if (!state.playing || Math.abs(state.cursor - before.cursor) > JUMP_US) arm();
      else watch(state.cursor);
    }),
    run.subscribe((state, before) => {
      if (state.runId !== before.runId) arm();
    }),
  ];

  return Object.assign(store, {
    toggle(stop: Stop) {
      const on = new Set(store.getState().on);
      if (!on.delete(stop)) on.add(stop);
      store.setState({ on });
      arm();
    },

    dispose() {
      for (const end of stops) end();
      pending?.cancel();
      pending = undefined;
    },
  });
}
