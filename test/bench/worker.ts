/** The engine in a worker of Chromium, without the page: how fast a minute is rendered, and when its first curve is there. */
import type { Page } from '@playwright/test';
import { readdirSync } from 'node:fs';
import { seedDesign, type Design } from '../../src/design/design.ts';
import type { Reply } from '../../src/worker/protocol.ts';
import { median, type Measurement } from './budget.ts';

interface Rendering {
  readonly totalMs: number;
  readonly firstMs: number;
}

const ROUNDS = 3;

export async function benchWorker(page: Page): Promise<Measurement[]> {
  const script = readdirSync('dist/assets').find((name) => /^worker-.*[.]js$/.test(name));
  if (script === undefined) throw new Error('dist/ holds no worker');
  // The first round warms up, and each round has a seed of its own: nothing of the run before can be kept.
  const designs = Array.from({ length: ROUNDS + 1 }, (_, round) => ({ ...seedDesign, seed: round + 1 }));
  const [, ...rounds] = await page.evaluate(renderInWorker, { script: `assets/${script}`, designs });
  const total = median(rounds.map(({ totalMs }) => totalMs)) / 1000;
  return [
    { what: 'seed design in a worker', measured: 60 / total, unit: 'x real time', budget: { atLeast: 30 } },
    { what: '  the whole minute', measured: total, unit: 's', budget: { atMost: 2 } },
    {
      what: '  first series after a change',
      measured: median(rounds.map(({ firstMs }) => firstMs)),
      unit: 'ms',
      budget: { atMost: 150 },
    },
  ];
}

/** Runs in the page. */
async function renderInWorker({
  script,
  designs,
}: {
  script: string;
  designs: Design[];
}): Promise<Rendering[]> {
  const worker = new Worker(new URL(script, location.href), { type: 'module' });
  const render = (id: number, design: Design): Promise<Rendering> =>
    new Promise((resolve, reject) => {
      const start = performance.now();
      let firstMs: number | undefined;
      worker.onmessage = ({ data }: MessageEvent<Reply>) => {
        if (data.id !== id) return;
        if (data.type === 'progress') firstMs ??= performance.now() - start;
        else if (data.type === 'done')
          resolve({ totalMs: performance.now() - start, firstMs: firstMs ?? Number.NaN });
        else reject(new Error(`the worker answered ${data.type}`));
      };
      worker.postMessage({ id, type: 'render', design, givesWay: false });
    });
  const rounds: Rendering[] = [];
  for (const [round, design] of designs.entries()) rounds.push(await render(round + 1, design));
  worker.terminate();
  return rounds;
}
