/** Why a read saw what was not committed, and what became of acknowledged writes that are gone. */
import type { Design } from '../../design/design.ts';
import { commitOf, forgotIn, holdersOf, open, sourceOf, tierOf } from './facts.ts';
import type { Finding } from './findings.ts';
import { writerOf, type KeyHistory, type Violation } from './history.ts';

/** Of a dirty or a phantom read. */
export function uncommitted(history: KeyHistory, violation: Violation, design: Design): Finding {
  const source = sourceOf(history, violation);
  if (source === undefined) return open(history);
  const { version, kind } = violation;
  const { node, time: servedAt } = source;
  const committedAt = commitOf(history, version)?.time;
  if (tierOf(history, node) === 'store') {
    // Some disks may have had it before the window began.
    if (history.from > 0 && writerOf(history, version) === undefined) return open(history);
    const holders = holdersOf(history, version, servedAt);
    return { cause: { kind: 'servedPartial', replica: node, servedAt, holders, committedAt } };
  }
  if (kind === 'dirtyRead') {
    const early = design.policy === 'write-behind' ? 'notFlushedYet' : 'servedUncommitted';
    return { cause: { kind: early, cache: node, servedAt, committedAt } };
  }
  const writer = writerOf(history, version);
  if (writer === undefined) return open(history);
  if (design.policy === 'write-behind') {
    // It was never committed: whatever emptied the node first took it along.
    const gone = forgotIn(history, design, node, servedAt, Number.POSITIVE_INFINITY);
    if (gone !== undefined)
      return {
        cause: {
          kind: 'lostWithCache',
          cache: node,
          ackedAt: endOf(history, writer.operation),
          goneAt: gone.at,
        },
      };
  }
  const lost = history.happenings.find((each) => each.type === 'lose' && each.operation === writer.operation);
  return { cause: { kind: 'neverCommitted', cache: node, servedAt, lostAt: lost?.time } };
}

/** Of an acknowledged write that is lost: where it was when it was acknowledged, and what took that away. */
export function lossOf(
  history: KeyHistory,
  { version, operation, time: decidedAt }: Violation,
  design: Design,
): Finding {
  if (writerOf(history, version) === undefined) return open(history);
  const ackedAt = endOf(history, operation);
  const held = history.happenings.findLast(
    (each) => each.type === 'apply' && each.version === version && each.time <= decidedAt,
  );
  const holders = holdersOf(history, version, ackedAt ?? decidedAt);
  if (design.policy === 'write-behind' && held !== undefined && holders.length < design.store.w) {
    const gone = forgotIn(history, design, held.node, held.time, decidedAt);
    if (gone !== undefined)
      return { cause: { kind: 'lostWithCache', cache: held.node, ackedAt, goneAt: gone.at } };
  }
  if (design.store.fsync !== 'always' && holders.length >= design.store.w && holders.length > 1)
    return { cause: { kind: 'lostUnsynced', ackedAt, holders, decidedAt } };
  const led = design.store.mode === 'leader';
  return { cause: { kind: 'lostCopies', led, ackedAt, copies: holders.length, holders, decidedAt } };
}

function endOf({ happenings }: KeyHistory, operation: number): number | undefined {
  return happenings.find((each) => each.type === 'endOperation' && each.operation === operation)?.time;
}
