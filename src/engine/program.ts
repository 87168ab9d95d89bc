/**
 * A policy's table, compiled for one design: names become step numbers, choices that the document has made are
 * resolved. The interpreter in `actors/policy.ts` runs the result; step numbers are those of the table itself.
 */
import type { Design } from '../design/design.ts';
import { policyTable } from '../design/policies/registry.ts';
import type { NumberedStep, Outcome, PolicyTable, Step, Trigger } from '../design/policies/table.ts';
import { stepsOf } from '../design/policies/table.ts';
import { MESSAGES } from '../design/readings.ts';
import { assert } from '../base/assert.ts';

/** Ints a step: operation, target tier or outcome, message, limited, then where to go on each outcome. */
export const STEP_WIDTH = 8;
export const Do = {
  callCache: 0,
  callStore: 1,
  sendCache: 2,
  lookup: 3,
  apply: 4,
  remove: 5,
  invalidate: 6,
  serve: 7,
  reply: 8,
  end: 9,
  sendSelf: 10,
  join: 11,
  land: 12,
  buffer: 13,
  clear: 14,
} as const;
export const ARG = 1; // message of a call or send; outcome of a reply
export const LIMITED = 2; // 1: cache.timeout bounds the call, 2: client.timeout; whoever joins may wait
export const ON = 3; // + Status: the step that follows that outcome; ON + 0 follows everything else

export interface Program {
  readonly steps: Int32Array;
  /** Where an actor begins: `entry[actor * MESSAGES + message]`, actor 0 the app, 1 the cache; -1: nothing to do. */
  readonly entry: Int32Array;
  /** Where a write-behind cache begins a flush; -1: nowhere. */
  readonly flush: number;
}

const OUTCOMES: readonly Outcome[] = ['ok', 'miss', 'refused', 'gaveUp'];

/** Compiles a table for a design: its policy's, if no other one is given. */
export function compile(design: Design, table: PolicyTable = policyTable(design.policy)): Program {
  const numbered = stepsOf(table);
  const find = (near: NumberedStep, name: string): number => {
    const found = numbered.find(
      (s) => s.actor === near.actor && s.trigger === near.trigger && s.name === name,
    );
    assert(found !== undefined, `${design.policy}: no step ${near.actor} ${near.trigger} ${name}`);
    const { step } = found;
    if ('by' in step && step.by === 'cache.singleFlight' && !design.cache.singleFlight)
      return find(near, step.do === 'join' ? step.lead : step.then);
    if (step.do !== 'choose') return found.number;
    const chosen = step.cases[step.by === 'cache.order' ? design.cache.order : design.cache.onTimeout];
    assert(chosen !== undefined, `${design.policy}: ${name} has no such case`);
    return find(near, chosen);
  };
  const steps = new Int32Array(numbered.length * STEP_WIDTH).fill(-1);
  for (const one of numbered) encode(one.step, steps, one.number * STEP_WIDTH, (name) => find(one, name));
  const entry = new Int32Array(2 * MESSAGES.length).fill(-1);
  let flush = -1;
  for (const one of [...numbered].reverse()) {
    const actor = one.actor === 'app' ? 0 : 1;
    // Reading order: the first step of a routine overwrites the later ones.
    if (one.trigger === 'flush') flush = find(one, one.name);
    else entry[actor * MESSAGES.length + MESSAGES.indexOf(one.trigger)] = find(one, one.name);
  }
  return { steps, entry, flush };
}

function encode(step: Step, into: Int32Array, o: number, find: (name: string) => number): void {
  const message = (trigger: Trigger): number => MESSAGES.indexOf(trigger);
  switch (step.do) {
    case 'call':
      into[o] = step.to === 'cache' ? Do.callCache : Do.callStore;
      into[o + ARG] = message(step.message);
      into[o + LIMITED] = step.within === undefined ? 0 : step.within === 'cache.timeout' ? 1 : 2;
      into[o + ON] = find(step.ok);
      // An outcome that the table does not name cannot happen there, or is as good as ok.
      into[o + ON + 1] = find(step.miss ?? step.ok);
      into[o + ON + 2] = find(step.refused ?? step.ok);
      into[o + ON + 3] = find(step.timeout ?? step.ok);
      return;
    case 'send':
      into[o] = step.to === 'cache' ? Do.sendCache : Do.sendSelf;
      into[o + ARG] = message(step.message);
      into[o + ON] = find(step.then);
      return;
    case 'lookup':
      into[o] = Do.lookup;
      into[o + ON] = find(step.hit);
      into[o + ON + 1] = find(step.miss);
      into[o + ON + 2] = find(step.due ?? step.hit);
      return;
    case 'join':
      into[o] = Do.join;
      into[o + LIMITED] = step.by === undefined ? 0 : 1;
      into[o + ON] = find(step.lead);
      into[o + ON + 1] = find(step.landed);
      return;
    case 'apply':
    case 'remove':
    case 'invalidate':
    case 'serve':
    case 'land':
    case 'buffer':
    case 'clear':
      into[o] = Do[step.do];
      into[o + ON] = find(step.then);
      return;
    case 'reply':
      into[o] = Do.reply;
      into[o + ARG] = OUTCOMES.indexOf(step.with);
      return;
    case 'end':
      into[o] = Do.end;
      return;
    case 'choose':
      return; // resolved by whoever goes there
  }
}
