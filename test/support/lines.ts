/** Lines to an engine, as the page has one to its worker: one that a test plays itself, and one through a real message port. */
import { MessageChannel } from 'node:worker_threads';
import type { Line, LineEvents, OpenLine } from '../../src/worker/client-line.ts';
import type { EngineRun } from '../../src/worker/handle-world.ts';
import type { Engine } from '../../src/worker/handle-engine.ts';
import { Handler } from '../../src/worker/handle.ts';
import type { Reply, Request } from '../../src/worker/protocol.ts';

/** Every line that was opened, with what was sent on it; the test answers by its events. */
export interface PlayedLine {
  readonly sent: Request[];
  readonly events: LineEvents;
  closed: boolean;
}

export function playedLines(): { open: OpenLine; lines: PlayedLine[] } {
  const lines: PlayedLine[] = [];
  const open: OpenLine = (events) => {
    const line: PlayedLine = { sent: [], events, closed: false };
    lines.push(line);
    return {
      send: (request) => line.sent.push(structuredClone(request)),
      close: () => {
        line.closed = true;
      },
    };
  };
  return { open, lines };
}

/** An engine behind a message port: what crosses it is cloned or transferred, as between a page and its worker. */
export function portTo<R extends EngineRun>(engine: Engine<R>, clock = () => performance.now()): OpenLine {
  return ({ reply }): Line => {
    const { port1: page, port2: worker } = new MessageChannel();
    const handler = new Handler(engine, {
      post: (answer, transfer) => {
        worker.postMessage(answer, transfer);
      },
      clock,
      later: setImmediate,
    });
    worker.on('message', (request: Request) => {
      handler.receive(request);
    });
    page.on('message', (answer: Reply) => {
      reply(answer);
    });
    return {
      send: (request) => {
        page.postMessage(request);
      },
      close: () => {
        page.close();
      },
    };
  };
}
