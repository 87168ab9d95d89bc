/**
 * The retry budget that all clients share: a bucket of tokens. Each first attempt earns its share of one, each retry
 * spends one; a bucket that is empty ends the operation at its timeout. Tokens are counted in whole millionths, so that
 * ten shares of 10 % are one token exactly.
 */
import type { Design } from '../design/design.ts';
import type { Archive, Persistent } from './kernel/archive.ts';

const TOKEN = 1_000_000;
/** What the bucket holds at the start, and at most. */
const FIRST_TOKENS = 10 * TOKEN;
const MOST_TOKENS = 100 * TOKEN;

export class Retries implements Persistent {
  /** Retries begun: attempts beyond the first. */
  sent = 0;
  /** What a first attempt earns; -1: there is no budget. */
  readonly #share: number;
  #tokens = FIRST_TOKENS;

  constructor({ retries, retryBudget }: Design['client']) {
    this.#share = retries === 0 || retryBudget === 'off' ? -1 : Math.round(retryBudget * TOKEN);
  }

  /** A first attempt earns its share. */
  earn(): void {
    if (this.#share > 0) this.#tokens = Math.min(MOST_TOKENS, this.#tokens + this.#share);
  }

  /** True where so many retries are sure to be let through, whatever is earned until then. */
  lasts(retries: number): boolean {
    return this.#share < 0 || this.#tokens >= retries * TOKEN;
  }

  /** What the bucket holds, in millionths of a token. */
  get tokens(): number {
    return this.#tokens;
  }

  /** Takes a token for a retry; false where there is none. */
  spend(): boolean {
    if (this.#share < 0) return true;
    if (this.#tokens < TOKEN) return false;
    this.#tokens -= TOKEN;
    return true;
  }

  persist(archive: Archive): void {
    this.sent = archive.number('sent', this.sent);
    this.#tokens = archive.number('tokens', this.#tokens);
  }
}
