/**
 * What the raw rows of a key's whole run bear witness to: what happened when and where, and what every node held, played
 * forward from the beginning by this file alone. It shares nothing with what it is asked about but the names of the columns.
 */
import type { Design } from '../../src/design/design.ts';
import { nodesOf } from '../../src/design/nodes.ts';
import { EVENT, EVENT_WIDTH, EVENTS, HOP, HOP_WIDTH, MESSAGES } from '../../src/design/readings.ts';
import type { DetailReading } from '../../src/engine/readings.ts';

/** In the place of a rank, in rows that are of a node alone. */
const NO_KEY = -1;

export interface Row {
  /** Rank. */
  readonly key: number;
  readonly what: string;
  readonly time: number;
  readonly node: number;
  readonly operation: number;
  readonly version: number;
  readonly call: number;
}

export interface Hop extends Row {
  readonly from: number;
  readonly arrives: number;
  readonly answer: boolean;
  readonly flags: number;
}

/** The rows of one key, and what can be asked of them. `whole` is the key's detail from 0 on; instants are microseconds. */
export function witnessOf(whole: DetailReading, design: Design, key: number) {
  // Of other keys it holds what a sample of the operations does.
  const rows = rowsOf(whole).filter((row) => row.key === key || row.key === NO_KEY);
  const hops = hopsOf(whole).filter((hop) => hop.key === key);
  const tier = (node: number) => nodesOf(design)[node]?.tier;
  const has = (what: string, time: number | undefined, match: Partial<Row> = {}): boolean =>
    time === undefined ||
    rows.some(
      (row) =>
        row.what === what &&
        row.time === time &&
        Object.entries(match).every(([key, value]) => row[key as keyof Row] === value),
    );
  const sent = (what: string, match: Partial<Hop>): Hop | undefined =>
    hops.find(
      (hop) =>
        hop.what === what && Object.entries(match).every(([key, value]) => hop[key as keyof Hop] === value),
    );
  /** What a node held or showed just before an instant, played from the beginning. */
  const heldAt = (node: number, time: number): number => {
    // A replica that was never told of the key answers with its initial value.
    let held = tier(node) === 'store' ? 0 : -1;
    for (const row of rows) {
      if (row.time > time) break;
      if (row.node !== node) continue;
      if (row.what === 'apply' || row.what === 'expose') held = row.version;
      else if (row.what === 'remove' || row.what === 'expire' || row.what === 'evict') held = -1;
    }
    return held;
  };
  const committed = (version: number, by: number): boolean =>
    rows.some((row) => row.what === 'commit' && row.version === version && row.time <= by);
  /** Whether a version that never has a commit of its own had come to a disk, and something was committed, by then. */
  const overtaken = (version: number, by: number): boolean =>
    !committed(version, Number.POSITIVE_INFINITY) &&
    rows.some((row) => row.what === 'commit' && row.time <= by) &&
    rows.some(
      ({ what, version: of, node, time }) =>
        (what === 'durable' || what === 'refuse') && of === version && tier(node) === 'store' && time <= by,
    );
  const disks = (version: number, by: number): number[] => [
    ...new Set(
      rows
        .filter((row) => row.what === 'durable' && row.version === version && row.time <= by)
        .map(({ node }) => node),
    ),
  ];
  const heard = (cache: number, version: number, by: number): boolean =>
    rows.some(
      (row) => row.what === 'apply' && row.node === cache && row.version === version && row.time <= by,
    );
  const forgets = (node: number, at: number): boolean =>
    design.faults.some(
      (fault) =>
        fault.at === at &&
        [nodesOf(design)[node]?.name, `zone-${String(nodesOf(design)[node]?.zone)}`].includes(fault.target) &&
        ['crash', 'destroy', 'flush'].includes(fault.kind),
    );
  /** Whether the PUT that brought a version had ended by then. */
  const acked = (version: number, by: number): boolean => {
    const writer = rows.find((row) => row.what === 'startOperation' && row.version === version)?.operation;
    return rows.some((row) => row.what === 'endOperation' && row.operation === writer && row.time <= by);
  };
  return { rows, hops, tier, has, sent, heldAt, committed, overtaken, disks, heard, forgets, acked };
}

function rowsOf({ events }: DetailReading): Row[] {
  return Array.from({ length: events.length / EVENT_WIDTH }, (_, i) => {
    const column = (name: keyof typeof EVENT) => events[i * EVENT_WIDTH + EVENT[name]] ?? -1;
    return {
      what: EVENTS[column('type')] ?? '',
      key: column('key'),
      time: column('time'),
      node: column('node'),
      operation: column('operation'),
      version: column('version'),
      call: column('call'),
    };
  });
}

function hopsOf({ hops }: DetailReading): Hop[] {
  return Array.from({ length: hops.length / HOP_WIDTH }, (_, i) => {
    const column = (name: keyof typeof HOP) => hops[i * HOP_WIDTH + HOP[name]] ?? -1;
    return {
      what: MESSAGES[column('message')] ?? '',
      key: column('key'),
      time: column('sentAt'),
      arrives: column('arrivesAt'),
      from: column('from'),
      node: column('to'),
      operation: column('operation'),
      version: column('version'),
      call: column('call'),
      answer: column('answer') === 1,
      flags: column('flags'),
    };
  });
}
