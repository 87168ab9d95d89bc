/**
 * Two keys of a shard, where what is true of one replica and one of them is not of the other. Each instant is worked out
 * from `SMALL_STORE`.
 */
import { describe, expect, it } from 'vitest';
import { startPut } from '../../src/engine/actors/clients.ts';
import { Run } from '../../src/engine/run.ts';
import { aDesign } from '../support/designs.ts';
import { FIRST, SECOND, THIRD } from '../support/electing.ts';
import { listenTo, type Line } from '../support/judge/watch.ts';
import { SMALL_STORE, TOLD, type Differences } from '../support/tales.ts';

/** At so many milliseconds the first or the second key is written. */
type Put = readonly [ms: number, key: 0 | 1];

interface Told {
  readonly run: Run;
  /** By key: the version of all that each replica shows. */
  readonly shown: readonly (readonly number[])[];
  /** Time in ms, replica, key and version of the key, whenever one shows it: by a message or without. */
  readonly shows: readonly (readonly number[])[];
}

/** What comes of these PUTs, the versions 1, 2, 3 ... in their order, up to `until` ms. `heard`: somebody listens. */
function playTwo(differences: Differences, puts: readonly Put[], until: number, heard = true): Told {
  const run = Run.start(aDesign({ ...SMALL_STORE, ...differences }));
  const { world } = run;
  const { store } = world;
  const ranks: number[] = [];
  for (let rank = 0; ranks.length < 2; rank++)
    if (world.shardOf(world.slotOf(rank)) === TOLD) ranks.push(rank);
  const slots = ranks.map((rank) => world.slotOf(rank));
  const shows: number[][] = [];
  const hear = ({ type, time, node, key, version }: Line): void => {
    if (type === 'expose') shows.push([time / 1000, world.replicaOf(node) + 1, ranks.indexOf(key), version]);
  };
  if (heard) listenTo(world, hear, true);
  for (const [ms, key] of puts) {
    run.advance(ms * 1000);
    world.wheel.moveTo(ms * 1000);
    startPut(world, 1, slots[key] ?? NaN, false, world.nodes.firstApp);
  }
  run.advance(until * 1000);
  const shown = slots.map((slot) => Array.from({ length: store.rf }, (_, r) => store.shown(slot, r)));
  return { run, shown, shows };
}

/** Replica 1 syncs at 0, 30, 60 ms, replica 2 at 10, 40, 70, replica 3 at 20, 50, 80. */
const SYNCED = { 'store.fsync': 'periodic:30ms' };

describe('a new leader', () => {
  /** All crash when the second replica alone has synced the one key, and the third alone the other. */
  const halves = (...more: readonly string[]): Differences => ({
    ...SYNCED,
    fault: [
      `${THIRD}:delay:50ms@1500us-2500us`,
      ...[FIRST, SECOND, THIRD].map((replica) => `${replica}:crash@25ms-27ms`),
      ...more,
    ],
  });
  const puts: readonly Put[] = [
    [0, 0],
    [9, 1],
  ];

  it('shows the newest version of each key that any voter shows, whoever has the longest log', () => {
    const { run, shown } = playTwo(halves(), puts, 126);
    expect(run.world.leaderNode(TOLD)).toBe(run.world.replicaNode(TOLD, 1));
    expect(shown).toEqual([
      [0, 1, 0],
      [0, 2, 2],
    ]);
    expect(run.world.oracle.counts.lostAckedWrite).toBe(0);
    // The others have caught up: 4 ms and half a millisecond a key.
    expect(playTwo(halves(), puts, 131).shown).toEqual([
      [1, 1, 1],
      [2, 2, 2],
    ]);
  });

  it('loses that again when it crashes before its next sync', () => {
    const { run, shown } = playTwo(halves(`${SECOND}:crash@126ms`), puts, 127);
    expect(shown).toEqual([
      [0, 1, 0],
      [0, 0, 2],
    ]);
    expect(run.world.oracle.counts.lostAckedWrite).toBe(0);
  });

  it('loses what it took over of a log with gaps when it crashes before its next sync, and nothing else', () => {
    const differences = {
      ...SYNCED,
      'store.w': '3',
      fault: [
        `${SECOND}:delay:300ms@1500us-2500us`,
        `${THIRD}:delay:300ms@5500us-6500us`,
        `${FIRST}:crash@20ms`,
        `${SECOND}:crash@125ms`,
      ],
    };
    const logged: readonly Put[] = [
      [0, 0],
      [4, 1],
    ];
    // It leads from 120 ms on; the third has shown the one key at 122, and has yet to write the other.
    expect(playTwo(differences, logged, 124).shown).toEqual([
      [0, 1, 1],
      [0, 2, 0],
    ]);
    expect(playTwo(differences, logged, 125.5).shown).toEqual([
      [0, 0, 1],
      [0, 2, 0],
    ]);
  });
});

describe('whoever looks on', () => {
  /** The third replica's disk is destroyed when it has one of the keys, and the other is written meanwhile. */
  const differences = { fault: [`${THIRD}:destroy@20ms-60ms`] };
  const puts: readonly Put[] = [
    [0, 0],
    [30, 1],
  ];

  it('is told once of each version that a replica shows, be it copied, sent, or gone with the disk', () => {
    const { shows } = playTwo(differences, puts, 200);
    expect(shows.filter(([, replica]) => replica === 3)).toEqual([
      [12, 3, 0, 1],
      [20, 3, 0, 0],
      // A round trip, and half a millisecond for each of two keys.
      [65, 3, 1, 1],
      [65, 3, 0, 1],
    ]);
  });

  it('is told of no key that a replica goes on to show as it was', () => {
    const { shows } = playTwo({ fault: [`${THIRD}:crash@20ms-60ms`] }, puts, 200);
    expect(shows.filter(([, replica]) => replica === 3)).toEqual([
      [12, 3, 0, 1],
      [64.5, 3, 1, 1],
    ]);
  });

  it.each(['leader', 'leaderless'])('changes nothing: %s', (mode) => {
    const each = { ...differences, 'store.mode': mode, 'store.readRepair': 'true' };
    const late = { fault: ['app-1:delay:6ms@500us-1500us', ...differences.fault] };
    const all: readonly Put[] = [
      [0, 0],
      [1, 0],
      [30, 1],
    ];
    for (const more of [{}, late]) {
      const [heard, unheard] = [true, false].map((is) => playTwo({ ...each, ...more }, all, 1900, is));
      expect(unheard?.shown).toEqual(heard?.shown);
      expect(unheard?.run.digest()).toBe(heard?.run.digest());
    }
  });
});
