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
import type { DetailReading, SeriesReading } from '../engine/readings.ts';
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
  /** Goes to the first of the whole run and opens it; false where none is rendered. */
  goToFirst(stop: Stop): Promise<boolean>;
  dispose(): void;
}

/** A cursor that moves further than this in one step was put there by hand, microseconds. Play at speed 1 moves less. */
const JUMP_US = 500_000;

export function createStops(client: Pick<EngineClient, 'detail'>, view: ViewStore, run: RunStore): StopStore {
  const store = createStore<StopState>()(() => ({ on: new Set<Stop>(), held: undefined }));
  /** By stop: from where on it is looked for, microseconds; absent while it is not armed. */
  const armed = new Map<Stop, number>();
  /** The instant that is being looked up; play waits for it. */
  let looking: PendingDetail | undefined;
  /** True while this moves the cursor itself. */
  let moving = false;

  function leave(): void {
    looking?.cancel();
    looking = undefined;
  }

  function arm(): void {
    leave();
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

  /**
   * Play waits while a bucket is looked through that has what `stop` stops at, and goes on if it has none of it after all.
   * Whatever comes first there holds it. `begins`: where the part begins that has not been looked through.
   */
  async function look(
    stop: Stop,
    bucket: number,
    design: Design,
    runId: number,
    begins = bucket * BUCKET_US,
  ): Promise<void> {
    view.pause();
    const ends = (bucket + 1) * BUCKET_US;
    const asked = client.detail(runId, { from: begins, to: ends, sample: 'all', focus: [], key: -1 });
    looking = asked;
    const detail = await asked.result;
    if (looking !== asked) return;
    looking = undefined;
    const from = armed.get(stop);
    if (!detail.ok && detail.error !== 'cancelled' && from !== undefined) {
      // The series have said that it is here; when exactly stays unknown. A run that failed has said why already.
      if (run.getState().phase !== 'failed')
        run.notify(`Play has stopped up to 0.1 s too early: ${detail.error}`);
      hold(stop, { time: Math.max(from, begins) }, design);
      return;
    }
    const known = detail.ok && detail.value.truncated ? detail.value.to : ends;
    const first = detail.ok ? firstIn(detail.value, known) : undefined;
    if (first !== undefined) hold(first.stop, first.instant, design);
    else if (known > begins && known < ends) void look(stop, bucket, design, runId, known);
    else {
      for (const [each, from] of armed) if (each !== 'staleRead') armed.set(each, Math.max(from, ends));
      view.play();
    }
  }

  /** What play is to be held at first, of all that happens before an instant. */
  function firstIn(detail: DetailReading, before: number): { stop: Stop; instant: Instant } | undefined {
    const { violations } = run.getState();
    return [...armed]
      .flatMap(([stop, from]) => {
        const instant =
          stop === 'staleRead' ? staleReadFrom(violations, from) : instantIn(detail, stop, from);
        return instant !== undefined && instant.time < before ? [{ stop, instant }] : [];
      })
      .sort((a, b) => a.instant.time - b.instant.time)[0];
  }

  /** Looked for bucket by bucket; `left` once the cursor was put elsewhere meanwhile. */
  async function firstEvent(
    stop: Exclude<Stop, 'staleRead'>,
    series: SeriesReading,
    design: Design,
    runId: number,
  ): Promise<Instant | 'left' | undefined> {
    for (let from = 0; ;) {
      const bucket = bucketOf(series, design, stop, from);
      if (bucket === undefined) return undefined;
      const begins = Math.max(from, bucket * BUCKET_US);
      const ends = (bucket + 1) * BUCKET_US;
      const asked = client.detail(runId, { from: begins, to: ends, sample: 'all', focus: [], key: -1 });
      looking = asked;
      const detail = await asked.result;
      if (looking !== asked) return 'left';
      looking = undefined;
      if (!detail.ok) return detail.error === 'cancelled' ? 'left' : { time: begins };
      const first = instantIn(detail.value, stop, begins);
      const known = detail.value.truncated ? Math.max(detail.value.to, begins + 1) : ends;
      if (first !== undefined && first.time < known) return first;
      from = known;
    }
  }

  function watch(cursor: number): void {
    const { design, series, violations, runId } = run.getState();
    if (design === undefined || series === undefined || looking !== undefined) return;
    for (const [stop, from] of armed) {
      const bucket = stop === 'staleRead' ? undefined : bucketOf(series, design, stop, from);
      if (bucket === undefined || bucket * BUCKET_US > cursor) continue;
      void look(stop, bucket, design, runId);
      return;
    }
    const from = armed.get('staleRead');
    const stale = from === undefined ? undefined : staleReadFrom(violations, from);
    if (stale !== undefined && stale.time <= cursor) hold('staleRead', stale, design);
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
      if (on.delete(stop)) armed.delete(stop);
      else {
        on.add(stop);
        armed.set(stop, view.getState().cursor);
      }
      store.setState({ on });
    },

    async goToFirst(stop: Stop) {
      const { design, series, violations, runId } = run.getState();
      if (design === undefined || series === undefined) return false;
      leave();
      view.pause();
      const first =
        stop === 'staleRead' ? staleReadFrom(violations, 0) : await firstEvent(stop, series, design, runId);
      if (first === undefined) return false;
      if (first === 'left') return true;
      hold(stop, first, design);
      // It was put there by hand: the other stops are looked for from there on.
      arm();
      armed.delete(stop);
      return true;
    },

    dispose() {
      for (const end of stops) end();
      leave();
    },
  });
}
