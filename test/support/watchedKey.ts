/** One key under the eyes of an oracle: what is written to it, read of it, and recorded. */
import { VIOLATION, VIOLATION_KINDS, VIOLATION_WIDTH } from '../../src/design/readings.ts';
import { KeyIndex } from '../../src/engine/kernel/maps.ts';
import { Oracle } from '../../src/engine/oracle.ts';

export const SESSION = 3;
export const ANOTHER = 4;

/** @param fenced whether versions fence */
export function aWatchedKey(fenced = false) {
  const keys = new KeyIndex();
  const oracle = new Oracle(keys, fenced);
  let operations = 0;
  // The first row of keys and the first version are another key's: nothing may be read or written there by mistake.
  const slotOfAnother = keys.slotOf(40);
  oracle.newWrite(slotOfAnother, ++operations, ANOTHER);
  const slot = keys.slotOf(17);

  const write = (session = SESSION): number => oracle.newWrite(slot, ++operations, session);

  /** A GET that began at `start`, knowing what its session knew then. */
  function read(version: number, start: number, { session = SESSION, dirty = false } = {}): number {
    const seen = oracle.seen.find(slot, session);
    return oracle.read(
      ++operations,
      session,
      slot,
      version,
      start,
      oracle.floor(slot, session),
      seen < 0 ? 0 : oracle.seen.value(seen),
      dirty,
      start + 5,
    );
  }

  function rowsRecorded(): Int32Array[] {
    const { at, used } = oracle.violations;
    return Array.from({ length: used / VIOLATION_WIDTH }, (_, i) =>
      at.subarray(i * VIOLATION_WIDTH, (i + 1) * VIOLATION_WIDTH),
    );
  }

  const kindsRecorded = () => rowsRecorded().map((row) => VIOLATION_KINDS[row[VIOLATION.kind] ?? -1]);

  function committed(time: number, session = SESSION): number {
    const version = write(session);
    oracle.commit(version, time);
    return version;
  }

  return {
    oracle,
    slot,
    slotOfAnother,
    write,
    read,
    committed,
    rowsRecorded,
    kindsRecorded,
    /** Of the newest write or read. */
    lastOperation: () => operations,
  };
}
