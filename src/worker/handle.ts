/**
 * The worker's side of the protocol: renders one run at a time, in slices short enough that a newer design, a
 * cancellation or a question about a window gets in between; keeps its checkpoints; and resumes from the last one that
 * an edit left valid. It knows no worker and no page: requests come by `receive`, replies go out by `post`, so that all
 * of it runs in Node. Whatever goes wrong is a reply. Here is decided whose turn it is; what a turn does stands beside it.
 */
import { messageOf } from '../base/thrown.ts';
import type { Design } from '../design/design.ts';
import { Film } from '../engine/film.ts';
import type { Checkpoint } from '../engine/kernel/archive.ts';
import { Checkpoints } from './handle-checkpoints.ts';
import type { CurveWork } from './handle-curve.ts';
import type { DetailWork } from './handle-detail.ts';
import type { Engine } from './handle-engine.ts';
import type { ExcerptWork } from './handle-excerpt.ts';
import type { Looked } from './handle-looked.ts';
import { RenderWork } from './handle-render.ts';
import { PROGRESS_MS, SLICE_MS, type EngineRun, type SliceWorld, type World } from './handle-world.ts';
import type { Request } from './protocol.ts';

const NONE = new Int32Array(0);
const NO_SUCH_RUN = 'That run is not there';

type RenderAsked = Extract<Request, { type: 'render' }>;

/** A run that has ended: nothing but its checkpoints is needed to look at it, and memory, for which its own will do. */
interface Ended<R> {
  readonly id: number;
  readonly violations: Int32Array;
  spare: R | undefined;
}

export class Handler<R extends EngineRun> {
  /** Of the run before too, as far as the next one shares its beginning. */
  readonly #checkpoints = new Checkpoints();
  #checkpointsOf: Design | undefined;
  /** Of the newest run, and of the ones before as far as it goes on from them. */
  #film: Film | undefined;
  /** Asked for and not begun yet: while a block is dragged, most of them never are. */
  #asked: RenderAsked | undefined;
  #render: RenderWork<R> | undefined;
  /** The render waits, after its first progress, until the page has drawn it. */
  #givesWay = false;
  #ended: Ended<R> | undefined;
  /** A run that nobody needs any more once another is asked for. */
  #former: R | undefined;
  /** Of the newest design that was asked for, like the questions about its windows. */
  #looked: Looked<R> | undefined;
  #details: DetailWork<R> | undefined;
  #excerpt: ExcerptWork | undefined;
  /** The last turn was a slice of the render: the next is an excerpt's, if one is to be had. */
  #rendered = false;
  #curve: CurveWork | undefined;
  #scheduled = false;
  readonly #engine: Engine<R>;
  readonly #world: World;

  constructor(engine: Engine<R>, world: World) {
    this.#engine = engine;
    this.#world = world;
  }

  receive(request: Request): void {
    switch (request.type) {
      case 'render':
        this.#cancelRender();
        this.#asked = request;
        this.#givesWay = request.givesWay;
        this.#looked = this.#lookAt(request.design);
        this.#details = undefined;
        this.#excerpt = undefined;
        break;
      case 'proceed':
        this.#givesWay = false;
        break;
      case 'detail':
        if (request.run === this.#current && this.#windows !== undefined) this.#windows.ask(request);
        else this.#fail(request.id, NO_SUCH_RUN);
        break;
      case 'excerpt':
        if (request.run === this.#current && this.#looked !== undefined)
          (this.#excerpt ??= this.#engine.excerpts(this.#looked, this.#sliced())).ask(request);
        else this.#fail(request.id, NO_SUCH_RUN);
        break;
      case 'visibility':
        (this.#curve ??= this.#engine.curves(this.#sliced())).ask(request);
        break;
      case 'cancel':
        if (request.of === this.#current) this.#cancelRender();
        this.#details?.cancel(request.of);
        this.#excerpt?.cancel(request.of);
        this.#curve?.cancel(request.of);
        this.#world.post({ id: request.id, type: 'cancelled' }, []);
        break;
    }
    this.#schedule();
  }

  /** The id of the newest render. */
  get #current(): number | undefined {
    return this.#asked?.id ?? this.#render?.id ?? this.#ended?.id;
  }

  /** What answers questions about windows of the newest design. */
  get #windows(): DetailWork<R> | undefined {
    return (this.#details ??= this.#looked && this.#engine.details(this.#looked, this.#world));
  }

  #begin({ id, design }: RenderAsked): void {
    const before = this.#checkpointsOf;
    this.#checkpoints.forgetFrom(before === undefined ? 0 : this.#engine.divergence(before, design));
    this.#checkpointsOf = design;
    const { run, from } = this.#resumeOrStart(design, this.#checkpoints.last);
    const { duration } = design;
    const film = (this.#film = this.#filmFrom(from, design));
    run.film(film);
    this.#render = new RenderWork({ id, run, film, from, duration }, this.#checkpoints, this.#world);
  }

  /** The film of what was rendered up to a checkpoint, to go on from there. */
  #filmFrom(from: number, design: Design): Film {
    if (from === 0 || this.#film === undefined) return new Film(design);
    this.#film.cut(from);
    return this.#film;
  }

  /** A checkpoint that is refused costs its run, never the person's: everything is rendered anew. */
  #resumeOrStart(design: Design, checkpoint: Checkpoint | undefined): { run: R; from: number } {
    const former = this.#former;
    this.#former = undefined;
    if (checkpoint !== undefined) {
      const resumed = this.#engine.resume(design, checkpoint, former);
      if (resumed.ok) return { run: resumed.value, from: checkpoint.time };
      this.#checkpoints.forgetFrom(0);
    }
    return { run: this.#engine.start(design, former), from: 0 };
  }

  #cancelRender(): void {
    const underWay = this.#asked ?? this.#render;
    if (underWay !== undefined) this.#world.post({ id: underWay.id, type: 'cancelled' }, []);
    // One that has ended, and is not said to have, is being summed up.
    if (this.#render?.run.done === false) this.#former = this.#render.run;
    this.#takeSpare();
    this.#asked = undefined;
    this.#render = undefined;
    this.#ended = undefined;
    this.#details?.cancel();
    this.#excerpt?.cancel();
  }

  #schedule(): void {
    if (this.#scheduled || this.#nextPiece() === undefined) return;
    this.#scheduled = true;
    this.#world.later(() => {
      this.#scheduled = false;
      this.#nextPiece()?.();
      this.#schedule();
    });
  }

  /**
   * What to do in the next turn: begin a run, go on with an answer or render a slice. Answers come before slices, since
   * somebody looks at that very window; a question waits until the run has reached its window. An excerpt takes turns
   * with the render, and a curve has time until there is nothing else to do.
   */
  #nextPiece(): (() => void) | undefined {
    const asked = this.#asked;
    const render = this.#render;
    if (asked !== undefined) {
      return () => {
        this.#asked = undefined;
        this.#attempt(asked.id, () => {
          this.#begin(asked);
        });
      };
    }
    if (render === undefined && this.#ended === undefined) {
      if (this.#details?.isEmpty !== false && this.#excerpt?.pending === undefined) return this.#curvePiece();
      return () => {
        this.#details?.fail(NO_SUCH_RUN);
        this.#excerpt?.cancel();
      };
    }
    const reached = render?.reached ?? Number.POSITIVE_INFINITY;
    const detail = this.#details?.next(reached);
    if (detail !== undefined) {
      return () => {
        this.#attempt(detail.id, () => this.#details?.slice(detail));
      };
    }
    const excerpt = this.#excerptPiece(reached);
    if (render === undefined || render.run.done)
      return excerpt ?? this.#curvePiece() ?? this.#details?.aheadPiece();
    if (excerpt !== undefined && this.#rendered) return excerpt;
    if (this.#givesWay && render.isTold) return excerpt;
    return () => {
      this.#rendered = true;
      this.#attempt(render.id, () => {
        render.slice(this.#details);
        if (render.run.done) void this.#tellEnd(render);
      });
    };
  }

  #lookAt(design: Design): Looked<R> {
    return {
      design,
      nearest: (time) => this.#checkpoints.before(time),
      spare: () => this.#takeSpare(),
      violations: () => this.#render?.run.violationRows ?? this.#ended?.violations ?? NONE,
    };
  }

  #takeSpare(): R | undefined {
    const spare = this.#ended?.spare;
    if (this.#ended === undefined || spare === undefined) return undefined;
    this.#ended.spare = undefined;
    return (this.#former = spare);
  }

  #sliced(): SliceWorld {
    const { post, clock } = this.#world;
    return {
      post: (reply) => {
        post(reply, []);
      },
      clock,
      sliceMs: SLICE_MS,
      progressMs: PROGRESS_MS,
    };
  }

  #excerptPiece(reached: number): (() => void) | undefined {
    const asked = this.#excerpt?.pending;
    return asked !== undefined && reached >= asked.span.to
      ? this.#slicePiece(this.#excerpt, asked.id)
      : undefined;
  }

  #curvePiece(): (() => void) | undefined {
    const id = this.#curve?.pending;
    return id === undefined ? undefined : this.#slicePiece(this.#curve, id);
  }

  #slicePiece(work: { slice(): void } | undefined, id: number): () => void {
    return () => {
      this.#rendered = false;
      this.#attempt(id, () => work?.slice());
    };
  }

  /** Everything of it is rendered; it is over once it is told what it came to, if nobody has given it up by then. */
  async #tellEnd(render: RenderWork<R>): Promise<void> {
    try {
      const summary = await this.#engine.summarise(render.run);
      if (render === this.#render) render.tellEnd(summary);
    } catch (error) {
      if (render === this.#render) this.#fail(render.id, messageOf(error));
    }
    // Its memory is for whoever looks at windows: most do, sooner or later, and find it put where it is needed.
    if (render === this.#render) this.#end(render, this.#windows && render.run);
    this.#schedule();
  }

  /** `spare`: its run, for whoever looks at windows, unless a mistake may have left it in any state. */
  #end({ id, run }: RenderWork<R>, spare?: R): void {
    this.#ended = { id, violations: run.violations(), spare };
    this.#render = undefined;
  }

  /** An exception is a mistake of the engine's; its message is the reply, and the worker lives on. */
  #attempt(id: number, act: () => void): void {
    try {
      act();
    } catch (error) {
      if (id === this.#render?.id) this.#end(this.#render);
      this.#fail(id, messageOf(error));
    }
  }

  #fail(id: number, message: string): void {
    this.#world.post({ id, type: 'error', message }, []);
  }
}
