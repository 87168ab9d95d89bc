/**
 * Lines to workers: what goes in, what comes out, and how one ends. A worker that cannot be started, dies or says what
 * cannot be read is told as a death; what to do about it is decided by whoever holds the line.
 */
import { messageOf } from '../base/thrown.ts';
import { takeWorker } from './client-ahead.ts';
import type { Reply, Request } from './protocol.ts';

/** Requests go in, replies come out: a worker, or what stands for one. */
export interface Line<Asked = Request> {
  send(request: Asked): void;
  close(): void;
}

export interface LineEvents<Told = Reply> {
  readonly reply: (reply: Told) => void;
  readonly died: (reason: string) => void;
}

export type OpenLine = (events: LineEvents) => Line;

/** The engine in a worker of its own. */
export function openWorker(events: LineEvents): Line {
  return openLine(takeWorker, events);
}

/** A line to the worker that `start` starts. */
export function openLine<Asked, Told>(start: () => Worker, events: LineEvents<Told>): Line<Asked> {
  try {
    return lineTo(start(), events);
  } catch (error) {
    // Where workers are forbidden: told like a death, after whoever asked has its line.
    queueMicrotask(() => {
      events.died(messageOf(error));
    });
    return { send: () => undefined, close: () => undefined };
  }
}

function lineTo<Asked, Told>(worker: Worker, { reply, died }: LineEvents<Told>): Line<Asked> {
  worker.onmessage = ({ data }: MessageEvent<Told>) => {
    reply(data);
  };
  worker.onerror = ({ message }) => {
    died(message.replace(/^Uncaught /, '') || 'it could not be loaded');
  };
  worker.onmessageerror = () => {
    died('its answer could not be read');
  };
  return {
    send: (request) => {
      worker.postMessage(request);
    },
    close: () => {
      worker.terminate();
    },
  };
}
