/** What becomes of PUTs at a leader and its followers, as the row of a table tells it: by instant, message and service. */
import { expect } from 'vitest';
import { taleOf, TOLD, type Act, type Differences } from './tales.ts';

export interface Copying {
  readonly that: string;
  readonly differences: Differences;
  readonly acts: readonly Act[];
  readonly lines: readonly string[];
  readonly messages: Readonly<Record<string, number>>;
  /** Writes that replicas served, if not one for each that is on a disk now. */
  readonly writes?: number;
  readonly reads?: number;
}

/** A follower writes at 8 ms what the leader wrote at 6, and its acknowledgement is there at 10. */
export const COPIED = ['6 ms: replica-1 has 1', '8 ms: replica-2 has 1, replica-3 has 1'];
/** The leader commits with that, and followers hear of it two milliseconds later. */
export const SHOWN = [
  ...COPIED,
  '10 ms: replica-1 commits 1, replica-1 shows 1',
  '11 ms: client 1 ok',
  '12 ms: replica-2 shows 1, replica-3 shows 1',
];
/** The same, with two GETs on the way: one is served as it is committed, one a little later. */
export const READ_MEANWHILE = [
  ...COPIED,
  '10 ms: replica-1 commits 1, replica-1 shows 1, client 0 ok',
  '11 ms: client 1 ok',
  '12 ms: replica-2 shows 1, replica-3 shows 1, client 1 ok',
];
/** One PUT: to the leader and back by way of the app; a copy and its acknowledgement, and a notice, for two followers. */
export const ONCE = { put: 4, replicate: 4, commitNotice: 2 };
export const TWICE = { put: 8, replicate: 8, commitNotice: 4 };

export function isCopied({ differences, acts, lines, messages, writes, reads = 0 }: Copying): void {
  const tale = taleOf(differences, acts);
  expect(tale.lines).toEqual(lines);
  expect(tale.messages).toEqual(messages);
  expect(tale.served).toEqual({ reads, writes: writes ?? lines.join().match(/ has /g)?.length });
  expect(tale.lost).toEqual([]);
  expect(tale.run.world.calls.alive).toBe(0);
  expect(tale.run.world.store.openEntries(TOLD)).toEqual([]);
}
