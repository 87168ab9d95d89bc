/**
 * The engine's speed in Node: the seed's design, oracle and series on, against the wall clock and against a bare queue
 * on the same machine in the same minute.
 */
import { seedDesign } from '../../src/design/design.ts';
import { renderToEnd } from '../../src/engine/render.ts';
import { median, type Measurement } from './budget.ts';
import { holdModelNanoseconds } from './hold.ts';

const ROUNDS = 3;

export function benchEngine(): Measurement[] {
  const yardstick = 1e9 / holdModelNanoseconds();
  // The first round warms up, and is left out.
  renderToEnd(seedDesign);
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    const { events, simulatedSeconds, put, get } = renderToEnd(seedDesign);
    const seconds = (performance.now() - start) / 1000;
    return {
      realTime: simulatedSeconds / seconds,
      operations: (put.attempted + get.attempted) / seconds,
      events: events / seconds,
    };
  });
  return [
    {
      what: 'seed design in Node',
      measured: median(rounds.map(({ realTime }) => realTime)),
      unit: 'x real time',
      budget: { atLeast: 40 },
    },
    {
      what: '  operations',
      measured: median(rounds.map(({ operations }) => operations)) / 1e6,
      unit: 'million/s',
      budget: { atLeast: 1.1 },
    },
    {
      what: `  events, against ${(yardstick / 1e6).toFixed(1)} million/s of a bare queue`,
      measured: median(rounds.map(({ events }) => events)) / yardstick,
      unit: 'x',
      budget: { atLeast: 0.6 },
    },
  ];
}
