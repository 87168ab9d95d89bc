/**
 * One sitting at the playground: the open document, what is rendered of it and where the eye is, wired together. A
 * change of the document is rendered; the windows of detail around the cursor are fetched; work is mirrored to the
 * browser's storage and to the address. All that is outside (worker, storage, address, frames) is handed in. It draws
 * nothing and runs nothing.
 */
import type { EngineClient } from '../worker/client.ts';
import type { DocumentStore } from './documents.ts';
import type { RunStore } from './run.ts';
import type { ViewStore } from './view.ts';

export interface Session {
  readonly documents: DocumentStore;
  readonly run: RunStore;
  readonly view: ViewStore;
  /** The full address of what is shown, the moment included. */
  link(): string;
  /** The command line that reproduces the run that is shown. */
  command(): string;
  dispose(): void;
}

/** What the session needs of the world outside. */
export interface Surroundings {
  /** Opens the engine; `notice` is told what the person should know of it. */
  readonly engine: (notice: (message: string) => void) => EngineClient;
  readonly storage: KeyValue | undefined;
  readonly address: Address;
  /** Calls back at the next frame. */
  readonly nextFrame: (callback: () => void) => void;
}

/** What is used of `localStorage`: any of it may throw. */
export type KeyValue = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export interface Address {
  /** The whole address without its fragment. */
  base(): string;
  /** The fragment, with its `#` if there is one. */
  fragment(): string;
  /** Replaces the fragment without a new entry in the browser's history. */
  replace(fragment: string): void;
  /** Calls back when somebody else changed the fragment; returns how to stop that. */
  onChange(listener: () => void): () => void;
}
