/**
 * Questions to a key's history that more than one cause asks: who served a read, when a version was committed, who gave
 * up on what, which fault had a node at an instant. Each answers from the rows alone, and says so when they do not tell.
 */
import type { Design, Fault, FaultKind } from '../../design/design.ts';
import { zoneName, type NodeInfo } from '../../design/nodes.ts';
import { Commits } from '../commits.ts';
import { FURTHER, type Finding } from './findings.ts';
import type { Happening, KeyHistory, Message, Violation } from './history.ts';

/** Where a read got its value: a node and the moment (microseconds), with its place among all happenings. */
export interface Source {
  readonly node: number;
  readonly time: number;
  readonly place: number;
  /** The answer of the store to another one's load, for which the read had waited; undefined: it was not served by one. */
  readonly load?: Message;
}

/** Nothing found: further back there may be more, unless this is the beginning. */
export function open({ from }: KeyHistory): Finding {
  return from > 0 ? FURTHER : { cause: { kind: 'unknown' } };
}

/** The tier of a node by its id; undefined for what is no node. */
export function tierOf({ nodes }: KeyHistory, node: number) {
  return nodes[node]?.tier;
}

/** The place of the first happening after an instant. */
function placeAt({ happenings }: KeyHistory, time: number): number {
  return happenings.find((each) => each.time > time)?.place ?? happenings.length;
}

/**
 * Who served the value that a read returned. A read that waited for another one's load was served by the cache node that it
 * filled, or where it filled none before it landed, by the replica that it had read.
 */
export function sourceOf(history: KeyHistory, { operation, version, time }: Violation): Source | undefined {
  const own = history.happenings.filter((each) => each.operation === operation && each.time <= time);
  const answers = history.messages.filter(
    (each) =>
      each.kind === 'get' && each.answer && !each.lost && each.version === version && each.arrivesAt <= time,
  );
  const hit = own.findLast((each) => each.type === 'hit' && each.version === version);
  const gaveUp = gaveUpBefore(history, operation, time) !== undefined;
  // Of several replicas that are asked the first to say so is one that the read waited for. What the store tells a cache
  // node beside a hit is a reload; what it tells one that the app gave up on comes too late.
  const [fromStore] = answers
    .filter(
      (each) =>
        each.operation === operation &&
        tierOf(history, each.from) === 'store' &&
        ((hit === undefined && !gaveUp) || tierOf(history, each.to) === 'app'),
    )
    .sort((a, b) => a.arrivesAt - b.arrivesAt);
  if (fromStore !== undefined) {
    const served = own.findLast(({ type, call }) => type === 'endService' && call === fromStore.call);
    return {
      node: fromStore.from,
      time: fromStore.sentAt,
      place: served?.place ?? placeAt(history, fromStore.sentAt),
    };
  }
  if (hit !== undefined) return { node: hit.node, time: hit.time, place: hit.place };
  const joined = answers.findLast(
    (each) => each.operation === operation && tierOf(history, each.from) === 'cache',
  );
  const load = joinedLoad(history, answers, operation, joined);
  if (load !== undefined)
    return { node: load.from, time: load.sentAt, place: placeAt(history, load.sentAt), load };
  if (joined === undefined) return undefined;
  return { node: joined.from, time: joined.sentAt, place: placeAt(history, joined.sentAt) };
}

/**
 * The load of another operation that served this one and filled nothing before that: an app's, whose fill comes after it
 * has landed, or a cache node's whose fill was turned away.
 */
function joinedLoad(
  history: KeyHistory,
  answers: readonly Message[],
  operation: number,
  joined: Message | undefined,
): Message | undefined {
  const landed = (each: Happening): boolean =>
    joined === undefined
      ? each.type === 'step' && each.operation === operation && tierOf(history, each.node) === 'app'
      : each.type === 'refuse' && each.node === joined.from && each.time === joined.sentAt;
  const waited = history.happenings.filter(landed);
  return answers.findLast(
    (each) =>
      each.operation !== operation &&
      tierOf(history, each.from) === 'store' &&
      waited.some(({ node, time, operation: by, version }) =>
        joined === undefined
          ? node === each.to && time === each.arrivesAt && version === each.version
          : node === each.to && by === each.operation && version === each.version,
      ),
  );
}

/** The first commit of a version in the window, up to an instant. */
export function commitOf(
  { happenings }: KeyHistory,
  version: number,
  until = Number.POSITIVE_INFINITY,
): Happening | undefined {
  return happenings.find((each) => each.type === 'commit' && each.version === version && each.time <= until);
}

/** Since when a version counts as committed, microseconds; undefined: not up to an instant, or not in this window. */
export function committedSince(history: KeyHistory, version: number, until: number): number | undefined {
  const at = (commitOf(history, version) ?? { time: overtakenAt(history, version) }).time;
  return at === undefined || at > until ? undefined : at;
}

/** When a version that has no commit of its own came to a disk that had, or went on to have, a newer one that was committed. */
function overtakenAt(history: KeyHistory, version: number): number | undefined {
  const settledAt = history.committed.later.get(version);
  const came = history.happenings.find(
    (each) =>
      (each.type === 'durable' || each.type === 'refuse') &&
      each.version === version &&
      tierOf(history, each.node) === 'store',
  );
  return came === undefined || settledAt === undefined ? undefined : Math.max(came.time, settledAt);
}

/**
 * The newer version that a violation is measured by. Of a stale read the run only says which one was the newest when it
 * was judged: what it should have seen is the last one that was committed before it began, and for the first time: what is
 * committed once more keeps its place. Undefined: not in this window.
 */
export function owedVersion(
  { happenings, committed }: KeyHistory,
  { kind, operation, version, expected }: Violation,
): number | undefined {
  if (kind !== 'staleRead') return expected;
  const begun = happenings.find((each) => each.type === 'startOperation' && each.operation === operation);
  if (begun === undefined) return undefined;
  const commits = new Commits(committed);
  return happenings.findLast(
    (each) =>
      commits.isNews(each.type, each.version, each.time) &&
      each.version !== version &&
      each.place < begun.place,
  )?.version;
}

/** When its app first gave up on a call of this operation, or another tier on what it had asked for, up to an instant. */
export function gaveUpBefore(
  history: KeyHistory,
  operation: number,
  time: number,
  tier: NodeInfo['tier'] = 'app',
): Happening | undefined {
  return history.happenings.find(
    (each) =>
      each.type === 'timeout' &&
      each.operation === operation &&
      each.time <= time &&
      tierOf(history, each.node) === tier,
  );
}

/** The answer of the store that a fill brought into the cache; undefined when a PUT applied it. */
export function fillBy(history: KeyHistory, applied: Happening): Message | undefined {
  return history.messages.findLast(
    (each) =>
      each.operation === applied.operation &&
      each.kind === 'get' &&
      each.answer &&
      each.version === applied.version &&
      each.arrivesAt <= applied.time &&
      tierOf(history, each.from) === 'store',
  );
}

/** The replicas that had put a version on their disks by an instant. */
export function holdersOf({ happenings }: KeyHistory, version: number, by: number): readonly number[] {
  const durable = happenings.filter(
    (each) => each.type === 'durable' && each.version === version && each.time <= by,
  );
  return [...new Set(durable.map(({ node }) => node))];
}

/** Kinds of fault after which a node no longer hears what it is sent; those after which it has forgotten what it held. */
const AWAY: readonly FaultKind[] = ['crash', 'destroy', 'partition', 'pause'];
const FORGETS: readonly FaultKind[] = ['crash', 'destroy', 'flush'];

/** The fault that keeps a node away at an instant, if one does. */
export function awayAt(history: KeyHistory, design: Design, node: number, time: number): Fault | undefined {
  return faultsOn(history, design, node, AWAY).find(
    (fault) => fault.at <= time && (fault.for === undefined || time < fault.at + fault.for),
  );
}

/** The first fault in a stretch of time that makes a node forget. */
export function forgotIn(
  history: KeyHistory,
  design: Design,
  node: number,
  from: number,
  to: number,
): Fault | undefined {
  return faultsOn(history, design, node, FORGETS).find(({ at }) => at >= from && at <= to);
}

function faultsOn(
  { nodes }: KeyHistory,
  design: Design,
  node: number,
  kinds: readonly FaultKind[],
): readonly Fault[] {
  const info = nodes[node];
  return design.faults.filter(
    ({ target, kind }) =>
      kinds.includes(kind) &&
      (target === info?.name ||
        (kind !== 'partition' && info !== undefined && target === zoneName(info.zone))),
  );
}

/** Ways in which an entry leaves a cache node that stands. */
export const LEAVES: readonly Happening['type'][] = ['remove', 'expire', 'evict'];

/** When the entry that was applied at an instant left the cache of itself, before `place`. */
export function leftSince(
  { happenings }: KeyHistory,
  cache: number,
  since: number,
  place: number,
): number | undefined {
  return happenings.find(
    (each) => each.node === cache && each.time >= since && each.place < place && LEAVES.includes(each.type),
  )?.time;
}
