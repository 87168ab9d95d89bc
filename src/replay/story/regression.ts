/** Why the store showed an older version after a newer one: it took the older one up again, or lost the newer one. */
import { FURTHER, type Cause, type Finding } from './findings.ts';
import { commitOf, gaveUpBefore, holdersOf, tierOf, type Source } from './facts.ts';
import { writerOf, type KeyHistory } from './history.ts';

/** The last time that the store took up the older version after the newer one, up to an instant. */
export function regressionBefore(
  history: KeyHistory,
  older: number,
  newer: number,
  until: number,
): Finding | undefined {
  const commits = history.happenings.filter(({ type, time }) => type === 'commit' && time <= until);
  const back = commits.findLast((each) => each.version === older);
  if (back === undefined) return undefined;
  const ofNewer = commits.filter((each) => each.version === newer);
  // At one instant several may commit: what comes back with it was still gone when the older one came.
  if (ofNewer.some((each) => each.place > back.place && each.time < until)) return undefined;
  const newerCommit = ofNewer.findLast((each) => each.place < back.place);
  // What was written in this window and not committed was not there to be overwritten.
  if (newerCommit === undefined && (history.from === 0 || writerOf(history, newer) !== undefined))
    return undefined;
  // It was committed before the newer one too, or it would be the newer one.
  const newerAt = newerCommit?.time ?? history.from;
  const writer = back.operation;
  const gaveUp = gaveUpBefore(history, writer, back.time);
  const begun = writerOf(history, older) !== undefined;
  const copies = commits.filter(({ version }) => version === older).length;
  const copy = arrivals(history, writer, back.time).at(begun ? copies - 1 : -1);
  if (
    copy?.givenUp &&
    gaveUp !== undefined &&
    gaveUp.time <= copy.sentAt &&
    tierOf(history, copy.from) === 'cache'
  ) {
    return {
      cause: {
        kind: 'lateForward',
        writer,
        cache: copy.from,
        gaveUpAt: gaveUp.time,
        forwardedAt: copy.sentAt,
        committedAt: back.time,
        newerAt,
      },
    };
  }
  if (!begun && history.from > 0) return FURTHER;
  const by = (['app', 'clients', 'cache'] as const).find((tier) =>
    gaveUpBefore(history, writer, back.time, tier),
  );
  const at = by && gaveUpBefore(history, writer, back.time, by)?.time;
  const cause: Cause = {
    kind: 'writtenTwice',
    writer,
    gaveUp: by === undefined || at === undefined ? undefined : { by, at },
    replaced: begun && copies === 1,
    committedAt: back.time,
    newerAt,
  };
  return { cause };
}

/**
 * The messages that brought a write to the store up to an instant, in the order in which they arrived. A key's writes
 * commit in the order of its log: the copy that came n-th is the n-th that is committed.
 */
function arrivals(history: KeyHistory, operation: number, until: number) {
  return history.messages
    .filter(
      (each) =>
        each.operation === operation &&
        each.kind === 'put' &&
        !each.answer &&
        !each.lost &&
        each.arrivesAt <= until &&
        tierOf(history, each.to) === 'store',
    )
    .sort((a, b) => a.arrivesAt - b.arrivesAt);
}

/** The newer version was committed, and whoever was elected before the read had no copy of it. */
export function lostAtElection(
  history: KeyHistory,
  newer: number,
  { time: readAt }: Source,
): Cause | undefined {
  const commit = commitOf(history, newer);
  if (commit === undefined) return undefined;
  const election = history.happenings.find(
    (each) => each.type === 'elected' && each.time >= commit.time && each.time <= readAt,
  );
  if (election === undefined || election.node === commit.node) return undefined;
  if (holdersOf(history, newer, election.time).some((node) => node !== commit.node)) return undefined;
  return {
    kind: 'lostAtElection',
    newerAt: commit.time,
    leader: commit.node,
    electedAt: election.time,
    readAt,
  };
}
