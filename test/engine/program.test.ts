import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/design/design.ts';
import { policyTable } from '../../src/design/policies/registry.ts';
import { stepsOf } from '../../src/design/policies/table.ts';
import { PRESETS } from '../../src/design/presets.ts';
import { MESSAGES } from '../../src/design/readings.ts';
import { compile, Do, ON, STEP_WIDTH, type Program } from '../../src/engine/program.ts';
import { aDesign } from '../support/designs.ts';
import { render, aSmallDesign } from '../support/engineRuns.ts';

const POLICIES = PRESETS.map(({ name }) => name);
const VARIANTS = ['cache-first', 'store-first'].flatMap((order) =>
  ['db+invalidate', 'db', 'fail'].flatMap((onTimeout) =>
    ['false', 'true'].map((singleFlight) => [order, onTimeout, singleFlight] as const),
  ),
);

function programs(policy: Policy): Program[] {
  return VARIANTS.map(([order, onTimeout, singleFlight]) =>
    compile(
      aDesign({
        policy,
        'cache.order': order,
        'cache.onTimeout': onTimeout,
        'cache.singleFlight': singleFlight,
      }),
    ),
  );
}

const at = (ints: Int32Array, index: number) => ints[index] ?? NaN;

/** Numbers of the steps that can be reached from where an actor begins. */
function reached({ steps, entry, flush }: Program): Set<number> {
  const found = new Set<number>();
  const next = [...entry, flush].filter((step) => step >= 0);
  for (let step = next.pop(); step !== undefined; step = next.pop()) {
    if (found.has(step)) continue;
    found.add(step);
    const [kind] = [at(steps, step * STEP_WIDTH)];
    if (kind === Do.reply || kind === Do.end) continue;
    const ways =
      kind === Do.join ? 2 : kind === Do.lookup ? 3 : kind === Do.callCache || kind === Do.callStore ? 4 : 1;
    for (let way = 0; way < ways; way++) next.push(at(steps, step * STEP_WIDTH + ON + way));
  }
  return found;
}

describe.each(POLICIES)('the table of %s', (policy) => {
  const table = policyTable(policy);
  const numbered = stepsOf(table);

  it('compiles for every choice that a document makes, and every step leads to a step', () => {
    for (const program of programs(policy)) {
      for (const step of reached(program)) {
        expect(step).toBeGreaterThanOrEqual(0);
        expect(step).toBeLessThan(numbered.length);
        expect(at(program.steps, step * STEP_WIDTH)).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it('has no step that no design ever reaches', () => {
    const somewhere = new Set(programs(policy).flatMap((program) => [...reached(program)]));
    const dead = numbered.filter(({ number, step }) => step.do !== 'choose' && !somewhere.has(number));
    expect(dead.map(({ actor, trigger, name }) => `${actor} ${trigger} ${name}`)).toEqual([]);
  });

  it('is numbered in the engine as on the screen', () => {
    for (const { steps } of programs(policy)) {
      const kinds: Readonly<Record<string, readonly number[]>> = {
        call: [Do.callCache, Do.callStore],
        send: [Do.sendCache, Do.sendSelf],
        join: [Do.join],
        land: [Do.land],
        buffer: [Do.buffer],
        clear: [Do.clear],
        lookup: [Do.lookup],
        apply: [Do.apply],
        remove: [Do.remove],
        invalidate: [Do.invalidate],
        serve: [Do.serve],
        reply: [Do.reply],
        end: [Do.end],
        choose: [-1],
      };
      for (const { number, step } of numbered)
        expect(kinds[step.do]).toContain(at(steps, number * STEP_WIDTH));
    }
  });

  it('begins every routine at its first step, or where that step’s choice leads', () => {
    for (const [i, { entry }] of programs(policy).entries()) {
      const [order, onTimeout] = VARIANTS[i] ?? [];
      for (const actor of ['app', 'cache'] as const)
        MESSAGES.forEach((message, code) => {
          const routine = numbered.filter((s) => s.actor === actor && s.trigger === message);
          const begins = at(entry, (actor === 'app' ? 0 : 1) * MESSAGES.length + code);
          const [first] = routine;
          if (first === undefined) expect(begins).toBe(-1);
          else if (first.step.do !== 'choose') expect(begins).toBe(first.number);
          else {
            const chosen = first.step.cases[(first.step.by === 'cache.order' ? order : onTimeout) ?? ''];
            expect(begins).toBe(routine.find(({ name }) => name === chosen)?.number);
          }
        });
    }
  });

  it('gives every call to a cache node its limit, and its way on', () => {
    for (const { step } of numbered)
      if (step.do === 'call' && step.to === 'cache')
        expect([step.within, typeof step.timeout]).toEqual(['cache.timeout', 'string']);
  });

  it('runs', () => {
    expect(render(aSmallDesign({ policy })).summary.availability).toBe(1);
  });
});
