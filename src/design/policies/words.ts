/**
 * A policy's table as it is read: each step in a few words, and where it leads. Choices that the document has made are
 * resolved, and steps that no operation of it can reach are left out, as the engine does. Words only: nothing is run.
 */
import { printDuration } from '../../base/units.ts';
import type { Design } from '../design.ts';
import { stepsOf, type NumberedStep, type PolicyTable, type Step, type Trigger } from './table.ts';
import { limitOf, pastChoice, waysOf } from './ways.ts';

/** One row of the printed table. */
export interface StepRow {
  /** As the engine reports it. */
  readonly step: number;
  /** As it is printed: counted from 1 in its column. */
  readonly number: number;
  readonly actor: 'app' | 'cache';
  readonly does: string;
  /** `ok 4, timeout 2`. */
  readonly then: string;
  readonly message: Trigger | undefined;
}

export interface Column {
  readonly title: 'PUT' | 'GET';
  readonly rows: readonly StepRow[];
}

/** What writes set off stands in one column, what reads set off in the other. */
const COLUMNS = [
  { title: 'PUT', occasions: ['put', 'invalidate', 'flush'] },
  { title: 'GET', occasions: ['get', 'fill'] },
] as const;

/** The columns of a design's policy; none of those that it has no step for. */
export function columnsOf(table: PolicyTable, design: Design): readonly Column[] {
  const steps = stepsOf(table);
  return COLUMNS.map(({ title, occasions }) => {
    const reached = steps.filter(
      (step) => occasions.some((occasion) => occasion === step.trigger) && reachable(steps, step, design),
    );
    return {
      title,
      rows: reached.map((step, i): StepRow => ({
        step: step.number,
        number: i + 1,
        actor: step.actor,
        does: wordsOf(step.step, design),
        then: thenOf(step, design, (name) => numberIn(reached, resolve(steps, step, name, design))),
        message: 'message' in step.step ? step.step.message : undefined,
      })),
    };
  }).filter(({ rows }) => rows.length > 0);
}

function numberIn(rows: readonly NumberedStep[], step: NumberedStep | undefined): string {
  return String(rows.findIndex((row) => row === step) + 1);
}

/** The step that a name leads to, past the choices that the document has made. */
function resolve(
  steps: readonly NumberedStep[],
  near: NumberedStep,
  name: string,
  design: Design,
): NumberedStep | undefined {
  const found = steps.find(
    (each) => each.actor === near.actor && each.trigger === near.trigger && each.name === name,
  );
  const next = found === undefined ? undefined : pastChoice(found.step, design);
  return next === undefined ? found : resolve(steps, near, next, design);
}

function reachable(steps: readonly NumberedStep[], wanted: NumberedStep, design: Design): boolean {
  const routine = steps.filter(({ actor, trigger }) => actor === wanted.actor && trigger === wanted.trigger);
  const first = routine[0];
  if (first === undefined) return false;
  const seen = new Set<NumberedStep>();
  const open = [resolve(steps, first, first.name, design)];
  while (open.length > 0) {
    const next = open.pop();
    if (next === undefined || seen.has(next)) continue;
    seen.add(next);
    for (const [, name] of waysOf(next.step, design)) open.push(resolve(steps, next, name, design));
  }
  return seen.has(wanted);
}

function thenOf({ step }: NumberedStep, design: Design, number: (name: string) => string): string {
  if (step.do === 'reply' || step.do === 'end') return 'done';
  return waysOf(step, design)
    .map(([outcome, name]) => `${outcome} ${number(name)}`.trim())
    .join(', ');
}

const MESSAGES = { put: 'write', get: 'read', invalidate: 'invalidate', fill: 'fill' } as const;
const ANSWERS = {
  ok: 'answer: ok',
  miss: 'answer: nothing here',
  refused: 'answer: refused',
  gaveUp: 'give up on it',
} as const;

function wordsOf(step: Step, design: Design): string {
  const { cache, store } = design;
  switch (step.do) {
    case 'call': {
      const limit = limitOf(step, design);
      const patience = limit === 'off' ? '' : `, at most ${printDuration(limit)}`;
      if (step.to === 'cache') return `call the cache: ${MESSAGES[step.message]}${patience}`;
      const whom =
        store.mode === 'leaderless'
          ? 'all replicas'
          : step.message === 'put' || store.readFrom === 'leader'
            ? 'the shard’s leader'
            : store.readFrom === 'quorum'
              ? 'a majority'
              : 'any one replica';
      return `call ${whom}: ${MESSAGES[step.message]}${patience}`;
    }
    case 'send':
      return step.to === 'self'
        ? 'begin a reload, do not wait'
        : `send the cache: ${MESSAGES[step.message]}, do not wait`;
    case 'lookup':
      return 'look up';
    case 'join':
      return 'lead the load of this key, or wait for it';
    case 'land':
      return 'hand the value to all who wait';
    case 'apply':
      return cache.ttl === 'off' ? 'hold the value' : `hold the value, for ${printDuration(cache.ttl)}`;
    case 'remove':
      return 'take it back, if it is still there';
    case 'invalidate':
      return cache.fencing === 'version' ? 'drop the entry, leave a tombstone' : 'drop the entry';
    case 'serve':
      return 'queue once more, as a write';
    case 'buffer':
      return `keep it for a flush in ${printDuration(cache.flushDelay)}`;
    case 'clear':
      return 'this flush is over';
    case 'choose':
      return 'go where the document says';
    case 'reply':
      return ANSWERS[step.with];
    case 'end':
      return 'done, nobody waits';
  }
}
