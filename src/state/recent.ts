/**
 * The documents that the browser keeps, for a person to go back to: listed, opened, named anew and deleted. The one that is
 * open is among them.
 */
import { ok, type Result } from '../base/result.ts';
import type { Design } from '../design/design.ts';
import { LIMITS } from '../design/limits.ts';
import { readLink, writeLink } from '../design/links.ts';
import { presetOf } from '../design/presets.ts';
import type { DocumentStore } from './documents.ts';
import type { Keeper, KeeperSurroundings } from './keeper.ts';
import { ownStepsOf, workOf } from './history.ts';
import { listKept, loadKept, removeKept, saveKept, type Kept } from './kept.ts';

export interface RecentDocument {
  readonly id: string;
  /** Its own title, or what it came from. */
  readonly title: string;
  readonly design: Design;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  /** It is the one that is open here. */
  readonly isOpen: boolean;
}

export interface Recent {
  /** The newest first. */
  list(): readonly RecentDocument[];
  /** With its own steps of undo, behind which is what was open. */
  open(id: string): void;
  rename(id: string, title: string): Result<void>;
  /** What puts it back again. */
  remove(id: string): Result<() => Result<void>>;
}

/** @param keeper knows which of them is open here */
export function createRecent(
  { storage, newId }: Pick<KeeperSurroundings, 'storage' | 'newId'>,
  keeper: Keeper,
  documents: DocumentStore,
): Recent {
  const isOpen = (id: string): boolean => keeper.idOf(documents.getState().opening) === id;

  return {
    list: () =>
      listKept(storage).map((kept) => {
        const { id, savedAt } = kept;
        const { design } = readLink(kept.fragment);
        return { id, savedAt, design, title: titleOf(kept, design), isOpen: isOpen(id) };
      }),

    open(id) {
      const kept = loadKept(storage, id);
      if (kept === undefined || isOpen(id)) return;
      const { design, problems } = readLink(kept.fragment);
      documents.open(design, problems, titleOf(kept, design), ownStepsOf(kept));
      keeper.adopt(documents.getState().opening, kept);
    },

    rename(id, text) {
      const title = text.trim().slice(0, LIMITS.title);
      const kept = loadKept(storage, id);
      if (kept === undefined) return ok(undefined);
      const { design } = isOpen(id) ? documents.getState() : readLink(kept.fragment);
      // A name that it has from its file or preset is none of its own as long as nobody gives it one.
      if (title === titleOf(kept, design)) return ok(undefined);
      if (isOpen(id)) {
        documents.edit({ ...design, title }, { label: 'title', before: design.title, after: title });
        // It is listed under its name at once.
        const open = documents.getState();
        return keeper.save(open.opening, workOf(open));
      }
      // Where it is open in another tab, that one would write its own name over this one.
      return saveKept(storage, { ...kept, revision: newId(), fragment: writeLink({ ...design, title }) });
    },

    remove(id) {
      const kept = loadKept(storage, id);
      const removed = removeKept(storage, id);
      // A tab in which it is open may have written it again meanwhile.
      const putBack = () =>
        kept === undefined || loadKept(storage, id) !== undefined ? ok(undefined) : saveKept(storage, kept);
      return removed.ok ? ok(putBack) : removed;
    },
  };
}

function titleOf({ name }: Kept, design: Design): string {
  return design.title !== '' ? design.title : (name ?? presetOf(design).title);
}
