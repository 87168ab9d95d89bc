/**
 * The surroundings of a page inside somebody else's (`?embed`): it reads its link and nothing else. What the reader has
 * stored is neither asked for nor written, the address stays as it was given, and links lead to the whole page.
 */
import { createClient, type EngineClient } from '../worker/client.ts';
import { openWorker } from '../worker/client-line.ts';
import type { ComparisonClient } from '../worker/client-comparison.ts';
import { firstPaint, heldUntil } from '../worker/client-held.ts';
import { addressOf } from './address.ts';
import { PICTURE_WITHIN_MS } from './browser.ts';
import type { Surroundings } from './session.ts';
import type { KeyValue } from './work.ts';

const EMBED = 'embed';

/** Whether an address asks for the diagram alone. */
export function isEmbedded({ search }: Pick<Location, 'search'>): boolean {
  return new URLSearchParams(search).has(EMBED);
}

/** The address of the diagram alone, for a link to the whole page. */
export function embedAddress(link: string): string {
  const url = new URL(link);
  url.search = EMBED;
  return url.href;
}

/** It forgets at once, and so never fails. */
const NOTHING_KEPT: KeyValue = {
  getItem: () => null,
  setItem: () => undefined,
  removeItem: () => undefined,
  key: () => null,
  length: 0,
};

/** Nothing shows a comparison here: the link keeps it, and nobody runs it. */
const NOT_COMPARED: ComparisonClient = {
  compare: () => undefined,
  more: () => undefined,
  stop: () => undefined,
  dispose: () => undefined,
};

const never = () => ({ result: new Promise<never>(() => undefined), cancel: () => undefined });

/** Nor the figures of a marked window: the link keeps the window, and nobody reckons it. */
const NOT_MEASURED: Pick<EngineClient, 'excerpt'> = { excerpt: never };

/** Nor charts with a ghost behind them: the link keeps it, and nobody renders it. */
const NOT_RENDERED: EngineClient = {
  render: () => 0,
  proceed: () => undefined,
  detail: never,
  excerpt: never,
  visibility: never,
  dispose: () => undefined,
};

/** What a session needs, from the window of an embedded page. */
export function embeddedSurroundings(window: Window): Surroundings {
  const address = addressOf(window);
  const open = heldUntil(firstPaint(), openWorker);
  return {
    engine: (notice) => ({ ...createClient(open, notice), ...NOT_MEASURED }),
    engineBeside: () => NOT_RENDERED,
    comparisons: NOT_COMPARED,
    storage: NOTHING_KEPT,
    tab: undefined,
    pictureWithin: PICTURE_WITHIN_MS,
    now: () => 0,
    newId: () => '',
    address: {
      ...address,
      base: () => address.base().replace(/[?].*$/s, ''),
      replace: () => undefined,
    },
    nextFrame: (callback) => {
      window.requestAnimationFrame(callback);
    },
    onLeave: () => () => undefined,
  };
}
