/**
 * A way for tests in a browser to ask what is on the screen: one number over every drawn mark and every card's words at
 * the cursor. Two equal numbers are two equal pictures. It shows nothing to the person and changes nothing.
 */

export interface Probe {
  /** Paints now, and returns the digest of what is drawn, as 8 hexadecimal digits. */
  digest(): string;
  /** Where marks are drawn now, CSS pixels of the canvas. */
  marks(): readonly { readonly x: number; readonly y: number }[];
}

declare global {
  interface Window {
    __throughline?: Probe;
  }
}

/** Makes the probe reachable until the returned function is called. */
export function exposeProbe(probe: Probe): () => void {
  window.__throughline = probe;
  return () => {
    if (window.__throughline === probe) delete window.__throughline;
  };
}

/** FNV-1a over numbers and texts, 32 bits. */
export class Digest {
  #state = 0x811c9dc5;

  readonly number = (value: number): void => {
    const whole = Math.trunc(value);
    for (let shift = 0; shift < 32; shift += 8) this.#byte((whole >>> shift) & 255);
  };

  text(value: string): void {
    this.number(value.length);
    for (let i = 0; i < value.length; i++) this.number(value.charCodeAt(i));
  }

  toString(): string {
    return (this.#state >>> 0).toString(16).padStart(8, '0');
  }

  #byte(value: number): void {
    this.#state = Math.imul(this.#state ^ value, 0x01000193);
  }
}
