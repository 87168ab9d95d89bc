import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commit } from '../../src/engine/actors/leader.ts';
import { show } from '../../src/engine/actors/showing.ts';
import { Run } from '../../src/engine/run.ts';
import { E_SHOWN, E_STATE, ENTRY, EntryState } from '../../src/engine/store.ts';
import type { World } from '../../src/engine/world.ts';
import { aDesign } from '../support/designs.ts';

const DESIGN = aDesign({ duration: '1s', 'workload.keys': '1', 'store.shards': '1', 'store.w': '1' });

/** An entry of one key, and which replicas show it or a later one. */
interface Logged {
  readonly entry: number;
  readonly serial: number;
  readonly leader: number;
  isCommitted: boolean;
  readonly shownBy: Set<number>;
}

interface Act {
  readonly what: 'log' | 'commit' | 'show';
  readonly which: number;
  readonly replica: number;
}

/** What the rule says: whoever shows an entry shows all committed earlier ones with it. */
function shows(log: readonly Logged[], one: Logged, replica: number): void {
  if (one.shownBy.has(replica)) return;
  for (const each of log.slice(0, log.indexOf(one) + 1)) if (each.isCommitted) each.shownBy.add(replica);
}

function act(w: World, log: Logged[], { what, which, replica }: Act): void {
  const { store, oracle } = w;
  const slot = w.slotOf(0);
  if (what === 'log') {
    const entry = store.append(oracle.newWrite(slot, log.length + 1, 0), slot, 0, replica);
    const serial = log.length + 1;
    log.push({ entry, serial, leader: replica, isCommitted: false, shownBy: new Set() });
    return;
  }
  const open = log.filter(
    ({ entry, serial, isCommitted }) => store.isOpen(entry, serial) && isCommitted === (what === 'show'),
  );
  const one = open[which % open.length];
  if (one === undefined) return;
  if (what === 'commit') {
    one.isCommitted = true;
    commit(w, one.entry);
    shows(log, one, one.leader);
  } else {
    show(w, one.entry, replica);
    shows(log, one, replica);
  }
}

describe('what a replica shows', () => {
  it('counts for all committed earlier entries of its key, whichever order they were committed in', () => {
    const acts = fc.array(
      fc.record({
        what: fc.constantFrom<Act['what']>('log', 'commit', 'show', 'show'),
        which: fc.nat(20),
        replica: fc.nat(2),
      }),
      { minLength: 40, maxLength: 60 },
    );
    fc.assert(
      fc.property(acts, (each) => {
        const { world: w } = Run.start(DESIGN);
        const log: Logged[] = [];
        for (const one of each) act(w, log, one);
        const { store } = w;
        for (const { entry, serial, isCommitted, shownBy } of log) {
          expect(store.isOpen(entry, serial)).toBe(shownBy.size < 3);
          if (shownBy.size === 3) continue;
          const mask = [...shownBy].reduce((bits, replica) => bits | (1 << replica), 0);
          expect(store.at[entry * ENTRY + E_SHOWN]).toBe(mask);
          expect(store.at[entry * ENTRY + E_STATE] === EntryState.committed).toBe(isCommitted);
        }
      }),
      { seed: 71_001, numRuns: 200 },
    );
  });
});
