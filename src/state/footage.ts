/**
 * The messages of a stretch of the run at a speed of play, all of them fetched before it is played: the same windows that
 * the screen would come by, for somebody who cannot wait in between.
 */
import { err, ok, type Result } from '../base/result.ts';
import type { Speed } from '../design/linkView.ts';
import type { WatchedDetail } from '../replay/detail.ts';
import type { EngineClient } from '../worker/client.ts';
import { DENSER_LIMIT, watched } from './details.ts';
import type { RenderedDesign } from './run.ts';
import { requestFor, windowAt } from './windows.ts';

export interface Stretch {
  /** Microseconds, [from, to). */
  readonly from: number;
  readonly to: number;
  readonly speed: Speed;
  /** Rank of the key that is followed, and the session, if one is. */
  readonly key: number;
  readonly session: number | undefined;
}

/** The windows of a stretch, in order. */
export type Footage = readonly WatchedDetail[];

/** @param progress is told which share of the stretch is there; once it returns false, nothing more is fetched */
export async function fetchFootage(
  client: Pick<EngineClient, 'detail'>,
  { run, design }: RenderedDesign,
  { from, to, speed, key, session }: Stretch,
  progress: (share: number) => boolean,
): Promise<Result<Footage>> {
  const footage: WatchedDetail[] = [];
  let denser = 0;
  for (let cursor = from; cursor < to;) {
    const window = windowAt(cursor, speed, design, denser);
    const request = requestFor(window, { key, session, focus: [] });
    const detail = await client.detail(run, request).result;
    if (!detail.ok) return detail;
    // So much happens that shorter windows are needed, as on the screen.
    if (detail.value.truncated && denser < DENSER_LIMIT) denser++;
    else {
      footage.push(watched(detail.value, request));
      cursor = window.end;
    }
    if (!progress(Math.min(1, (cursor - from) / (to - from)))) return err('cancelled');
  }
  return ok(footage);
}

/** The window that covers a cursor for play, that is the last one that begins before it; undefined where none does. */
export function windowIn(footage: Footage, cursor: number): WatchedDetail | undefined {
  return footage.findLast(({ from, to }, i) => {
    const begins = i === 0 ? from : (footage[i - 1]?.to ?? from);
    return begins <= cursor && cursor < to;
  });
}
