/**
 * What a story is told of: one operation, or one violation with its cause; and whom else it needs. Picture and log are
 * drawn from it, so that both tell of the same operations up to the same instant.
 */
import type { Account } from './account.ts';
import type { Cause } from './findings.ts';
import { writerOf, type KeyHistory, type Violation } from './history.ts';

/** `violation.expected` is the version that the story measures it by. */
export type Subject =
  | { readonly kind: 'violation'; readonly violation: Violation; readonly cause: Cause }
  | { readonly kind: 'operation'; readonly account: Account };

export interface Tale {
  readonly history: KeyHistory;
  /** The operation that it is about. */
  readonly operation: number;
  readonly session: number;
  /** All that it tells of, in order of their beginnings. */
  readonly operations: readonly number[];
  /** How many more operations touched the key meanwhile and are left out. */
  readonly others: number;
  /** Its picture ends here, microseconds. */
  readonly until: number;
  readonly harm: Violation | undefined;
}

/** What is shown after the last thing that matters, microseconds. */
const AFTERMATH_US = 2_000;
/** Operations beside the one that is looked at, at the most: of more the picture would be a thicket. */
const OTHERS_LIMIT = 4;

/** Whom to tell of, and up to when: of a violation or of an operation. */
export function taleOf(history: KeyHistory, subject: Subject): Tale {
  return subject.kind === 'violation'
    ? ofViolation(history, subject.violation, subject.cause)
    : ofOperation(history, subject.account);
}

function ofViolation(history: KeyHistory, violation: Violation, cause: Cause): Tale {
  const { operation, session, version, expected, time } = violation;
  const wanted = [operation];
  for (const each of [version, expected]) {
    const writer = writerOf(history, each);
    if (writer !== undefined) wanted.push(writer.operation);
  }
  if ('writer' in cause) wanted.push(cause.writer);
  if ('filler' in cause) wanted.push(cause.filler);
  const operations = inOrder(history, wanted);
  const since = Math.min(time, ...operations.map((each) => beginningOf(history, each)));
  return {
    history,
    operation,
    session,
    operations,
    others: countOthers(history, operations, since, time),
    until: time + AFTERMATH_US,
    harm: violation,
  };
}

/** Beside the operation: whoever wrote what it read, and the writers of the key whose PUTs were under way meanwhile. */
function ofOperation(
  history: KeyHistory,
  { operation, session, kind, version, startedAt, endedAt }: Account,
): Tale {
  const until = endedAt ?? history.to;
  const writer = kind === 'get' ? writerOf(history, version)?.operation : undefined;
  const meanwhile = history.happenings
    .filter(
      ({ type, version: written, time }) =>
        type === 'startOperation' && written > 0 && time <= until && time >= startedAt - (until - startedAt),
    )
    .filter((each) => endOf(history, each.operation) >= startedAt)
    .map((each) => each.operation);
  const wanted = [...new Set([operation, ...(writer === undefined ? [] : [writer]), ...meanwhile])];
  const operations = inOrder(history, wanted.slice(0, 1 + OTHERS_LIMIT));
  const settled = history.happenings.findLast(
    (each) => each.operation === operation && (each.type === 'commit' || each.type === 'expose'),
  );
  return {
    history,
    operation,
    session,
    operations,
    others: countOthers(history, operations, startedAt, until),
    until: Math.max(until, settled?.time ?? until) + AFTERMATH_US,
    harm: undefined,
  };
}

function inOrder(history: KeyHistory, operations: readonly number[]): readonly number[] {
  return [...new Set(operations)].sort((a, b) => beginningOf(history, a) - beginningOf(history, b) || a - b);
}

/** When an operation begins; the window's beginning, where it began before. */
function beginningOf({ happenings, from }: KeyHistory, operation: number): number {
  return (
    happenings.find((each) => each.type === 'startOperation' && each.operation === operation)?.time ?? from
  );
}

function endOf({ happenings }: KeyHistory, operation: number): number {
  return (
    happenings.find((each) => each.type === 'endOperation' && each.operation === operation)?.time ??
    Number.POSITIVE_INFINITY
  );
}

function countOthers(
  { happenings }: KeyHistory,
  operations: readonly number[],
  from: number,
  to: number,
): number {
  const others = new Set<number>();
  for (const { time, operation } of happenings)
    if (operation > 0 && time >= from && time <= to && !operations.includes(operation)) others.add(operation);
  return others.size;
}
