/** The policies that the engine runs, by the name that a document gives them. A new one is one file and one line here. */
import type { Policy } from '../design.ts';
import { dbOnly } from './db-only.ts';
import { lookAside } from './look-aside.ts';
import { refreshAhead } from './refresh-ahead.ts';
import type { PolicyTable } from './table.ts';
import { writeAround } from './write-around.ts';
import { writeBehind } from './write-behind.ts';
import { writeThroughAside } from './write-through-aside.ts';
import { writeThrough } from './write-through.ts';

const TABLES: Readonly<Record<Policy, PolicyTable>> = {
  'write-through': writeThrough,
  'write-through-aside': writeThroughAside,
  'look-aside': lookAside,
  'write-around': writeAround,
  'write-behind': writeBehind,
  'refresh-ahead': refreshAhead,
  'db-only': dbOnly,
};

/** The table of a policy, as its file has it. */
export function policyTable(policy: Policy): PolicyTable {
  return TABLES[policy];
}

/** Whether a cache node has anything to do under a policy. */
export function hasCache(policy: Policy): boolean {
  return Object.keys(policyTable(policy).cache).length > 0;
}
