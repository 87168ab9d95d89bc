/**
 * The hash of a canonical form, 64 bits of it: pieces are mixed value by value, and summed, so that it does not matter in
 * which order the pieces come. Two of n forms collide with a chance of about n^2 / 2^65: for two million, one in ten million.
 */
import { fmix32 } from '../../design/placement.ts';

/** What a form's pieces are of. */
export const Piece = { whole: 1, pending: 2, call: 3, otherEvent: 4, flight: 5 } as const;

export class Sum {
  #a = 0;
  #b = 0;
  #sumA = 0;
  #sumB = 0;

  clear(): void {
    this.#sumA = 0;
    this.#sumB = 0;
  }

  begin(piece: (typeof Piece)[keyof typeof Piece]): void {
    this.#a = Math.imul(piece, 0x9e3779b1) ^ 0x13198a2e;
    this.#b = Math.imul(piece, 0xc2b2ae3d) ^ 0x03707344;
  }

  add(value: number): void {
    const a = Math.imul(this.#a ^ value, 0x85ebca77);
    this.#a = a ^ (a >>> 15);
    const b = Math.imul(this.#b + value, 0x27d4eb2f);
    this.#b = Math.imul(b ^ (b >>> 13), 0x165667b1);
  }

  /** Of the piece under way, 32 bits. */
  get piece(): number {
    return fmix32(this.#a ^ this.#b);
  }

  end(): void {
    this.#sumA = (this.#sumA + fmix32(this.#a)) | 0;
    this.#sumB = (this.#sumB + fmix32(this.#b)) | 0;
  }

  get high(): number {
    return fmix32(this.#sumA ^ 0x243f6a88) | 0;
  }

  get low(): number {
    return fmix32(this.#sumB ^ 0x85a308d3) | 0;
  }
}
