/**
 * The places inside a card that are written outside of React: elements marked `data-slot`. A write that changes nothing
 * touches nothing, so painting a still picture is free.
 */
import { clamp } from '../../base/clamp.ts';
import { writeText } from '../writeText.ts';

/** What is written to: the places of a card on the screen, or of one in a picture. */
export type Writable = Pick<Slots, 'text' | 'share' | 'mark' | 'className'>;

export class Slots {
  readonly #root: Element;
  readonly #elements = new Map<string, HTMLElement | SVGElement | null>();
  readonly #last = new Map<string, string>();

  constructor(root: Element) {
    this.#root = root;
  }

  text(name: string, value: string): void {
    if (this.#same(`text ${name}`, value)) return;
    const element = this.#element(name);
    if (element !== null) writeText(element, value);
  }

  /** A share of a bar, in permille steps so that a still bar stays still; what is no number fills nothing. */
  share(name: string, value: number): void {
    const share = Number.isFinite(value) ? clamp(value, 0, 1) : 0;
    const told = String(Math.round(share * 1000) / 1000);
    if (!this.#same(`share ${name}`, told)) this.#element(name)?.style.setProperty('--share', told);
  }

  /** A data attribute of the slot; absent when undefined. */
  mark(name: string, attribute: string, value: string | undefined): void {
    // A value that is absent is not one that is empty.
    if (this.#same(`mark ${name} ${attribute}`, value === undefined ? 'absent' : `=${value}`)) return;
    const element = this.#element(name);
    if (value === undefined) element?.removeAttribute(`data-${attribute}`);
    else element?.setAttribute(`data-${attribute}`, value);
  }

  className(name: string, value: string): void {
    if (!this.#same(`class ${name}`, value)) this.#element(name)?.setAttribute('class', value);
  }

  label(name: string, value: string): void {
    if (this.#same(`label ${name}`, value)) return;
    this.#element(name)?.setAttribute('aria-label', value);
  }

  #same(key: string, value: string): boolean {
    if (this.#last.get(key) === value) return true;
    this.#last.set(key, value);
    return false;
  }

  #element(name: string): HTMLElement | SVGElement | null {
    const known = this.#elements.get(name);
    if (known !== undefined) return known;
    const found = name === '' ? this.#root : this.#root.querySelector<HTMLElement>(`[data-slot="${name}"]`);
    const element = found instanceof HTMLElement || found instanceof SVGElement ? found : null;
    this.#elements.set(name, element);
    return element;
  }
}
