/** What a card says at a moment, written down instead of onto the page. */
import { clamp } from '../../../base/clamp.ts';
import type { Writable } from '../../diagram/slots.ts';

export class CardValues implements Writable {
  readonly #texts = new Map<string, string>();
  readonly #shares = new Map<string, number>();
  readonly #marks = new Set<string>();
  readonly #classes = new Map<string, string>();

  text(name: string, value: string): void {
    this.#texts.set(name, value);
  }

  share(name: string, value: number): void {
    this.#shares.set(name, Number.isFinite(value) ? clamp(value, 0, 1) : 0);
  }

  mark(name: string, attribute: string, value: string | undefined): void {
    if (value === undefined) this.#marks.delete(`${name} ${attribute}`);
    else this.#marks.add(`${name} ${attribute}`);
  }

  className(name: string, value: string): void {
    this.#classes.set(name, value);
  }

  textOf(name: string): string {
    return this.#texts.get(name) ?? '';
  }

  shareOf(name: string): number {
    return this.#shares.get(name) ?? 0;
  }

  isMarked(name: string, attribute: string): boolean {
    return this.#marks.has(`${name} ${attribute}`);
  }

  classOf(name: string): string {
    return this.#classes.get(name) ?? '';
  }
}
