/**
 * Whether the history of one register could have been that of a register that does one thing at a time, each at some
 * instant between its beginning and its end (Herlihy and Wing 1990). Every PUT writes a value of its own, so Gibbons and
 * Korach's zones (1997) decide it: a value must be the register's from the first end to the last beginning among its PUT
 * and its GETs, and no two values can be so at once.
 */

/** `from` and `to` are places in the history; a PUT of unknown fate has no end: Infinity. */
export interface RegisterOperation {
  readonly kind: 'put' | 'get';
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

interface Zone {
  readonly value: number;
  /** Earliest end and latest beginning among the operations of the value. */
  readonly firstEnd: number;
  readonly lastBegin: number;
}

/** Why it is not linearizable, in words; undefined when it is. The register begins with value 0. */
export function contradictionIn(operations: readonly RegisterOperation[]): string | undefined {
  const values = new Set(operations.filter(({ kind }) => kind === 'get').map(({ value }) => value));
  // A PUT whose fate is unknown and that nobody read may never have happened.
  const written = operations.filter((op) => op.kind === 'put' && (op.to < Infinity || values.has(op.value)));
  const puts = new Map(written.map((op) => [op.value, op]));
  puts.set(0, { kind: 'put', value: 0, from: -1, to: -1 });
  for (const { kind, value, to } of operations) {
    const put = puts.get(value);
    if (kind === 'get' && put === undefined) return `${value} was read and never written`;
    if (kind === 'get' && put !== undefined && to < put.from)
      return `${value} was read before it was written`;
  }
  const zones = [...puts.values()].map((put): Zone => {
    const all = [put, ...operations.filter((op) => op.kind === 'get' && op.value === put.value)];
    return {
      value: put.value,
      firstEnd: Math.min(...all.map(({ to }) => to)),
      lastBegin: Math.max(...all.map(({ from }) => from)),
    };
  });
  for (const a of zones) {
    // Only a value that was there from an end to a later beginning excludes others meanwhile.
    if (a.firstEnd >= a.lastBegin) continue;
    for (const b of zones) {
      if (a === b) continue;
      const [from, to] = [Math.min(b.firstEnd, b.lastBegin), Math.max(b.firstEnd, b.lastBegin)];
      const heldToo = b.firstEnd < b.lastBegin;
      if (heldToo ? a.firstEnd < to && from < a.lastBegin : a.firstEnd < from && to < a.lastBegin)
        return `${b.value} was there while ${a.value} was, before and after`;
    }
  }
  return undefined;
}
