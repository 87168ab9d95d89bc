/**
 * The documents that the browser keeps: each under a key of its own, so that no tab writes over another's, the last 50 of
 * them. What they are called is their title. It knows storage and texts, and nothing of sessions.
 */
import { err, ok, type Result } from '../base/result.ts';
import { attempt, parseWork, type KeyValue, type Work } from './work.ts';

export interface Kept extends Work {
  readonly id: string;
  /** When it was written, milliseconds since 1970. */
  readonly savedAt: number;
  /** Another one with every writing: who finds another than his own knows that somebody else went on with it. */
  readonly revision: string;
}

/** As many are kept; past them the oldest go. */
export const DOCUMENTS_LIMIT = 50;
const PREFIX = 'throughline.document.';

/** Every document that can be read, the newest first. */
export function listKept(storage: KeyValue | undefined): readonly Kept[] {
  if (storage === undefined) return [];
  try {
    const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '');
    return keys
      .filter((key) => key.startsWith(PREFIX))
      .flatMap((key) => loadKept(storage, key.slice(PREFIX.length)) ?? [])
      .sort((a, b) => b.savedAt - a.savedAt);
  } catch {
    return [];
  }
}

/** The kept document of an id; undefined where there is none, or none that can be read. Never throws. */
export function loadKept(storage: KeyValue | undefined, id: string): Kept | undefined {
  try {
    const text = storage?.getItem(PREFIX + id) ?? null;
    const work = text === null ? undefined : parseWork(text);
    if (text === null || work === undefined) return undefined;
    const kept: unknown = JSON.parse(text);
    return { ...work, id, savedAt: savedAtOf(kept), revision: revisionOf(kept) };
  } catch {
    return undefined;
  }
}

function savedAtOf(kept: unknown): number {
  return hasIn(kept, 'savedAt') && typeof kept.savedAt === 'number' ? kept.savedAt : 0;
}

function revisionOf(kept: unknown): string {
  return hasIn(kept, 'revision') && typeof kept.revision === 'string' ? kept.revision : '';
}

function hasIn<Name extends string>(value: unknown, name: Name): value is Record<Name, unknown> {
  return typeof value === 'object' && value !== null && name in value;
}

/** Writes a document, whole or not at all; where that makes too many, the oldest ones go. */
export function saveKept(storage: KeyValue | undefined, { id, ...kept }: Kept): Result<void> {
  const text = JSON.stringify(kept);
  const saved = attempt(
    () => storage?.setItem(PREFIX + id, text),
    storage,
    'This browser does not keep the work',
  );
  if (!saved.ok)
    return listKept(storage).length === 0
      ? saved
      : err(`${saved.error} Kept designs can be deleted under Presets.`);
  for (const { id: oldest } of listKept(storage).slice(DOCUMENTS_LIMIT))
    if (oldest !== id) removeKept(storage, oldest);
  return ok(undefined);
}

/** Deletes a document. The error says that the browser refuses. */
export function removeKept(storage: KeyValue | undefined, id: string): Result<void> {
  return attempt(() => storage?.removeItem(PREFIX + id), storage, 'It could not be deleted');
}
