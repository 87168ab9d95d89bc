/** Turns of a worker's event loop: how long work lets what was asked meanwhile come in between. */
const turns = new MessageChannel();
const waiting: (() => void)[] = [];
turns.port1.onmessage = () => waiting.shift()?.();

/**
 * Calls back in a turn of its own: with a message or a timer, whichever comes first. A timer waits four milliseconds. A
 * message comes at once, but in WebKit it goes by way of the page, and waits for all that it draws.
 */
export function later(callback: () => void): void {
  let called = false;
  const once = (): void => {
    if (called) return;
    called = true;
    callback();
  };
  waiting.push(once);
  turns.port2.postMessage(null);
  setTimeout(once);
}
