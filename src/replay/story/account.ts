/**
 * The account of one operation, whether it hurt anybody or not: what it did, how it ended, where its time went, and what
 * is worth saying of it. Time is shared out instant by instant: to the service that it had, or else to the queue that it
 * stood in, to the link that it was on, to the copies that it waited for, or to nothing at all.
 */
import type { Design } from '../../design/design.ts';
import { hasCache } from '../../design/policies/registry.ts';
import { OPERATION_ENDINGS, type Ending } from '../../design/readings.ts';
import { commitOf, tierOf } from './facts.ts';
import type { Happening, KeyHistory, Message } from './history.ts';

export const PARTS = ['network', 'queue', 'service', 'replication', 'idle'] as const;
export type Part = (typeof PARTS)[number];

/** Instants are microseconds. */
export interface Account {
  readonly operation: number;
  readonly key: number;
  readonly session: number;
  readonly kind: 'put' | 'get';
  /** What it wrote, or what it was answered with; -1 where it was not answered. */
  readonly version: number;
  readonly startedAt: number;
  /** When it ended for its client; undefined: not in this window. */
  readonly endedAt: number | undefined;
  readonly ending: Ending | undefined;
  /** Microseconds up to its end. */
  readonly parts: Readonly<Record<Part, number>>;
  readonly timeouts: number;
  readonly point: Point;
}

/** What is worth saying of an operation; the first of these that holds. Instants and waits are microseconds. */
export type Point =
  /** Its client gave up, and it was committed after all. */
  | { readonly kind: 'surfaced'; readonly committedAt: number; readonly gaveUpAt: number }
  /** A message of it was lost, and nobody sent it again. */
  | { readonly kind: 'lost'; readonly node: number; readonly at: number }
  /** Its client was told no: the app had given up on a cache node, or else a replica refused it. */
  | { readonly kind: 'toldNo'; readonly cache: number | undefined; readonly at: number }
  /** Its client gave up while it was still alive. */
  | { readonly kind: 'unanswered'; readonly gaveUpAt: number }
  /** It gave up on a cache node and went to the store. */
  | { readonly kind: 'fallback'; readonly cache: number; readonly gaveUpAt: number }
  /** Others were loading the same key as it missed. */
  | { readonly kind: 'stampede'; readonly cache: number; readonly loads: number }
  /** Most of its time went by in one queue. */
  | { readonly kind: 'queued'; readonly node: number; readonly waited: number; readonly ahead: number }
  | { readonly kind: 'plain' };

/** Loads of one key at a time, its own included, that make a stampede. */
const STAMPEDE_LOADS = 3;

/** Undefined where the operation does not begin in this window: further back there is more. */
export function accountOf(
  history: KeyHistory,
  operation: number,
  key: number,
  design: Design,
): Account | undefined {
  const own = history.happenings.filter((each) => each.operation === operation);
  const start = own.find(({ type }) => type === 'startOperation');
  if (start === undefined) return undefined;
  const end = own.find(({ type }) => type === 'endOperation');
  const kind = start.version > 0 ? 'put' : 'get';
  const ending = end === undefined ? undefined : OPERATION_ENDINGS[end.extra];
  const messages = history.messages.filter((each) => each.operation === operation);
  return {
    operation,
    key,
    session: start.extra,
    kind,
    version: kind === 'put' ? start.version : ending === 'ok' ? (end?.version ?? -1) : -1,
    startedAt: start.time,
    endedAt: end?.time,
    ending,
    parts: partsOf(own, messages, start.time, end?.time ?? history.to),
    timeouts: own.filter(({ type }) => type === 'timeout').length,
    point: pointOf(history, own, messages, start, end, design),
  };
}

function pointOf(
  history: KeyHistory,
  own: readonly Happening[],
  messages: readonly Message[],
  start: Happening,
  end: Happening | undefined,
  design: Design,
): Point {
  if (end !== undefined && end.extra > 0) {
    const commit = start.version > 0 ? commitOf(history, start.version) : undefined;
    if (commit !== undefined && commit.time > end.time)
      return { kind: 'surfaced', committedAt: commit.time, gaveUpAt: end.time };
    const lost = own.find(({ type, time }) => type === 'lose' && time <= end.time);
    if (lost !== undefined) return { kind: 'lost', node: lost.node, at: lost.time };
    const gaveUp = own.some(({ type, node, time }) => type === 'timeout' && node === 0 && time === end.time);
    const cache = cacheGivenUpOn(history, own, messages)?.cache;
    const refused = start.version > 0 && OPERATION_ENDINGS[end.extra] === 'failed';
    if (!gaveUp && (cache !== undefined || refused)) return { kind: 'toldNo', cache, at: end.time };
    return { kind: 'unanswered', gaveUpAt: end.time };
  }
  const givenUpOn = cacheGivenUpOn(history, own, messages);
  if (givenUpOn !== undefined) return { kind: 'fallback', ...givenUpOn };
  const miss = own.find(({ type }) => type === 'miss');
  if (miss !== undefined) {
    const loads = loadsAt(history, miss.time, design);
    if (loads >= STAMPEDE_LOADS) return { kind: 'stampede', cache: miss.node, loads };
  }
  const longest = waitsOf(own).sort((a, b) => b.waited - a.waited)[0];
  const whole = (end?.time ?? history.to) - start.time;
  if (longest !== undefined && longest.waited * 2 > whole) return { kind: 'queued', ...longest };
  return { kind: 'plain' };
}

/** The cache node that the operation's app gave up on, where that was its first timeout. */
function cacheGivenUpOn(
  history: KeyHistory,
  own: readonly Happening[],
  messages: readonly Message[],
): { readonly cache: number; readonly gaveUpAt: number } | undefined {
  const gaveUp = own.find(({ type, node }) => type === 'timeout' && node !== 0);
  const call = messages.find((each) => each.call === gaveUp?.call && !each.answer);
  if (gaveUp === undefined || call === undefined || tierOf(history, call.to) !== 'cache') return undefined;
  return { cache: call.to, gaveUpAt: gaveUp.time };
}

/** Reads of the key that the store was asked for by others and had not answered at an instant, this one's own counted in. */
function loadsAt(history: KeyHistory, time: number, { policy }: Design): number {
  if (!hasCache(policy)) return 1;
  const loading = history.messages.filter(
    (each) =>
      each.kind === 'get' && !each.answer && tierOf(history, each.to) === 'store' && each.sentAt <= time,
  );
  const answers = new Map(
    history.messages
      .filter((each) => each.answer && each.kind === 'get')
      .map((each) => [each.call, each.arrivesAt]),
  );
  return 1 + loading.filter(({ call }) => (answers.get(call) ?? Number.POSITIVE_INFINITY) > time).length;
}

function waitsOf(own: readonly Happening[]) {
  return own
    .filter(({ type }) => type === 'enqueue')
    .map(({ node, call, time, extra }) => {
      const taken = own.find(
        (each) => each.type === 'startService' && each.call === call && each.time >= time,
      );
      return { node, waited: (taken?.time ?? time) - time, ahead: extra - 1 };
    });
}

/** A stretch of time in which an operation was somewhere, and which of several counts: the lowest. */
interface Stretch {
  readonly part: Part;
  readonly from: number;
  readonly to: number;
}

const RANKS: readonly Part[] = ['service', 'queue', 'network', 'replication'];

function partsOf(
  own: readonly Happening[],
  messages: readonly Message[],
  from: number,
  to: number,
): Readonly<Record<Part, number>> {
  const stretches = stretchesOf(own, messages);
  const instants = [...new Set([from, to, ...stretches.flatMap((each) => [each.from, each.to])])]
    .filter((time) => time >= from && time <= to)
    .sort((a, b) => a - b);
  const parts: Record<Part, number> = { network: 0, queue: 0, service: 0, replication: 0, idle: 0 };
  instants.slice(1).forEach((until, i) => {
    const since = instants[i] ?? until;
    const here = stretches.filter((each) => each.from <= since && each.to >= until);
    const part = RANKS.find((rank) => here.some((each) => each.part === rank)) ?? 'idle';
    parts[part] += until - since;
  });
  return parts;
}

/** Where an operation's calls were, as long as somebody waited for them. */
function stretchesOf(own: readonly Happening[], messages: readonly Message[]): readonly Stretch[] {
  const gaveUp = new Map(own.filter(({ type }) => type === 'timeout').map(({ call, time }) => [call, time]));
  const until = (call: number, time: number) => Math.min(time, gaveUp.get(call) ?? time);
  const copies = new Set(
    messages.filter(({ kind }) => kind === 'replicate' || kind === 'commitNotice').map(({ call }) => call),
  );
  const ways = messages
    .filter(({ givenUp, kind }) => !givenUp && kind !== 'commitNotice')
    .map(({ kind, sentAt, arrivesAt, call }): Stretch => ({
      part: kind === 'replicate' ? 'replication' : 'network',
      from: sentAt,
      to: until(call, arrivesAt),
    }));
  const abandoned = new Set(messages.filter(({ givenUp }) => givenUp).map(({ call }) => call));
  const stays = own.flatMap((each): Stretch[] => {
    const { type, call, time } = each;
    if (abandoned.has(call)) return [];
    const next = type === 'enqueue' ? 'startService' : type === 'startService' ? 'endService' : undefined;
    if (next === undefined) return [];
    const over = own.find((later) => later.type === next && later.call === call && later.place > each.place);
    const to = until(call, over?.time ?? Number.POSITIVE_INFINITY);
    if (copies.has(call)) return [{ part: 'replication', from: time, to }];
    return [{ part: type === 'enqueue' ? 'queue' : 'service', from: time, to }];
  });
  return [...ways, ...stays];
}
