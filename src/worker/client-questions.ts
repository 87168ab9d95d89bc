/**
 * The questions to the engine that wait for their answers: which reply is whose, and what is still owed. It sends nothing
 * itself, since what is asked is asked again of the next worker when one dies.
 */
import { err, ok, type Result } from '../base/result.ts';
import type { Reply, Request } from './protocol.ts';

export type Question = Extract<Request, { type: 'detail' | 'excerpt' | 'visibility' }>;

interface Waiting {
  readonly question: Question;
  /** Whether this reply was the last. */
  receive(reply: Reply): boolean;
  fail(reason: string): void;
}

export class Questions {
  readonly #waiting = new Map<number, Waiting>();

  /** Waits for an answer; `read` finds it in a reply, or nothing yet. An error says why there is none. */
  wait<T>(question: Question, read: (reply: Reply) => T | undefined): Promise<Result<T>> {
    return new Promise((settle) => {
      this.#waiting.set(question.id, {
        question,
        receive(reply) {
          const value = read(reply);
          if (value !== undefined) settle(ok(value));
          return value !== undefined;
        },
        fail(reason) {
          settle(err(reason));
        },
      });
    });
  }

  /** Whether the answer to a question is still to come. */
  has(id: number): boolean {
    return this.#waiting.has(id);
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** All whose answers are still to come. */
  open(): readonly Question[] {
    return [...this.#waiting.values()].map(({ question }) => question);
  }

  /** Hands a reply on to whoever waits for it; false if nobody does. */
  receive(reply: Reply): boolean {
    const waiting = this.#waiting.get(reply.id);
    if (waiting === undefined) return false;
    const failed = reply.type === 'error' || reply.type === 'cancelled';
    if (failed) waiting.fail(reply.type === 'error' ? reply.message : 'cancelled');
    if (failed || waiting.receive(reply)) this.#waiting.delete(reply.id);
    return true;
  }

  /** Nobody will answer any of them. */
  failAll(reason: string): void {
    for (const waiting of this.#waiting.values()) waiting.fail(reason);
    this.#waiting.clear();
  }
}
