/**
 * A brush whose canvas is a worker's: it writes down what is put, and sends a frame once the one before it is drawn. What
 * comes too fast is left out, the newest never: nothing piles up where a worker has less time than the page.
 */
import type { PacketBrush } from './packetBrush.ts';
import type { Plate } from './packetLabels.ts';
import { PUT_WIDTH, type ToEasel } from './packetMessages.ts';

export class RemoteBrush implements PacketBrush {
  readonly measure: (text: string) => number;
  readonly #send: (message: ToEasel, transfer: Transferable[]) => void;
  #marks = new Float32Array(1024 * PUT_WIDTH);
  #count = 0;
  /** The words of a frame that is still to be sent. */
  #words: readonly Plate[] | undefined;
  #underWay = false;

  /** @param measure how wide words will be, which the page has to know before they are drawn */
  constructor(send: (message: ToEasel, transfer: Transferable[]) => void, measure: (text: string) => number) {
    this.#send = send;
    this.measure = measure;
  }

  begin(): void {
    this.#count = 0;
  }

  put(sprite: number, x: number, y: number, alpha: number): void {
    const at = this.#count++ * PUT_WIDTH;
    if (at === this.#marks.length) this.#grow();
    this.#marks[at] = sprite;
    this.#marks[at + 1] = x;
    this.#marks[at + 2] = y;
    this.#marks[at + 3] = alpha;
  }

  end(words: readonly Plate[]): void {
    this.#words = words;
    this.#sendNext();
  }

  /** The worker has drawn what was sent last. */
  drawn(): void {
    this.#underWay = false;
    this.#sendNext();
  }

  #sendNext(): void {
    if (this.#underWay || this.#words === undefined) return;
    const marks = this.#marks.slice(0, this.#count * PUT_WIDTH);
    this.#send({ type: 'frame', marks, words: this.#words }, [marks.buffer]);
    this.#words = undefined;
    this.#underWay = true;
  }

  #grow(): void {
    const marks = new Float32Array(2 * this.#marks.length);
    marks.set(this.#marks);
    this.#marks = marks;
  }
}
