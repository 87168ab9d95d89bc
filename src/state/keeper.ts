/**
 * Keeps what is open in this tab, each design that was opened here as a document of its own. A document that another tab
 * has gone on with meanwhile is left to it: this one's goes on under another name. It writes only what has changed.
 */
import { ok, type Result } from '../base/result.ts';
import { listKept, loadKept, saveKept, type Kept } from './kept.ts';
import { attempt, loadWork, WORK_KEY, type KeyValue, type Work } from './work.ts';

/** Where a tab notes, for its next reload, which document is open in it. */
export const TAB_KEY = 'throughline.open';

export interface KeeperSurroundings {
  /** Of all tabs, and of this one alone; either may be absent, and throw. */
  readonly storage: KeyValue | undefined;
  readonly tab: KeyValue | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A short text that no other document has. */
  readonly newId: () => string;
}

/** What this tab knows of a document of its own. */
interface Slot {
  readonly id: string;
  readonly revision: string;
  /** What is written of it. */
  readonly text: string;
}

export interface Keeper {
  /** What was open here before the reload, or what was written last by any tab; undefined on a first visit. */
  readonly opened: Result<Work | undefined>;
  /** Writes what is open. @param opening which of the designs that were opened here, from 0 */
  save(opening: number, work: Work): Result<void>;
  /** Goes on with a document that was kept. */
  adopt(opening: number, kept: Kept): void;
  /** The id of an opening's document; undefined as long as nothing of it is kept. */
  idOf(opening: number): string | undefined;
}

/** @param untouched what is open on a first visit: nobody has done anything yet, and nothing of it is kept */
export function createKeeper(surroundings: KeeperSurroundings, untouched: Work): Keeper {
  const { storage, tab, now, newId } = surroundings;
  const slots = new Map<number, Slot>();

  function adopt(opening: number, kept: Kept): void {
    slots.set(opening, { id: kept.id, revision: kept.revision, text: textOf(kept) });
  }

  function openFirst(): Result<Work | undefined> {
    const earlier = loadWork(storage);
    if (!earlier.ok) return earlier;
    const first = loadKept(storage, noted(tab) ?? '') ?? listKept(storage)[0];
    if (first !== undefined) {
      adopt(0, first);
      note(tab, first.id);
      return ok(first);
    }
    // Nothing was done yet that would be worth keeping.
    if (earlier.value === undefined) slots.set(0, { id: newId(), revision: '', text: textOf(untouched) });
    return earlier;
  }

  return {
    opened: openFirst(),

    save(opening, work) {
      const slot = slots.get(opening) ?? { id: newId(), revision: '', text: '' };
      const text = textOf(work);
      if (slot.text === text) return ok(undefined);
      const found = loadKept(storage, slot.id);
      const id = found === undefined || found.revision === slot.revision ? slot.id : newId();
      const revision = newId();
      const saved = saveKept(storage, { ...work, id, revision, savedAt: now() });
      if (!saved.ok) return saved;
      slots.set(opening, { id, revision, text });
      // What stood there has become a document, or was set aside.
      attempt(() => storage?.removeItem(WORK_KEY), storage, '');
      note(tab, id);
      return saved;
    },

    adopt(opening, kept) {
      adopt(opening, kept);
      note(tab, kept.id);
    },

    idOf: (opening) => slots.get(opening)?.id,
  };
}

function textOf({ fragment, name, past }: Work): string {
  return JSON.stringify({ fragment, name, past });
}

function noted(tab: KeyValue | undefined): string | undefined {
  try {
    return tab?.getItem(TAB_KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Where it cannot be noted, a reload opens what was written last. */
function note(tab: KeyValue | undefined, id: string): void {
  try {
    tab?.setItem(TAB_KEY, id);
  } catch {
    return;
  }
}
