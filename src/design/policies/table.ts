/**
 * The language in which a policy is written: for every actor and every message that it can receive, a short
 * routine of named steps. The engine interprets these routines, the screen prints them and lights the step that an
 * operation is at; nothing else decides what a policy does.
 */

/** Messages that an app node or a cache node acts on. */
export type Trigger = 'put' | 'get' | 'invalidate' | 'fill';

/** What a node has a routine for: messages; `flush` is no message, a write-behind cache begins it by itself. */
export type Occasion = Trigger | 'flush';
export const OCCASIONS: readonly Occasion[] = ['put', 'get', 'invalidate', 'fill', 'flush'];

/** How a call, and so a routine, can end. `gaveUp`: its fate is not known to the one who asked. */
export type Outcome = 'ok' | 'miss' | 'refused' | 'gaveUp';

export type Step =
  /** Send a message and wait for its answer; with `within`, for so long at the most. */
  | {
      readonly do: 'call';
      readonly to: 'cache' | 'store';
      readonly message: Trigger;
      readonly within?: 'cache.timeout' | 'client.timeout';
      readonly ok: string;
      readonly miss?: string;
      readonly refused?: string;
      readonly timeout?: string;
    }
  /** Send a message and go on at once. One to itself neither travels nor waits to be served. */
  | { readonly do: 'send'; readonly to: 'cache' | 'self'; readonly message: Trigger; readonly then: string }
  /** Cache: is there a live entry? `due`: there is, and so much of its TTL has gone that it should be reloaded. */
  | { readonly do: 'lookup'; readonly hit: string; readonly miss: string; readonly due?: string }
  /**
   * Lead this node's load of the key. Where one is under way: wait until it has `landed` with a value. Without `by`
   * nobody waits, and whoever comes second goes there at once.
   */
  | {
      readonly do: 'join';
      readonly by?: 'cache.singleFlight';
      readonly lead: string;
      readonly landed: string;
    }
  /** What this call has loaded is the value of all who wait for it. */
  | { readonly do: 'land'; readonly by?: 'cache.singleFlight'; readonly then: string }
  /** Cache: hold the value that came with the message or with the last answer. */
  | { readonly do: 'apply'; readonly then: string }
  /** Cache: drop the entry if it is still the version that this message brought. */
  | { readonly do: 'remove'; readonly then: string }
  /** Cache: drop the entry whatever it is (fenced: unless it is as new; a tombstone stays behind). */
  | { readonly do: 'invalidate'; readonly then: string }
  /** Cache: join the node's own queue once more, at the cost of a write. */
  | { readonly do: 'serve'; readonly then: string }
  /** Cache: the value waits to be flushed, `cache.flushDelay` after the first of its key that does. */
  | { readonly do: 'buffer'; readonly then: string }
  /** Cache: this flush is over, and the next of its key may begin. */
  | { readonly do: 'clear'; readonly then: string }
  /** Go where the document says. */
  | {
      readonly do: 'choose';
      readonly by: 'cache.order' | 'cache.onTimeout';
      readonly cases: Readonly<Record<string, string>>;
    }
  | { readonly do: 'reply'; readonly with: Outcome }
  /** Nobody waits for an answer. */
  | { readonly do: 'end' };

/** Named steps in the order in which they are read; the first one is where the routine begins. */
export type Routine = Readonly<Record<string, Step>>;

export interface PolicyTable {
  readonly app: Readonly<Partial<Record<Occasion, Routine>>>;
  readonly cache: Readonly<Partial<Record<Occasion, Routine>>>;
}

/** One step of a table, numbered: the number is the one that the engine reports. */
export interface NumberedStep {
  readonly number: number;
  readonly actor: 'app' | 'cache';
  readonly trigger: Occasion;
  readonly name: string;
  readonly step: Step;
}

/** All steps of a table in reading order, app first. */
export function stepsOf(table: PolicyTable): NumberedStep[] {
  const steps: NumberedStep[] = [];
  for (const actor of ['app', 'cache'] as const)
    for (const trigger of OCCASIONS)
      for (const [name, step] of Object.entries(table[actor][trigger] ?? {}))
        steps.push({ number: steps.length, actor, trigger, name, step });
  return steps;
}
