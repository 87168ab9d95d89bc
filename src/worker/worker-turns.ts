/** Turns of a worker's event loop: how long work lets what was asked meanwhile come in between. */
const turns = new MessageChannel();
const waiting: (() => void)[] = [];
turns.port1.onmessage = () => waiting.shift()?.();

/** Calls back in a turn of its own. A timer would wait four milliseconds; a message waits for the messages before it. */
export function later(callback: () => void): void {
  waiting.push(callback);
  turns.port2.postMessage(null);
}
