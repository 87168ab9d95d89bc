import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seedDesign } from '../../src/design/design.ts';
import { createClient, type RenderListener } from '../../src/worker/client.ts';
import { HANG_MS } from '../../src/worker/client-silence.ts';
import type { Progress, Reply, Request } from '../../src/worker/protocol.ts';
import { AN_EMPTY_FILM, NOTHING_COMMITTED, NOTHING_KEPT } from '../support/details.ts';
import { playedLines } from '../support/lines.ts';
import { aSummary } from '../support/summaries.ts';

const progress: Progress = {
  renderedTo: 100_000,
  fromBucket: 0,
  series: { buckets: 0, nodeCount: 0, system: new Float32Array(0), nodes: new Float32Array(0) },
  tails: { get: 4000, put: 7000 },
  fromViolation: 0,
  violations: new Int32Array(0),
  film: AN_EMPTY_FILM,
};
const detail = {
  from: 0,
  to: 1000,
  oneIn: 1,
  hops: new Int32Array(0),
  events: new Int32Array(0),
  levels: new Int32Array(0),
  held: new Int32Array(0),
  kept: NOTHING_KEPT,
  committed: NOTHING_COMMITTED,
  ofSession: [],
  truncated: false,
};
const window = { from: 0, to: 1000, sample: 'all' as const, focus: [], key: -1 };
const done = (id: number): Reply => ({
  id,
  type: 'done',
  summary: aSummary(),
  violations: new Int32Array(0),
  wallMs: 1,
  operations: 1,
  resumedFrom: 0,
});

function aClient() {
  const { open, lines } = playedLines();
  const notices: string[] = [];
  const client = createClient(open, (notice) => notices.push(notice));
  const heard: string[] = [];
  const listener = (name: string): RenderListener => ({
    progress: ({ renderedTo }) => heard.push(`${name} at ${String(renderedTo)}`),
    done: () => heard.push(`${name} done`),
    failed: (message) => heard.push(`${name} failed: ${message}`),
  });
  /** The line in use. */
  const line = () => {
    const last = lines.at(-1);
    if (last === undefined) throw new Error('no line was opened');
    return last;
  };
  const types = (sent: readonly Request[]) => sent.map(({ type }) => type);
  return { client, lines, line, notices, heard, listener, types };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the client', () => {
  it('tells a listener of its run and of no other', () => {
    const { client, line, heard, listener } = aClient();
    const first = client.render(seedDesign, listener('first'));
    const second = client.render(seedDesign, listener('second'));
    line().events.reply({ id: first, type: 'progress', progress });
    line().events.reply({ id: first, type: 'cancelled' });
    line().events.reply({ id: second, type: 'progress', progress });
    line().events.reply(done(second));
    expect(heard).toEqual(['second at 100000', 'second done']);
  });

  it('has a render that gives way go on, once, and a worker that is started again does not wait', () => {
    const { client, line, listener, types } = aClient();
    client.proceed();
    client.render(seedDesign, listener('run'), true);
    expect(line().sent).toMatchObject([{ type: 'render', givesWay: true }]);
    client.proceed();
    client.proceed();
    expect(types(line().sent)).toEqual(['render', 'proceed']);
    line().events.died('out of memory');
    expect(line().sent).toMatchObject([{ type: 'render', givesWay: false }]);
  });

  it('gives the detail of a window, or the reason why there is none', async () => {
    const { client, line, listener } = aClient();
    const run = client.render(seedDesign, listener('run'));
    const given = client.detail(run, window);
    const refused = client.detail(run, window);
    const [asked, askedToo] = line().sent.slice(1);
    line().events.reply({ id: asked?.id ?? -1, type: 'detail', detail });
    line().events.reply({ id: askedToo?.id ?? -1, type: 'error', message: 'too long a window' });
    expect(await given.result).toEqual({ ok: true, value: detail });
    expect(await refused.result).toEqual({ ok: false, error: 'too long a window' });
  });

  it('cancels a detail by its id', async () => {
    const { client, line, listener } = aClient();
    const run = client.render(seedDesign, listener('run'));
    const pending = client.detail(run, window);
    pending.cancel();
    const [asked, cancel] = line().sent.slice(1);
    expect(cancel).toMatchObject({ type: 'cancel', of: asked?.id });
    line().events.reply({ id: asked?.id ?? -1, type: 'cancelled' });
    expect(await pending.result).toEqual({ ok: false, error: 'cancelled' });
  });

  it('hands on an error of the run as its failure', () => {
    const { client, line, heard, listener } = aClient();
    const run = client.render(seedDesign, listener('run'));
    line().events.reply({ id: run, type: 'error', message: 'out of memory' });
    expect(heard).toEqual(['run failed: out of memory']);
  });
});

describe('a worker that dies', () => {
  it('is started again, is asked again for what was pending, and the person is told', async () => {
    const { client, lines, line, notices, heard, listener, types } = aClient();
    const run = client.render(seedDesign, listener('run'));
    const pending = client.detail(run, window);
    line().events.died('out of memory');
    expect(lines.map(({ closed }) => closed)).toEqual([true, false]);
    expect(types(line().sent)).toEqual(['render', 'detail']);
    expect(notices).toEqual([expect.stringContaining('out of memory')]);
    line().events.reply({ id: line().sent[1]?.id ?? -1, type: 'detail', detail });
    line().events.reply(done(run));
    expect(heard).toEqual(['run done']);
    expect((await pending.result).ok).toBe(true);
  });

  it('after its run was done has the run rendered again, for its checkpoints', () => {
    const { client, line, listener, types } = aClient();
    const run = client.render(seedDesign, listener('run'));
    line().events.reply(done(run));
    line().events.died('closed by the system');
    expect(types(line().sent)).toEqual(['render']);
  });

  it('twice in a row over one design has failed over it', async () => {
    const { client, lines, line, heard, listener } = aClient();
    const run = client.render(seedDesign, listener('run'));
    const pending = client.detail(run, window);
    line().events.died('out of memory');
    line().events.died('out of memory');
    expect(lines).toHaveLength(2);
    expect(lines.every(({ closed }) => closed)).toBe(true);
    expect(heard).toEqual([expect.stringMatching(/^run failed: .*twice.*out of memory/)]);
    expect((await pending.result).ok).toBe(false);
  });

  it('is started for another design all the same', () => {
    const { client, lines, line, heard, listener } = aClient();
    client.render(seedDesign, listener('bad'));
    line().events.died('out of memory');
    line().events.died('out of memory');
    const run = client.render(seedDesign, listener('good'));
    line().events.reply(done(run));
    expect(lines).toHaveLength(3);
    expect(heard.at(-1)).toBe('good done');
  });

  it('now and then, with answers in between, is only started again', () => {
    const { client, line, heard, listener } = aClient();
    const run = client.render(seedDesign, listener('run'));
    for (let death = 0; death < 3; death++) {
      line().events.died('out of memory');
      line().events.reply(done(run));
    }
    expect(heard).toEqual(['run done', 'run done', 'run done']);
  });

  it('over a detail, again and again, does not go round for ever', async () => {
    const { client, lines, line, heard, listener } = aClient();
    const run = client.render(seedDesign, listener('run'));
    line().events.reply(done(run));
    const pending = client.detail(run, window);
    line().events.died('out of memory');
    line().events.reply(done(run));
    line().events.died('out of memory');
    expect(lines).toHaveLength(2);
    expect((await pending.result).ok).toBe(false);
    expect(heard.at(-1)).toMatch(/^run failed/);
  });

  it('says nothing more: what an old line still brings is not heard', () => {
    const { client, lines, line, heard, listener } = aClient();
    const run = client.render(seedDesign, listener('run'));
    line().events.died('out of memory');
    lines[0]?.events.reply(done(run));
    lines[0]?.events.died('out of memory');
    expect(lines).toHaveLength(2);
    expect(heard).toEqual([]);
  });
});

describe('a worker that hangs', () => {
  it('is started again after a named time of silence', () => {
    const { client, lines, notices, listener } = aClient();
    client.render(seedDesign, listener('run'));
    vi.advanceTimersByTime(HANG_MS - 1000);
    expect(lines).toHaveLength(1);
    vi.advanceTimersByTime(1000);
    expect(lines).toHaveLength(2);
    expect(notices).toHaveLength(1);
  });

  it('is not taken to hang while it tells of its progress', () => {
    const { client, lines, line, listener } = aClient();
    const run = client.render(seedDesign, listener('run'));
    for (let i = 0; i < 10; i++) {
      vi.advanceTimersByTime(HANG_MS / 2);
      line().events.reply({ id: run, type: 'progress', progress });
    }
    expect(lines).toHaveLength(1);
  });

  it('is not taken to hang when nothing is asked of it', () => {
    const { client, lines, line, listener } = aClient();
    const run = client.render(seedDesign, listener('run'));
    line().events.reply(done(run));
    vi.advanceTimersByTime(10 * HANG_MS);
    expect(lines).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not taken to hang where a render is told to proceed that is through already', () => {
    const { client, lines, line, listener } = aClient();
    const run = client.render(seedDesign, listener('run'), true);
    line().events.reply(done(run));
    client.proceed();
    vi.advanceTimersByTime(10 * HANG_MS);
    expect(lines).toHaveLength(1);
  });
});

it('a client that is disposed of closes its line and settles what was pending', async () => {
  const { client, line, listener } = aClient();
  const run = client.render(seedDesign, listener('run'));
  const pending = client.detail(run, window);
  client.dispose();
  expect(line().closed).toBe(true);
  expect(await pending.result).toEqual({ ok: false, error: 'cancelled' });
  expect(vi.getTimerCount()).toBe(0);
});
