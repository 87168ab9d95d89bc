/**
 * The page's engine worker, started ahead of whoever asks for it: as soon as this file is read, and the build has it read
 * before the rest of the page (`vite.config.ts`). A worker comes to life only while the page itself has nothing to do, and
 * so would have to wait until all of it is drawn. Where no worker can be started, whoever asks is told why.
 */
let ahead: Worker | undefined = startAhead();

/** The engine in a worker of its own: the one that was started ahead, for the first who asks. */
export function takeWorker(): Worker {
  const worker = ahead ?? start();
  ahead = undefined;
  return worker;
}

function start(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
}

function startAhead(): Worker | undefined {
  try {
    const worker = start();
    // Nobody would hear of it: the next one dies of the same, in front of whoever has asked.
    worker.onerror = () => {
      ahead = undefined;
    };
    return worker;
  } catch {
    return undefined;
  }
}
