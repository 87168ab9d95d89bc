/** A session whose outside is in the test's hand: the engine's line, the storage, the address bar, frames and wall time. */
import { afterEach, beforeEach, vi } from 'vitest';
import { createClient } from '../../src/worker/client.ts';
import type { OpenLine } from '../../src/worker/client-line.ts';
import type { ComparisonClient } from '../../src/worker/client-comparison.ts';
import { createSession, type Session, type Surroundings } from '../../src/state/session.ts';
import type { KeyValue } from '../../src/state/work.ts';
import { BUCKET_US, NODE_WIDTH, SYSTEM_WIDTH } from '../../src/design/readings.ts';
import { seedDesign, type Design } from '../../src/design/design.ts';
import { nodesOf } from '../../src/design/nodes.ts';
import type { DetailRequest } from '../../src/engine/readings.ts';
import type { Progress, Reply, Request } from '../../src/worker/protocol.ts';
import { AN_EMPTY_FILM, NOTHING_COMMITTED, NOTHING_KEPT } from './details.ts';
import { playedLines } from './lines.ts';
import { aSummary } from './summaries.ts';

export function aStorage(
  entries: Record<string, string> = {},
): KeyValue & { readonly map: Map<string, string> } {
  const map = new Map(Object.entries(entries));
  return {
    map,
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
    key: (index) => [...map.keys()][index] ?? null,
    get length() {
      return map.size;
    },
  };
}

/** The seed's design, with another seed: a change that everybody notices. */
export const seeded = (seed: number): Design => ({ ...seedDesign, seed });
export const SEED_CHANGE = { label: 'seed' };

/** Has the tests of a file let wall time pass themselves. */
export function holdTime(): void {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}

let ids = 0;

export interface Given {
  readonly fragment?: string;
  /** What stands before it in the address, with its `?`. */
  readonly query?: string;
  readonly storage?: KeyValue | undefined;
  /** Of this tab alone; another one for each session, where it is not handed on as by a reload. */
  readonly tab?: KeyValue;
  /** In place of the line that the test plays. */
  readonly open?: OpenLine;
  readonly comparisons?: ComparisonClient;
  /** How long the page's first picture is waited for, milliseconds; none is, where it is not given. */
  readonly pictureWithin?: number;
}

/** Takes what it is asked, and never answers. */
export const NO_COMPARISONS: ComparisonClient = {
  compare: () => undefined,
  more: () => undefined,
  stop: () => undefined,
  dispose: () => undefined,
};

type Asked<T extends Request['type']> = Extract<Request, { type: T }>;

/** Use with vitest's fake timers: `pass` lets wall time go by. */
export function aSession(given: Given = {}) {
  const { open, lines } = playedLines();
  const frames: (() => void)[] = [];
  let fragment = given.fragment ?? '';
  let changed: (text: string) => void = () => undefined;
  let leave: () => void = () => undefined;
  const written: string[] = [];
  const engine: Surroundings['engine'] = (notice) => createClient(given.open ?? open, notice);
  const session: Session = createSession({
    engine,
    engineBeside: engine,
    comparisons: given.comparisons ?? NO_COMPARISONS,
    storage: 'storage' in given ? given.storage : aStorage(),
    tab: given.tab ?? aStorage(),
    pictureWithin: given.pictureWithin ?? 0,
    now: () => Date.now(),
    newId: () => `id-${(ids += 1)}`,
    address: {
      base: () => 'https://throughline.example/play/',
      query: () => given.query ?? '',
      fragment: () => fragment,
      replace: (text) => {
        fragment = text;
        written.push(text);
      },
      onChange: (listener) => {
        changed = listener;
        return () => {
          changed = () => undefined;
        };
      },
    },
    nextFrame: (callback) => void frames.push(callback),
    onLeave: (listener) => {
      leave = listener;
      return () => {
        leave = () => undefined;
      };
    },
  });
  const asked = <T extends Request['type']>(type: T): Asked<T>[] =>
    lines.flatMap(({ sent }) => sent).filter((request): request is Asked<T> => request.type === type);
  const reply = (answer: Reply): void => {
    lines.at(-1)?.events.reply(answer);
  };
  const lastRender = (): Asked<'render'> => {
    const last = asked('render').at(-1);
    if (last === undefined) throw new Error('nothing was rendered');
    return last;
  };
  return {
    session,
    lines,
    asked,
    reply,
    written,
    lastRender,
    frame: () => {
      for (const callback of frames.splice(0)) callback();
    },
    leave: () => {
      leave();
    },
    pass: (ms: number) => vi.advanceTimersByTimeAsync(ms),
    paste: (text: string) => {
      fragment = text;
      changed(text);
    },
    /** Puts a link into the address bar, and gives what lets the page hear of it. */
    type: (text: string) => {
      fragment = text;
      return () => {
        changed(text);
      };
    },
    /** The newest run has got so far. */
    progress: (renderedTo: number) => {
      const { id, design } = lastRender();
      reply({ id, type: 'progress', progress: aProgress(renderedTo, nodesOf(design).length) });
    },
    done: (digest = '') => {
      const { id } = lastRender();
      const end = { violations: new Int32Array(0), wallMs: 10, operations: 100, resumedFrom: 0 };
      reply({ id, type: 'done', summary: aSummary({ digest }), ...end });
    },
    answerDetail: async (changes: { truncated?: boolean; to?: number } = {}) => {
      const last = asked('detail').at(-1);
      if (last === undefined) throw new Error('no detail was asked for');
      reply({ id: last.id, type: 'detail', detail: { ...emptyDetail(last.request), ...changes } });
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

export function aProgress(renderedTo: number, nodeCount = 3): Progress {
  const buckets = Math.floor(renderedTo / BUCKET_US);
  return {
    renderedTo,
    fromBucket: 0,
    series: {
      buckets,
      nodeCount,
      system: new Float32Array(buckets * SYSTEM_WIDTH).fill(1),
      nodes: new Float32Array(buckets * nodeCount * NODE_WIDTH).fill(1),
    },
    tails: { get: 4000, put: 7000 },
    fromViolation: 0,
    violations: new Int32Array(0),
    film: AN_EMPTY_FILM,
  };
}

function emptyDetail({ from, to }: DetailRequest) {
  return {
    from,
    to,
    oneIn: 1,
    hops: new Int32Array(0),
    events: new Int32Array(0),
    levels: new Int32Array(0),
    held: new Int32Array(13).fill(-1),
    kept: NOTHING_KEPT,
    committed: NOTHING_COMMITTED,
    ofSession: [],
    truncated: false,
  };
}
