/**
 * The page's side of the engine worker: asks, hands on what comes back, and looks after the worker. When it dies or hangs
 * it is started again and what was pending is asked for again; when it dies twice in a row over the same design, that
 * run has failed, and it says so. It never runs anything itself and knows nothing of stores.
 */
import type { Result } from '../base/result.ts';
import type { Design } from '../design/design.ts';
import type { VisibilityQuestion } from '../design/visibility.ts';
import type { Window } from '../design/window.ts';
import type { DetailReading, DetailRequest, VisibilityReading } from '../engine/readings.ts';
import type { ExcerptReading } from '../engine/summary.ts';
import type { Line, OpenLine } from './client-line.ts';
import { Questions, type Question } from './client-questions.ts';
import { HANG_MS, SilenceWatch } from './client-silence.ts';
import type { Progress, Reply, Request } from './protocol.ts';

export type Done = Extract<Reply, { type: 'done' }>;

export interface RenderListener {
  progress(progress: Progress): void;
  done(done: Done): void;
  failed(message: string): void;
}

/** What was asked for and is not there yet. */
export interface Pending<T> {
  /** The error says why there is none: cancelled, superseded by a newer one, or what went wrong. */
  readonly result: Promise<Result<T>>;
  cancel(): void;
}

export type PendingDetail = Pending<DetailReading>;
export type CurveProgress = (reading: VisibilityReading, share: number) => void;

export interface EngineClient {
  /**
   * Renders a design; the render before is cancelled and its listener hears nothing more. One that gives way waits, after
   * its first progress, until it is told to proceed. Returns the run's id.
   */
  render(design: Design, listener: RenderListener, givesWay?: boolean): number;
  /** Has a render that gives way go on. */
  proceed(): void;
  /** The detail of a window of a run; waits until the run is there. */
  detail(run: number, request: DetailRequest): PendingDetail;
  /** What a window of a run comes to; waits until the run is there. `progress` is told the share of the work done. */
  excerpt(run: number, span: Window, progress: (share: number) => void): Pending<ExcerptReading>;
  /** The curve of freshness of a design; `progress` is told what was found so far, and the share of the work done. */
  visibility(
    design: Design,
    question: VisibilityQuestion,
    progress: CurveProgress,
  ): Pending<VisibilityReading>;
  dispose(): void;
}

/** Deaths in a row over the same run after which it has failed. */
const DEATHS_LIMIT = 2;

/** `notice` is called with what the person should know. */
export function createClient(open: OpenLine, notice: (message: string) => void): EngineClient {
  let line: Line | undefined;
  let nextId = 1;
  let current:
    { request: Extract<Request, { type: 'render' }>; listener: RenderListener; over: boolean } | undefined;
  let deaths = 0;
  const questions = new Questions();
  const silence = new SilenceWatch(() => {
    restart(`it has not answered for ${String(HANG_MS / 1000)} s`);
  });

  const send = (request: Request): void => {
    line ??= openLine();
    line.send(request);
    // What no answer is owed to may be met by silence.
    if (pending()) silence.begin();
  };

  /** A line whose events are heard only as long as it is the one in use. */
  function openLine(): Line {
    silence.heard();
    const opened: Line = open({
      reply: (reply) => {
        if (line === opened) receive(reply);
      },
      died: (reason) => {
        if (line === opened) restart(reason);
      },
    });
    return opened;
  }

  function receive(reply: Reply): void {
    silence.heard();
    if (!questions.receive(reply) && current?.request.id === reply.id) receiveOfRun(current, reply);
    rest();
  }

  function receiveOfRun(run: NonNullable<typeof current>, reply: Reply): void {
    switch (reply.type) {
      case 'progress':
        run.listener.progress(reply.progress);
        break;
      case 'done':
        run.over = true;
        run.listener.done(reply);
        break;
      case 'error':
        run.over = true;
        run.listener.failed(reply.message);
        break;
      case 'cancelled':
      case 'detail':
      case 'excerpt':
      case 'visibility':
        break;
    }
  }

  function pending(): boolean {
    return questions.size > 0 || (current !== undefined && !current.over);
  }

  /** Nothing is owed any more: what the worker died of, if it did, is behind it. */
  function rest(): void {
    if (pending()) return;
    deaths = 0;
    silence.end();
  }

  function restart(reason: string): void {
    line?.close();
    line = undefined;
    deaths++;
    if (current !== undefined && deaths >= DEATHS_LIMIT) {
      giveUp(current, reason);
      return;
    }
    notice(`The engine stopped (${reason}) and was started again.`);
    if (current === undefined) return;
    // A new worker knows no run: a finished one is rendered again too, since details are taken from its checkpoints.
    current.over = false;
    send(current.request);
    for (const question of questions.open()) send(question);
  }

  function giveUp(run: NonNullable<typeof current>, reason: string): void {
    run.over = true;
    const message = `The engine stopped twice over this design (${reason}).`;
    questions.failAll(message);
    rest();
    run.listener.failed(message);
  }

  function ask<T>(question: Question, read: (reply: Reply) => T | undefined): Pending<T> {
    const result = questions.wait(question, read);
    send(question);
    return {
      result,
      cancel() {
        if (questions.has(question.id)) send({ id: nextId++, type: 'cancel', of: question.id });
      },
    };
  }

  return {
    render(design, listener, givesWay = false) {
      const id = nextId++;
      deaths = 0;
      current = { request: { id, type: 'render', design, givesWay }, listener, over: false };
      send(current.request);
      return id;
    },

    proceed() {
      if (current?.request.givesWay !== true) return;
      // A worker that is started again does not wait once more.
      current.request = { ...current.request, givesWay: false };
      send({ id: nextId++, type: 'proceed' });
    },

    detail(run, request) {
      return ask({ id: nextId++, type: 'detail', run, request }, (reply) =>
        reply.type === 'detail' ? reply.detail : undefined,
      );
    },

    excerpt(run, span, progress) {
      return ask({ id: nextId++, type: 'excerpt', run, span }, (reply) => {
        if (reply.type !== 'excerpt') return undefined;
        if (reply.reading === undefined) progress(reply.share);
        return reply.reading;
      });
    },

    visibility(design, question, progress) {
      return ask({ id: nextId++, type: 'visibility', design, question }, (reply) => {
        if (reply.type !== 'visibility') return undefined;
        if (!reply.done) progress(reply.reading, reply.share);
        return reply.done ? reply.reading : undefined;
      });
    },

    dispose() {
      silence.end();
      line?.close();
      line = undefined;
      current = undefined;
      questions.failAll('cancelled');
    },
  };
}
