/** Why the store showed an older version after a newer one: it took the older one up again, or lost the newer one. */
import { FURTHER, type Cause, type Finding } from './findings.ts';
import { commitOf, gaveUpBefore, holdersOf, tierOf, type Source } from './facts.ts';
import { writerOf, type Happening, type KeyHistory } from './history.ts';

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
  const gaveUp = gaveUpBefore(history, back.operation, back.time);
  const forward = forwardBefore(history, back);
  if (forward !== undefined && gaveUp !== undefined && gaveUp.time <= forward.sentAt) {
    return {
      cause: {
        kind: 'lateForward',
        writer: back.operation,
        cache: forward.from,
        gaveUpAt: gaveUp.time,
        forwardedAt: forward.sentAt,
        committedAt: back.time,
        newerAt,
      },
    };
  }
  const begun = writerOf(history, older);
  if (begun === undefined && history.from > 0) return FURTHER;
  const cause: Cause = {
    kind: 'writtenTwice',
    writer: back.operation,
    gaveUpAt: gaveUp?.time,
    committedAt: back.time,
    newerAt,
  };
  return { cause };
}

/** The last time that a cache node sent this write on to the store before it was committed. */
function forwardBefore(history: KeyHistory, { operation, time }: Happening) {
  return history.messages.findLast(
    (each) =>
      each.operation === operation &&
      each.kind === 'put' &&
      !each.answer &&
      each.sentAt <= time &&
      tierOf(history, each.from) === 'cache',
  );
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
