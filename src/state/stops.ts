/**
 * Where play stops of itself: at the first timeout, the first stale read, the first failover that it comes to. Each stop is
 * armed where the person has put the cursor, holds play once, and is armed again when the cursor is put elsewhere. The
 * series say in which tenth of a second it is, the detail of that stretch the instant. It opens what it stopped at.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Result } from '../base/result.ts';
import type { Design } from '../design/design.ts';
import { nodesOf } from '../design/nodes.ts';
import { BUCKET_US } from '../design/readings.ts';
import { bucketOf, instantIn, staleReadFrom, type Instant, type Stop } from '../replay/stops.ts';
import type { DetailReading, SeriesReading } from '../engine/readings.ts';
import type { EngineClient, PendingDetail } from '../worker/client.ts';
import type { RenderedDesign, RunStore } from './run.ts';
import type { ViewStore } from './view.ts';
import { requestForAll } from './windows.ts';

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

/** Nothing holds play as yet. */
export function createStops(client: Pick<EngineClient, 'detail'>, view: ViewStore, run: RunStore): StopStore {
  const store = createStore<StopState>()(() => ({ on: new Set<Stop>(), held: undefined }));
  /** By stop: from where on it is looked for, microseconds; absent while it is not armed. */
  const armed = new Map<Stop, number>();
  /** Play waits for what it finds. */
  const lookUp = new LookUp(client);
  /** True while this moves the cursor itself. */
  let moving = false;

  function leave(): void {
    lookUp.leave();
    view.wait(false);
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
    { run: runId, design }: RenderedDesign,
    begins = bucket * BUCKET_US,
  ): Promise<void> {
    view.wait(true);
    const ends = (bucket + 1) * BUCKET_US;
    const detail = await lookUp.detail(runId, begins, ends);
    if (detail === 'left') return;
    view.wait(false);
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
    else if (known > begins && known < ends) void look(stop, bucket, { run: runId, design }, known);
    else for (const [each, from] of armed) if (each !== 'staleRead') armed.set(each, Math.max(from, ends));
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

  function watch(cursor: number): void {
    const { design, series, violations, runId } = run.getState();
    if (design === undefined || series === undefined || lookUp.isUnderWay()) return;
    for (const [stop, from] of armed) {
      const bucket = stop === 'staleRead' ? undefined : bucketOf(series, design, stop, from);
      if (bucket === undefined || bucket * BUCKET_US > cursor) continue;
      void look(stop, bucket, { run: runId, design });
      return;
    }
    const from = armed.get('staleRead');
    const stale = from === undefined ? undefined : staleReadFrom(violations, from);
    if (stale !== undefined && stale.time <= cursor) hold('staleRead', stale, design);
  }

  const subscriptions = [
    view.subscribe((state, before) => {
      // Who pauses meanwhile wants to stay where that is.
      if (!moving && before.playing && !state.playing) leave();
      if (moving || state.cursor === before.cursor) return;
      if (store.getState().held !== undefined) store.setState({ held: undefined });
      if (state.waits || !state.playing || Math.abs(state.cursor - before.cursor) > JUMP_US) arm();
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
        stop === 'staleRead'
          ? staleReadFrom(violations, 0)
          : await firstOf(stop, series, { run: runId, design }, lookUp);
      if (first === undefined) return false;
      if (first === 'left') return true;
      hold(stop, first, design);
      // It was put there by hand: the other stops are looked for from there on.
      arm();
      armed.delete(stop);
      return true;
    },

    dispose() {
      for (const end of subscriptions) end();
      lookUp.leave();
    },
  });
}

/** The first of a whole run, looked for bucket by bucket; `left` once the cursor was put elsewhere meanwhile. */
async function firstOf(
  stop: Exclude<Stop, 'staleRead'>,
  series: SeriesReading,
  { run, design }: RenderedDesign,
  lookUp: LookUp,
): Promise<Instant | 'left' | undefined> {
  for (let from = 0; ;) {
    const bucket = bucketOf(series, design, stop, from);
    if (bucket === undefined) return undefined;
    const begins = Math.max(from, bucket * BUCKET_US);
    const ends = (bucket + 1) * BUCKET_US;
    const detail = await lookUp.detail(run, begins, ends);
    if (detail === 'left') return 'left';
    if (!detail.ok) return detail.error === 'cancelled' ? 'left' : { time: begins };
    const first = instantIn(detail.value, stop, begins);
    const known = detail.value.truncated ? Math.max(detail.value.to, begins + 1) : ends;
    if (first !== undefined && first.time < known) return first;
    from = known;
  }
}

/** Asks for all that happens in a stretch, one at a time: whoever asks for another, or leaves, has left the one before. */
class LookUp {
  readonly #client: Pick<EngineClient, 'detail'>;
  #pending: PendingDetail | undefined;

  constructor(client: Pick<EngineClient, 'detail'>) {
    this.#client = client;
  }

  isUnderWay(): boolean {
    return this.#pending !== undefined;
  }

  /** @param from microseconds, as is `to`: [from, to) */
  async detail(run: number, from: number, to: number): Promise<Result<DetailReading> | 'left'> {
    const pending = this.#client.detail(run, requestForAll(from, to));
    this.#pending = pending;
    const detail = await pending.result;
    if (this.#pending !== pending) return 'left';
    this.#pending = undefined;
    return detail;
  }

  leave(): void {
    this.#pending?.cancel();
    this.#pending = undefined;
  }
}
