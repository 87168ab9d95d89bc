/**
 * A cause in words: a headline that names what did it, a sentence that says how, and the remedies that take it away.
 * Numbers are those of the facts; nothing is worked out here that the cause does not say.
 */
import type { RemedyName } from '../../design/remedies.ts';
import type { Cause, CauseKind, Fill } from './findings.ts';
import type { Violation } from './history.ts';
import type { Explanation, Wording } from './words.ts';

/** What the words are of: the older version, which somebody met, and the newer one, by which that is measured. */
interface Told extends Wording {
  readonly older: string;
  readonly newer: string;
}

/** `shard-1.replica-1 and shard-1.replica-3`. */
function listed(nodes: readonly number[], name: (node: number) => string): string {
  const names = nodes.map(name);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** Who of a write that was written twice had stopped waiting for the first copy. */
const SENT_AGAIN = {
  clients: 'Its client had given up on it',
  app: 'Its app had given up on the cache',
  cache: 'The cache had waited in vain for the store’s answer',
} as const;

/** `by` put the older version over the newer one. */
function filledOver(
  fill: Fill,
  by: string,
  { older, newer, name, span }: Told,
  remedies: readonly RemedyName[],
): Explanation {
  return {
    headline: `A ${by} filled ${name(fill.cache)} with ${older}, ${span(fill.filledAt - fill.newerAt)} after ${newer} was there.`,
    sentence: `It had read ${older} from ${name(fill.replica)} ${span(fill.filledAt - fill.readAt)} before it filled, and nobody asked which one was newer.`,
    remedies,
  };
}

const WORDS: { readonly [K in CauseKind]: (cause: Cause<K>, told: Told) => Explanation } = {
  lateForward: (cause, { older, newer, name, span }) => ({
    headline: `${older} waited ${span(cause.forwardedAt - cause.gaveUpAt)} in ${name(cause.cache)} after its app had given up on it, and was forwarded late.`,
    sentence: `${newer} had been committed ${span(cause.committedAt - cause.newerAt)} before the late ${older} reached the leader. Nobody asked which one was newer.`,
    remedies: ['fenceByVersion', 'noTimeout'],
  }),
  writtenTwice: (cause, { older, newer, span }) => ({
    headline: `${older} was ${cause.replaced ? 'replaced in the flush buffer, and a copy of it' : 'written twice, and its second copy'} reached the leader ${span(cause.committedAt - cause.newerAt)} after ${newer}.`,
    sentence:
      cause.gaveUp === undefined
        ? 'The last arrival won.'
        : `${SENT_AGAIN[cause.gaveUp.by]}, ${span(cause.committedAt - cause.gaveUp.at)} before, and sent it once more. The last arrival won.`,
    remedies: ['fenceByVersion', cause.gaveUp?.by === 'app' ? 'noTimeout' : 'patientClient'],
  }),
  laggingReplica: (cause, { older, newer, name, span }) => ({
    headline: `${name(cause.replica)} had not heard of ${newer}, committed ${span(cause.readAt - cause.newerAt)} before.`,
    sentence:
      cause.shownAt === undefined
        ? `It still answered with ${older} when this story ends.`
        : `It answered with ${older}, and with ${newer} or later ${span(cause.shownAt - cause.readAt)} after that.`,
    remedies: ['readFromLeader', 'readFromQuorum'],
  }),
  missedQuorum: (cause, { newer, name }) => ({
    headline: `The read heard ${listed(cause.heard, name)} first, and ${cause.heard.length === 1 ? 'it had' : 'none of them had'} ${newer} yet.`,
    sentence: `${newer} was on ${cause.holders.length === 0 ? 'no disk' : listed(cause.holders, name)} by then. Nothing makes the replicas that a read hears be among those that a write waited for.`,
    remedies: ['overlapQuorums'],
  }),
  twoOrders: (cause, { older, newer, name, span }) => ({
    headline: `${name(cause.cache)} took ${newer} first and ${older} ${span(cause.olderAppliedAt - cause.newerAppliedAt)} later; the store took them the other way round.`,
    sentence:
      cause.gaveUpAt === undefined
        ? 'Two writers of one key overtook each other on the way. In each place the last arrival won.'
        : `The app had given up on ${older} ${span(cause.olderAppliedAt - cause.gaveUpAt)} before; the message lived on in the queue.`,
    remedies: ['fenceByVersion', 'deleteOnWrite'],
  }),
  // A lease tells apart what was asked for before a write and after it. It cannot tell that a replica was behind.
  staleFill: (cause, told) => filledOver(cause, 'reader', told, ['fenceByVersion', 'fillByLease']),
  staleReload: (cause, told) => filledOver(cause, 'reload in the background', told, ['fenceByVersion']),
  laggingRefill: (cause, { newer, name, span }) => ({
    headline: `${name(cause.cache)} was filled from ${name(cause.replica)}, which had not heard of ${newer} yet.`,
    sentence: `${newer} had been committed ${span(cause.readAt - cause.newerAt)} before the replica was read; the entry stays until its TTL.`,
    // The leader's answers age on their way to the cache as well; a version is told there, whoever gave it.
    remedies: ['fenceByVersion', 'readFromLeader'],
  }),
  joinedLoad: (cause, { older, newer, name, span }) => ({
    headline: `It waited at ${name(cause.node)} for a load that ${name(cause.replica)} had answered ${span(cause.newerAt - cause.readAt)} before ${newer} was there.`,
    sentence: `Who misses a key that is being loaded waits, and is given what that load brings, here ${older}. It ends once the cache has heard of ${newer}.`,
    remedies: ['writeThrough'],
  }),
  tombstoneGone: (cause, { older, newer, name, span }) => ({
    headline: `The fence at ${name(cause.cache)} had run out when a reader brought ${older}, ${span(cause.filledAt - cause.droppedAt)} after it had learnt of ${newer}.`,
    sentence: 'A tombstone lives for the TTL. Messages that are older than that meet no fence.',
    remedies: ['outliveMessages'],
  }),
  lateInvalidation: (cause, { newer, name, span }) => ({
    headline: `The invalidation of ${newer} was still on its way through ${name(cause.cache)}, ${span(cause.readAt - cause.sentAt)} after it was sent.`,
    sentence: `${cause.gaveUpAt === undefined ? '' : `Its app had given up on the node, and waited for it no longer. `}${
      cause.doneAt === undefined
        ? 'It had not taken effect when this story ends.'
        : `It took effect ${span(cause.doneAt - cause.readAt)} after the read.`
    }`,
    remedies: [cause.gaveUpAt === undefined ? 'writeThrough' : 'noTimeout', 'boundByTtl'],
  }),
  lostInvalidation: (cause, { older, newer, name, span }) => ({
    headline: `The ${cause.message === 'put' ? 'write' : 'invalidation'} of ${newer} was lost on its way to ${name(cause.cache)}, ${span(cause.readAt - cause.sentAt)} before the read.`,
    sentence: `Nobody sends it again: the entry with ${older} lives to its TTL, or until somebody else touches it.`,
    // Who waits for good acknowledges nothing that the node has not heard.
    remedies: ['boundByTtl', 'noTimeout'],
  }),
  missedWhileAway: (cause, { older, newer, name, span }) => ({
    headline: `${name(cause.cache)} was away when ${newer} was written, and came back with ${older}.`,
    sentence: `What it was sent ${span(cause.readAt - cause.sentAt)} before the read never arrived${cause.backAt === undefined ? '' : `; it was back ${cause.backAt <= cause.readAt ? `${span(cause.readAt - cause.backAt)} before the read` : `${span(cause.backAt - cause.readAt)} after it`}`}. Versions cannot tell it what it has not heard.`,
    remedies: ['boundByTtl'],
  }),
  writtenPast: (cause, { newer, name, span }) => ({
    headline: `${newer} still waited at ${name(cause.cache)} when its app gave up and wrote the store past it.`,
    sentence: `It gave up ${span(cause.readAt - cause.gaveUpAt)} before the read, and the store committed ${newer} ${span(cause.readAt - cause.newerAt)} before it. The cache was not told by another way.`,
    remedies: ['invalidateToo', 'noTimeout'],
  }),
  notToldYet: (cause, { newer, name, span }) => ({
    headline: `${newer} was committed ${span(cause.readAt - cause.newerAt)} before, and ${name(cause.cache)} was still to be told.`,
    sentence: 'The store is written first; until the cache hears of it, it answers with what it has.',
    remedies: ['writeThrough'],
  }),
  neverTold: (cause, { older, newer, name, span }) => ({
    headline: `Nobody tells ${name(cause.cache)} of a write: it kept ${older} after ${newer} was committed.`,
    sentence: `Around the cache means past it: the entry lives to its TTL. This read came ${span(cause.readAt - cause.newerAt)} after the commit.`,
    remedies: ['deleteOnWrite', 'writeThrough'],
  }),
  servedUncommitted: (cause, { older, name, span }) => ({
    headline:
      cause.committedAt === undefined
        ? `${name(cause.cache)} showed ${older} before the store had it.`
        : `${name(cause.cache)} showed ${older} ${span(cause.committedAt - cause.servedAt)} before the store had committed it.`,
    sentence: 'Visible at once is visible too early: what is applied first may still be refused, or lost.',
    remedies: ['storeFirst'],
  }),
  notFlushedYet: (cause, { older, name, span }) => ({
    headline: `${name(cause.cache)} had acknowledged ${older} and not flushed it to the store yet.`,
    sentence:
      cause.committedAt === undefined
        ? 'It had not reached the store when this story ends. Until then it lives in one memory alone.'
        : `The store had it ${span(cause.committedAt - cause.servedAt)} after the read. Until then it lived in one memory alone.`,
    remedies: ['writeThrough', 'flushSooner'],
  }),
  servedPartial: (cause, { older, name, span }) => ({
    headline: `${name(cause.replica)} showed ${older} while ${cause.holders.length === 1 ? 'it alone' : `${cause.holders.length} replicas`} had it.`,
    sentence:
      cause.committedAt === undefined
        ? 'Too few disks hold it for an acknowledgement, and it is not refused either: its fate is open.'
        : `Enough disks held it ${span(cause.committedAt - cause.servedAt)} after the read. A replica without a leader cannot know.`,
    remedies: ['haveLeader'],
  }),
  readPastBuffer: (cause, { newer, name, span }) => ({
    headline: `The entry with ${newer} was gone from ${name(cause.cache)}, and a miss reads the store, not what waits to be flushed.`,
    sentence: `It left ${span(cause.readAt - cause.goneAt)} before the store was read${cause.committedAt === undefined ? ', which never had it in this story' : `, and the store had it ${span(cause.committedAt - cause.readAt)} after that`}.`,
    remedies: ['writeThrough', 'flushSooner'],
  }),
  lostWithCache: (cause, { name, span }) => ({
    headline: `The newest value was in the memory of ${name(cause.cache)} alone, which lost it before its flush.`,
    sentence: `${cause.ackedAt === undefined ? 'Nobody had been told yet.' : `It had been acknowledged ${span(Math.abs(cause.goneAt - cause.ackedAt))} ${cause.ackedAt <= cause.goneAt ? 'before' : 'after'}.`} An acknowledgement from memory promises what a memory can keep.`,
    remedies: ['writeThrough', 'flushSooner'],
  }),
  neverCommitted: (cause, { older, name, span }) => ({
    headline: `${name(cause.cache)} showed ${older}, and the store never got it.`,
    sentence:
      cause.lostAt === undefined
        ? 'Its PUT did not commit before the run ended.'
        : `Its PUT was lost ${cause.lostAt >= cause.servedAt ? `${span(cause.lostAt - cause.servedAt)} after` : `${span(cause.servedAt - cause.lostAt)} before`} the read; the entry stayed.`,
    remedies: ['storeFirst'],
  }),
  lostCopies: (cause, { older, name, span }) => ({
    headline: `${older} was on ${cause.copies === 1 ? 'one disk' : `${cause.copies} disks`} when it was acknowledged: ${cause.holders.map(name).join(', ') || 'none'}.`,
    sentence: `${cause.led ? 'When it was decided who leads on, no copy could come back.' : 'Then every disk that had it was destroyed.'} ${cause.ackedAt === undefined ? 'The acknowledgement itself lies before this story.' : `It had been acknowledged ${span(cause.decidedAt - cause.ackedAt)} before.`}`,
    remedies: ['majorityWrites', 'syncAlways'],
  }),
  lostUnsynced: (cause, { older, name }) => ({
    headline: `${older} was written on ${listed(cause.holders, name)} and not synced when their hosts went.`,
    sentence:
      'A disk that syncs now and then acknowledges what it does not have yet; a crash takes that back.',
    remedies: ['syncAlways', 'majorityWrites'],
  }),
  lostAtElection: (cause, { newer, name, span }) => ({
    headline: `${newer} was committed on ${name(cause.leader)} alone, and the one elected after it had no copy.`,
    sentence: `The election was ${span(cause.electedAt - cause.newerAt)} after the commit, and ${span(cause.readAt - cause.electedAt)} before the read. The store answers with what is left.`,
    remedies: ['majorityWrites'],
  }),
  unknown: () => ({
    headline: `What led to this does not show in the key’s history.`,
    sentence: 'The messages below are all there is of it. Step through them on the diagram.',
    remedies: ['fenceByVersion'],
  }),
};

/** `violation.expected` is the version that the story measures it by. */
export function explain<K extends CauseKind>(
  cause: Cause<K>,
  { version, expected }: Violation,
  wording: Wording,
): Explanation {
  return WORDS[cause.kind](cause, { ...wording, older: `v${version}`, newer: `v${expected}` });
}
