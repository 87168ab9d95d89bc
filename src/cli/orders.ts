/**
 * The command `explore`: reads which operations, which crash and how many states are meant, and prints what was found.
 * The search itself is in `src/explore/`, over the engine's worlds. A flag that means nothing becomes one line.
 */
import { nearestWord } from '../base/nearest.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Design } from '../design/design.ts';
import { targetsOf } from '../design/nodes.ts';
import { isVariant, VARIANT_OF, VARIANTS } from '../design/policies/variants.ts';
import { printProblem, problem } from '../design/problem.ts';
import { canCrash, type OperationKind, type Scope } from '../engine/orders/scope.ts';
import { HIGHEST_STATE_LIMIT, STATE_LIMIT, type Findings } from '../explore/orders.ts';
import { count } from '../base/words.ts';
import { columns } from './columns.ts';
import { readCount } from './count.ts';

export const DEFAULT_OPERATIONS = 'put,put,get';
const FENCES = ['both', 'store'];
const FEWEST = 2;
const MOST = 4;

/** Flags as they were typed; undefined where the default is meant. */
interface Flags {
  readonly ops: string | undefined;
  readonly crash: string | undefined;
  readonly fence: string | undefined;
  readonly variant: string | undefined;
  readonly limit: string | undefined;
}

export type Question = Scope & { readonly limit: number };

/** What is to be explored. The error is one line that names the flag, its value and what is allowed. */
export function readQuestion(design: Design, flags: Flags): Result<Question> {
  const operations = readOperations(flags.ops ?? DEFAULT_OPERATIONS);
  if (!operations.ok) return operations;
  const limit =
    flags.limit === undefined ? ok(STATE_LIMIT) : readCount('--limit', flags.limit, HIGHEST_STATE_LIMIT);
  if (!limit.ok) return limit;
  const crash = flags.crash === undefined ? ok({}) : readCrash(design, flags.crash);
  if (!crash.ok) return crash;
  const fence = flags.fence === undefined ? ok({}) : readFence(design, flags.fence);
  if (!fence.ok) return fence;
  const variant = flags.variant === undefined ? ok({}) : readVariant(design, flags.variant);
  if (!variant.ok) return variant;
  return ok({
    design,
    operations: operations.value,
    ...crash.value,
    ...fence.value,
    ...variant.value,
    limit: limit.value,
  });
}

function readCrash(design: Design, crash: string): Result<Pick<Scope, 'crash'>> {
  if (canCrash(design, crash)) return ok({ crash });
  const names = targetsOf(design).flatMap(({ name }) => (canCrash(design, name) ? [name] : []));
  return refusal('--crash', crash, 'is no host of this design', names.join(', '), nearestWord(crash, names));
}

function readFence(design: Design, fence: string): Result<Pick<Scope, 'fenceAt'>> {
  if (fence !== 'both' && fence !== 'store')
    return refusal('--fence', fence, 'is no place for versions', 'both, store', nearestWord(fence, FENCES));
  if (design.cache.fencing === 'version') return ok({ fenceAt: fence });
  const { fencing } = design.cache;
  return refusal('--fence', fence, `needs versions, and cache.fencing is ${fencing}`, 'with version alone');
}

function readVariant(design: Design, variant: string): Result<Pick<Scope, 'variant'>> {
  const names = Object.keys(VARIANTS);
  if (!isVariant(variant))
    return refusal('--variant', variant, 'is not known', names.join(', '), nearestWord(variant, names));
  if (design.policy === VARIANT_OF) return ok({ variant });
  return refusal('--variant', variant, `is one of ${VARIANT_OF}`, `with policy ${VARIANT_OF} alone`);
}

function readOperations(text: string): Result<OperationKind[]> {
  const allowed = `${FEWEST} to ${MOST} of put and get, such as ${DEFAULT_OPERATIONS}`;
  const operations: OperationKind[] = [];
  for (const word of text.split(',')) {
    if (word !== 'put' && word !== 'get')
      return refusal('--ops', word, 'is no operation', allowed, nearestWord(word, ['put', 'get']));
    operations.push(word);
  }
  const { length } = operations;
  if (length < FEWEST || length > MOST)
    return refusal('--ops', text, `names ${length} operation${length === 1 ? '' : 's'}`, allowed);
  return ok(operations);
}

function refusal(
  flag: string,
  value: string,
  message: string,
  allowed: string,
  nearest?: string,
): Result<never> {
  return err(printProblem(problem(flag, value, message, allowed, nearest)));
}

/** The findings for a person at a terminal, ended by a line feed. */
export function ordersTable(
  link: string,
  question: Question,
  { orders, bad, complete, states, moves, anomalies }: Findings,
): string {
  const { limit } = question;
  const lines = [
    link,
    scopeOf(question),
    `${count(orders)} classes of orders, ${count(bad)} of them with an anomaly`,
    `${count(states)} states, ${count(moves)} moves`,
    complete
      ? 'Every class was visited.'
      : `The limit of ${count(limit)} states was reached: there are more classes than these.`,
    '',
    ...(anomalies.length === 0
      ? [complete ? 'No order shows an anomaly.' : 'No anomaly was found so far.']
      : columns([['Anomaly', 'orders'], ...anomalies.map((one) => [one.kind, count(one.orders)])], 'right')),
    ...anomalies.flatMap(({ kind, shortest }) => [
      '',
      `The shortest order that shows ${kind}`,
      ...shortest.map((line, i) => `${String(i + 1).padStart(4)}  ${line}`),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

function scopeOf({ operations, crash, fenceAt, variant }: Question): string {
  const more = [
    ...(crash === undefined ? [] : [`${crash} may crash once`]),
    ...(fenceAt === 'store' ? ['versions fence at the store alone'] : []),
    ...(variant === undefined ? [] : [`by the table of ${variant}`]),
  ];
  return [operations.join(', '), ...more].join('; ');
}
