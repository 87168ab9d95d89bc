/**
 * A cause in words: a headline that names what did it, a sentence that says how, and the remedies that take it away.
 * Numbers are those of the facts; nothing is worked out here that the cause does not say.
 */
import type { RemedyName } from '../../design/remedies.ts';
import type { Cause } from './cause.ts';
import type { KeyHistory, Violation } from './history.ts';

export interface Explanation {
  readonly headline: string;
  readonly sentence: string;
  readonly remedies: readonly RemedyName[];
}

/** How the words name things and write spans of time. */
export interface Wording {
  readonly name: (node: number) => string;
  /** From microseconds. */
  readonly span: (us: number) => string;
}

export function wordingOf({ nodes }: KeyHistory, span: (us: number) => string): Wording {
  return { name: (node) => nodes[node]?.name ?? 'a node', span };
}

/** `s-417 read v41 after its own v42 was acknowledged`: what was broken, whoever did it. */
export function titleOf({ kind, session, version, expected, extra }: Violation, { span }: Wording): string {
  const who = `s-${session}`;
  switch (kind) {
    case 'readYourWrites':
      return `${who} read v${version} after its own v${expected} was acknowledged`;
    case 'monotonicReads':
      return `${who} read v${version} after it had read v${expected}`;
    case 'staleRead':
      return `${who} read v${version}, out of date for ${span(extra)}`;
    case 'dirtyRead':
      return `${who} read v${version} before it was committed`;
    case 'phantomRead':
      return `${who} read v${version}, which was never committed`;
    case 'lostAckedWrite':
      return `v${version} of ${who} was acknowledged and then lost`;
    case 'storeRegression':
      return `The store went back from v${expected} to v${version}`;
  }
}

export function explain(
  cause: Cause,
  { version, expected }: Violation,
  { name, span }: Wording,
): Explanation {
  const [older, newer] = [`v${version}`, `v${expected}`];
  switch (cause.kind) {
    case 'lateForward':
      return {
        headline: `${older} waited ${span(cause.forwardedAt - cause.gaveUpAt)} in ${name(cause.cache)} after its app had given up on it, and was forwarded late.`,
        sentence: `${newer} had been committed ${span(cause.committedAt - cause.newerAt)} before the late ${older} reached the leader. Nobody asked which one was newer.`,
        remedies: ['fenceByVersion', 'noTimeout'],
      };
    case 'writtenTwice':
      return {
        headline: `${older} was written twice, and its second copy reached the leader ${span(cause.committedAt - cause.newerAt)} after ${newer}.`,
        sentence:
          cause.gaveUpAt === undefined
            ? 'The last arrival won.'
            : `The cache had forwarded it already when its app gave up waiting, ${span(cause.committedAt - cause.gaveUpAt)} before, and wrote it once more past the cache. The last arrival won.`,
        remedies: ['fenceByVersion', 'noTimeout'],
      };
    case 'laggingReplica':
      return {
        headline: `${name(cause.replica)} had not heard of ${newer}, committed ${span(cause.readAt - cause.newerAt)} before.`,
        sentence:
          cause.shownAt === undefined
            ? `It still answered with ${older} when this story ends.`
            : `It answered with ${older}, and with ${newer} or later ${span(cause.shownAt - cause.readAt)} after that.`,
        remedies: ['readFromLeader', 'readFromQuorum'],
      };
    case 'twoOrders':
      return {
        headline: `${name(cause.cache)} took ${newer} first and ${older} ${span(cause.olderAppliedAt - cause.newerAppliedAt)} later; the store took them the other way round.`,
        sentence:
          cause.gaveUpAt === undefined
            ? 'Two writers of one key overtook each other on the way. In each place the last arrival won.'
            : `The app had given up on ${older} ${span(cause.olderAppliedAt - cause.gaveUpAt)} before; the message lived on in the queue.`,
        remedies: ['fenceByVersion', 'deleteOnWrite'],
      };
    case 'staleFill':
      return cause.readAt >= cause.newerAt
        ? {
            headline: `${name(cause.cache)} was filled from ${name(cause.replica)}, which had not heard of ${newer} yet.`,
            sentence: `${newer} had been committed ${span(cause.readAt - cause.newerAt)} before the replica was read; the entry stays until its TTL.`,
            remedies: ['fenceByVersion', 'readFromLeader'],
          }
        : {
            headline: `A reader filled ${name(cause.cache)} with ${older} ${span(cause.filledAt - cause.newerAt)} after ${newer} was committed.`,
            sentence: `It had read ${older} from ${name(cause.replica)} ${span(cause.newerAt - cause.readAt)} before the commit, and brought it late.`,
            remedies: ['fillByLease', 'fenceByVersion'],
          };
    case 'lateInvalidation':
      return {
        headline: cause.lost
          ? `The invalidation of ${newer} was lost on its way to ${name(cause.cache)}.`
          : `The invalidation of ${newer} was still on its way through ${name(cause.cache)}, ${span(cause.readAt - cause.sentAt)} after it was sent.`,
        sentence:
          cause.doneAt === undefined
            ? `The entry with ${older} lives to its TTL, or until somebody else touches it.`
            : `It took effect ${span(cause.doneAt - cause.readAt)} after the read.`,
        remedies: ['noTimeout', 'deleteOnWrite'],
      };
    case 'notToldYet':
      return {
        headline: `${newer} was committed ${span(cause.readAt - cause.newerAt)} before, and ${name(cause.cache)} was still to be told.`,
        sentence: 'The store is written first; until the cache hears of it, it answers with what it has.',
        remedies: ['writeThrough'],
      };
    case 'neverTold':
      return {
        headline: `Nobody tells ${name(cause.cache)} of a write: it kept ${older} after ${newer} was committed.`,
        sentence: `Around the cache means past it: the entry lives to its TTL. This read came ${span(cause.readAt - cause.newerAt)} after the commit.`,
        remedies: ['deleteOnWrite', 'writeThrough'],
      };
    case 'servedUncommitted':
      return {
        headline:
          cause.committedAt === undefined
            ? `${name(cause.cache)} showed ${older} before the store had it.`
            : `${name(cause.cache)} showed ${older} ${span(cause.committedAt - cause.servedAt)} before the store had committed it.`,
        sentence:
          'Visible at once is visible too early: what is applied first may still be refused, or lost.',
        remedies: ['storeFirst'],
      };
    case 'neverCommitted':
      return {
        headline: `${name(cause.cache)} showed ${older}, and the store never got it.`,
        sentence:
          cause.lostAt === undefined
            ? 'Its PUT did not commit before the run ended.'
            : `Its PUT was lost ${cause.lostAt >= cause.servedAt ? `${span(cause.lostAt - cause.servedAt)} after` : `${span(cause.servedAt - cause.lostAt)} before`} the read; the entry stayed.`,
        remedies: ['storeFirst'],
      };
    case 'lostCopies':
      return {
        headline: `${older} was on ${cause.copies === 1 ? 'one disk' : `${cause.copies} disks`} when it was acknowledged: ${cause.holders.map(name).join(', ') || 'none'}.`,
        sentence: `When it was decided who leads on, no copy could come back. ${cause.ackedAt === undefined ? 'The acknowledgement itself lies before this story.' : `It had been acknowledged ${span(cause.decidedAt - cause.ackedAt)} before.`}`,
        remedies: ['majorityWrites', 'syncAlways'],
      };
    case 'unknown':
      return {
        headline: `What led to this does not show in the key’s history.`,
        sentence: 'The messages below are all there is of it. Step through them on the diagram.',
        remedies: ['fenceByVersion'],
      };
  }
}
