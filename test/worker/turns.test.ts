import { afterEach, expect, it, vi } from 'vitest';

/** A channel whose messages are handed over by hand. */
class HeldChannel {
  static held: (() => void)[] = [];
  port1: { onmessage: (() => void) | undefined } = { onmessage: undefined };
  port2 = {
    postMessage: (): void => {
      HeldChannel.held.push(() => this.port1.onmessage?.());
    },
  };
}

const timers: (() => void)[] = [];

/** `later`, with the messages and the timers that it sets off in our hands. */
async function turns(): Promise<(callback: () => void) => void> {
  vi.resetModules();
  vi.stubGlobal('MessageChannel', HeldChannel);
  const { later } = await import('../../src/worker/worker-turns.ts');
  vi.stubGlobal('setTimeout', (callback: () => void) => timers.push(callback));
  return later;
}

afterEach(() => {
  vi.unstubAllGlobals();
  HeldChannel.held = [];
  timers.length = 0;
});

const runAll = (callbacks: (() => void)[]): void => {
  for (const callback of callbacks.splice(0)) callback();
};

it('calls back once and in order, whether its messages or its timers come first', async () => {
  for (const [first, second] of [
    [HeldChannel.held, timers],
    [timers, HeldChannel.held],
  ] as const) {
    const later = await turns();
    const called: string[] = [];
    later(() => called.push('a'));
    later(() => called.push('b'));
    expect(called).toEqual([]);
    runAll(first);
    expect(called).toEqual(['a', 'b']);
    runAll(second);
    expect(called).toEqual(['a', 'b']);
  }
});

it('waits for no message that a page holds up', async () => {
  const later = await turns();
  const called: string[] = [];
  later(() => called.push('a'));
  runAll(timers);
  later(() => called.push('b'));
  // The message of the first turn comes only now, and is nobody's.
  HeldChannel.held.shift()?.();
  expect(called).toEqual(['a']);
  runAll(timers);
  expect(called).toEqual(['a', 'b']);
});
