/**
 * Holds a derived cause against the raw rows of the whole run of its key: that every instant and place it names is a row
 * of that kind, and that the state of caches and replicas at that instant is the one that the cause tells of.
 */
import type { Design } from '../../src/design/design.ts';
import { nodesOf } from '../../src/design/nodes.ts';
import { HOP_FLAGS } from '../../src/design/readings.ts';
import type { DetailReading } from '../../src/engine/readings.ts';
import type { Cause } from '../../src/replay/story/findings.ts';
import type { Violation } from '../../src/replay/story/history.ts';
import { witnessOf } from './witness.ts';

/** What the cause says that the rows do not; empty where it is right. `whole` is the key's detail from 0 on. */
export function audit(whole: DetailReading, design: Design, violation: Violation, cause: Cause): string[] {
  const { rows, hops, tier, has, sent, heldAt, committed, overtaken, disks, heard, forgets, acked } =
    witnessOf(whole, design, violation.key);
  const wrong: string[] = [];
  const hold = (right: boolean, words: string): void => {
    if (!right) wrong.push(`${cause.kind}: ${words}`);
  };
  const { version: older, expected: newer } = violation;
  if (violation.kind === 'staleRead') {
    const first = (version: number) =>
      rows.find((row) => row.what === 'commit' && row.version === version)?.time;
    hold((first(older) ?? 0) <= (first(newer) ?? 0), 'the newer one was first committed after the older one');
  }

  switch (cause.kind) {
    case 'lateForward':
    case 'writtenTwice': {
      const commits = rows.filter(({ what, version }) => what === 'commit' && version === older);
      // One that was replaced in a flush buffer has its place without a commit of its own.
      const replaced =
        design.policy === 'write-behind' &&
        rows.some(({ what, version }) => what === 'apply' && version === older);
      hold(commits.length > 1 || replaced, 'the older version was committed twice');
      hold(
        has('commit', cause.committedAt, { version: older, operation: cause.writer }),
        'it came back then',
      );
      hold(has('commit', cause.newerAt, { version: newer }), 'the newer one was committed then');
      hold(cause.newerAt <= cause.committedAt, 'the newer one was there before');
      if (cause.kind === 'writtenTwice') {
        hold(
          cause.replaced === (commits.length === 1),
          'it had been committed before, or replaced in a buffer',
        );
        const { by, at } = cause.gaveUp ?? {};
        const wait = rows.find(
          ({ what, time, operation, node }) =>
            what === 'timeout' && time === at && operation === cause.writer && tier(node) === by,
        );
        hold(wait !== undefined || by === undefined, `the ${by ?? ''} gave up then`);
        return wrong;
      }
      hold(
        rows.some(
          ({ what, time, operation, node }) =>
            what === 'timeout' &&
            time === cause.gaveUpAt &&
            operation === cause.writer &&
            tier(node) === 'app',
        ),
        'its app gave up then',
      );
      const forward = sent('put', {
        operation: cause.writer,
        from: cause.cache,
        time: cause.forwardedAt,
        answer: false,
      });
      hold(forward !== undefined, 'the cache forwarded it then');
      hold(((forward?.flags ?? 0) & HOP_FLAGS.givenUp) !== 0, 'it had been given up on by then');
      return wrong;
    }
    case 'laggingReplica': {
      hold(tier(cause.replica) === 'store', 'a replica served it');
      hold(heldAt(cause.replica, cause.readAt) === older, 'it showed the older version');
      hold(cause.newerAt <= cause.readAt, 'the newer one was committed before');
      const showed = rows.some(
        ({ what, node, version, time }) =>
          what === 'expose' && node === cause.replica && version === newer && time < cause.readAt,
      );
      hold(!showed, 'it had never shown the newer one');
      return wrong;
    }
    case 'missedQuorum':
      hold(cause.heard.length === design.store.r, 'it took as many answers as it waits for');
      for (const node of cause.heard)
        hold(
          sent('get', {
            ...(!design.cache.singleFlight && { operation: violation.operation }),
            from: node,
            answer: true,
          }) !== undefined,
          `replica ${node} answered`,
        );
      hold(
        cause.heard.some((node) => heldAt(node, cause.readAt) === older),
        'one of them had the version that was returned',
      );
      hold(
        cause.heard.every(
          (node) => !disks(newer, cause.newerAt).includes(node) || heldAt(node, cause.readAt) !== newer,
        ),
        'none of them had the newer one',
      );
      hold(same(cause.holders, disks(newer, cause.readAt)), 'those disks had the newer one');
      return wrong;
    case 'twoOrders': {
      hold(
        has('apply', cause.newerAppliedAt, { node: cause.cache, version: newer }),
        'the newer one came then',
      );
      hold(
        has('apply', cause.olderAppliedAt, { node: cause.cache, version: older }),
        'the older one came then',
      );
      hold(cause.newerAppliedAt <= cause.olderAppliedAt, 'the older one came last');
      hold(
        heldAt(cause.cache, violation.time) === older || heard(cause.cache, older, violation.time),
        'it held it',
      );
      hold(
        rows.some(
          ({ what, version, operation }) =>
            what === 'startOperation' && version === older && operation === cause.writer,
        ),
        'a PUT brought it',
      );
      return wrong;
    }
    case 'staleFill':
    case 'staleReload':
    case 'laggingRefill': {
      hold(
        has('apply', cause.filledAt, { node: cause.cache, version: older, operation: cause.filler }),
        'it was filled then',
      );
      const answer = sent('get', {
        operation: cause.filler,
        from: cause.replica,
        time: cause.readAt,
        answer: true,
      });
      hold(answer?.version === older, 'the replica had answered with it then');
      hold(
        committed(newer, cause.newerAt) ||
          overtaken(newer, cause.newerAt) ||
          heard(cause.cache, newer, cause.newerAt) ||
          has('endService', cause.newerAt, { node: cause.cache }) ||
          acked(newer, cause.newerAt),
        'the newer one was there then',
      );
      hold(cause.newerAt <= cause.filledAt, 'the fill came after it');
      hold(
        (cause.kind === 'laggingRefill') ===
          (committed(newer, cause.readAt) || overtaken(newer, cause.readAt)),
        'the replica was behind, or the fill was',
      );
      const hit = rows.some(
        ({ what, operation, node }) => what === 'hit' && operation === cause.filler && node === cause.cache,
      );
      if (cause.kind === 'staleReload')
        hold(hit && design.policy === 'refresh-ahead', 'a hit began the reload');
      if (cause.kind === 'staleFill')
        hold(!hit || design.policy !== 'refresh-ahead', 'a miss began the fill');
      return wrong;
    }
    case 'joinedLoad': {
      const answer = sent('get', {
        operation: cause.loader,
        from: cause.replica,
        node: cause.node,
        time: cause.readAt,
        answer: true,
      });
      hold(answer?.version === older, 'the replica had answered the load with it then');
      hold(cause.loader !== violation.operation, 'the load was another one’s');
      hold(design.cache.singleFlight, 'loads are waited for');
      hold(
        committed(newer, cause.newerAt) || overtaken(newer, cause.newerAt) || acked(newer, cause.newerAt),
        'the newer one was there then',
      );
      hold(cause.readAt < cause.newerAt, 'the load had been answered before');
      return wrong;
    }
    case 'tombstoneGone':
      hold(design.cache.fencing === 'version', 'there is a fence');
      hold(
        has('apply', cause.filledAt, { node: cause.cache, version: older, operation: cause.filler }),
        'it was filled then',
      );
      hold(
        has('endService', cause.droppedAt) || has('apply', cause.droppedAt, { version: newer }),
        'the cache had learnt of the newer one then',
      );
      hold(
        // An entry's own end is drawn.
        design.cache.ttl !== 'off' &&
          cause.filledAt - cause.droppedAt > design.cache.ttl * (1 - design.cache.ttlJitter),
        'what it had learnt had ended by itself',
      );
      return wrong;
    case 'lateInvalidation': {
      const invalidation = sent('invalidate', { node: cause.cache, version: newer, time: cause.sentAt });
      hold(invalidation !== undefined, 'the invalidation was sent then');
      hold(has('endService', cause.doneAt, { call: invalidation?.call ?? -1 }), 'it took effect then');
      hold(
        has('timeout', cause.gaveUpAt, { operation: invalidation?.operation ?? -1 }),
        'its app gave up then',
      );
      hold(cause.doneAt === undefined || cause.doneAt >= cause.readAt, 'that was after the read');
      hold(heldAt(cause.cache, cause.readAt) === older, 'the cache held the older version');
      return wrong;
    }
    case 'lostInvalidation':
    case 'missedWhileAway': {
      const lost = hops.find(
        ({ what, node, version, time }) =>
          (what === 'invalidate' || what === 'put') &&
          node === cause.cache &&
          version === newer &&
          time === cause.sentAt,
      );
      hold(lost !== undefined, 'it was sent then');
      const died =
        ((lost?.flags ?? 0) & HOP_FLAGS.lost) !== 0 ||
        rows.some(({ what, call }) => what === 'lose' && call === lost?.call);
      hold(died, 'it was lost');
      hold(!rows.some(({ what, call }) => what === 'endService' && call === lost?.call), 'nobody served it');
      hold(heldAt(cause.cache, cause.readAt) === older, 'the cache held the older version');
      const away = design.faults.find(
        ({ target, at, kind }) =>
          target === nodesOf(design)[cause.cache]?.name &&
          ['crash', 'destroy', 'partition', 'pause'].includes(kind) &&
          at <= cause.sentAt,
      );
      hold(
        (away !== undefined) === (cause.kind === 'missedWhileAway'),
        'the node itself was away, or it was not',
      );
      return wrong;
    }
    case 'writtenPast':
      hold(has('timeout', cause.gaveUpAt, { operation: cause.writer }), 'its app gave up then');
      hold(cause.gaveUpAt <= cause.newerAt, 'the store had it after that');
      hold(
        sent('put', { operation: cause.writer, node: cause.cache }) !== undefined,
        'the PUT went to the cache',
      );
      hold(heldAt(cause.cache, cause.readAt) === older, 'the cache held the older version');
      return wrong;
    case 'notToldYet':
    case 'neverTold': {
      hold(heldAt(cause.cache, cause.readAt) === older, 'the cache held the older version');
      hold(cause.newerAt <= cause.readAt, 'the newer one was there before');
      const told = hops.some(
        ({ what, node, version, arrives }) =>
          (what === 'put' || what === 'invalidate') &&
          node === cause.cache &&
          version === newer &&
          arrives <= cause.readAt,
      );
      hold(!told || !heard(cause.cache, newer, cause.readAt), 'the cache had not done what it was told');
      if (cause.kind === 'neverTold')
        hold(
          !hops.some(({ what, node }) => (what === 'put' || what === 'invalidate') && node === cause.cache),
          'nobody tells it of writes',
        );
      return wrong;
    }
    case 'servedUncommitted':
    case 'notFlushedYet':
      hold(tier(cause.cache) === 'cache', 'a cache node served it');
      hold(heldAt(cause.cache, cause.servedAt) === older, 'it held that version');
      hold(!committed(older, cause.servedAt - 1), 'it was not committed by then');
      hold(has('commit', cause.committedAt, { version: older }), 'it was committed then');
      hold(
        (cause.kind === 'notFlushedYet') === (design.policy === 'write-behind'),
        'a flush is what it waits for, or not',
      );
      return wrong;
    case 'servedPartial':
      hold(heldAt(cause.replica, cause.servedAt) === older, 'the replica showed it');
      hold(same(cause.holders, disks(older, cause.servedAt)), 'those disks had it');
      hold(cause.holders.length < design.store.w, 'they were too few');
      return wrong;
    case 'neverCommitted':
      hold(heldAt(cause.cache, cause.servedAt) === older, 'the cache held it');
      hold(!committed(older, Number.POSITIVE_INFINITY), 'it was never committed');
      hold(has('lose', cause.lostAt), 'a message of it was lost then');
      return wrong;
    case 'readPastBuffer':
      hold(!committed(newer, cause.readAt - 1), 'the store did not have it');
      hold(heard(cause.cache, newer, cause.goneAt), 'the cache had held it');
      hold(heldAt(cause.cache, cause.goneAt) === -1, 'its entry was gone');
      return wrong;
    case 'lostWithCache': {
      const gone = violation.kind === 'lostAckedWrite' || violation.kind === 'phantomRead' ? older : newer;
      hold(heard(cause.cache, gone, cause.goneAt), 'the cache had held it');
      hold(!committed(gone, Number.POSITIVE_INFINITY), 'it never came to the store');
      hold(forgets(cause.cache, cause.goneAt), 'a fault emptied the node then');
      hold(has('endOperation', cause.ackedAt), 'it was acknowledged then');
      return wrong;
    }
    case 'lostCopies':
    case 'lostUnsynced': {
      hold(same(cause.holders, disks(older, cause.ackedAt ?? cause.decidedAt)), 'those disks had it');
      hold(
        has('endOperation', cause.ackedAt, { operation: violation.operation }),
        'it was acknowledged then',
      );
      hold(cause.decidedAt === violation.time, 'it was decided then');
      const enough = cause.holders.length > 1 && cause.holders.length >= design.store.w;
      hold(
        (enough && design.store.fsync !== 'always') === (cause.kind === 'lostUnsynced'),
        'there were too few copies, or they were not synced',
      );
      if (cause.kind === 'lostCopies')
        hold(
          cause.led ? design.store.mode === 'leader' : design.faults.some(({ kind }) => kind === 'destroy'),
          'it was decided who leads on, or disks were destroyed',
        );
      return wrong;
    }
    case 'lostAtElection':
      hold(has('elected', cause.electedAt), 'an election was held then');
      hold(
        has('commit', cause.newerAt, { version: newer, node: cause.leader }),
        'the leader had committed it',
      );
      hold(same(disks(newer, cause.electedAt), [cause.leader]), 'nobody else had it');
      return wrong;
    case 'unknown':
      return ['nothing was found'];
  }
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return [...a].sort().join() === [...b].sort().join();
}
