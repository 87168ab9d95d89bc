/**
 * Where marks are drawn: on a canvas of the page, which is there at once, and from some time on in a worker, so that
 * thousands of moving marks cost the page next to nothing. A worker that cannot be had, or fails, costs the person nothing
 * either: then the page goes on by itself.
 */
import { drawAtlas } from './atlas.ts';
import { brushOn, widthIn, type PacketBrush } from './packetBrush.ts';
import type { FromEasel, Look, ToEasel } from './packetMessages.ts';
import { RemoteBrush } from './packetRemote.ts';

export class Easel {
  /** What to draw with; undefined where the browser gives no canvas. */
  brush: PacketBrush | undefined;
  readonly #host: HTMLElement;
  readonly #changed: () => void;
  #look: Look | undefined;
  /** The page's own canvas, until the first frame has come from the worker. */
  #own: HTMLCanvasElement | undefined;
  #worker: Worker | undefined;
  #failed = false;

  /**
   * @param host is filled with a canvas as large as the look says
   * @param changed called when what was drawn is gone, and has to be drawn anew
   */
  constructor(host: HTMLElement, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
  }

  /** Draws with this from now on. */
  look(look: Look): void {
    this.#look = look;
    if (this.#worker !== undefined) this.#tell({ type: 'look', look });
    if (!(this.brush instanceof RemoteBrush)) this.#drawHere(look);
  }

  /** Has a worker draw, as soon as it can. Once a look is known. */
  moveAway(): void {
    const look = this.#look;
    if (look === undefined || this.#worker !== undefined || this.#failed) return;
    try {
      const canvas = this.#hang().transferControlToOffscreen();
      const worker = new Worker(new URL('./packetWorker.ts', import.meta.url), { type: 'module' });
      worker.onmessage = ({ data }: MessageEvent<FromEasel>) => {
        if (data.type === 'looks') this.#drawThere();
        else this.#drawn();
      };
      worker.onerror = () => {
        this.#comeBack();
      };
      this.#worker = worker;
      this.#tell({ type: 'canvas', canvas }, [canvas]);
      this.#tell({ type: 'look', look });
    } catch {
      // An old browser, or one that starts no worker.
      this.#comeBack();
    }
  }

  close(): void {
    this.#worker?.terminate();
    this.#host.replaceChildren();
  }

  #drawHere({ palette, density, w, h }: Look): void {
    const own = (this.#own ??= this.#hang());
    own.width = Math.round(w * density);
    own.height = Math.round(h * density);
    const context = own.getContext('2d');
    const atlas = drawAtlas(palette, density);
    this.brush = context === null || atlas === undefined ? undefined : brushOn(context, atlas);
    this.#changed();
  }

  /** The worker's canvas is as the look wants it, and empty. */
  #drawThere(): void {
    if (!(this.brush instanceof RemoteBrush)) {
      const ruler = document.createElement('canvas').getContext('2d');
      this.brush = new RemoteBrush(
        (message, transfer) => {
          this.#tell(message, transfer);
        },
        (text) => (ruler === null ? 0 : widthIn(ruler, text)),
      );
    }
    this.#changed();
  }

  #drawn(): void {
    const own = this.#own;
    this.#own = undefined;
    // Not before what the worker has drawn can be on the screen: there is no moment without marks.
    if (own !== undefined) requestAnimationFrame(() => requestAnimationFrame(() => own.remove()));
    if (this.brush instanceof RemoteBrush) this.brush.drawn();
  }

  #comeBack(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#failed = true;
    this.#own = undefined;
    this.#host.replaceChildren();
    if (this.#look !== undefined) this.#drawHere(this.#look);
  }

  #tell(message: ToEasel, transfer: Transferable[] = []): void {
    this.#worker?.postMessage(message, transfer);
  }

  #hang(): HTMLCanvasElement {
    const canvas = document.createElement('canvas');
    this.#host.append(canvas);
    return canvas;
  }
}
