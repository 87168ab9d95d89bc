/**
 * Distributions of durations, as text and as data: `lognormal:0.1ms:0.4ms`. Sampling them is the engine's; here is
 * what they are called, what their parameters may be, and how they are written in exactly one way.
 * All values are real microseconds.
 */
import { assertUnreachable } from '../base/assert.ts';
import { parseDecimal, printDecimal } from '../base/decimal.ts';
import { err, ok, type Result } from '../base/result.ts';
import { parseRealDuration, printRealDuration, type Micros } from '../base/units.ts';
import { LIMITS } from './limits.ts';

export type Dist =
  | { readonly kind: 'const'; readonly value: Micros }
  | { readonly kind: 'exp'; readonly mean: Micros }
  | { readonly kind: 'uniform'; readonly from: Micros; readonly to: Micros }
  | { readonly kind: 'lognormal'; readonly median: Micros; readonly p99: Micros }
  | { readonly kind: 'pareto'; readonly scale: Micros; readonly shape: number }
  /** Points in rising order of `p`, from above 0 to below 100 (per cent). */
  | { readonly kind: 'quantiles'; readonly points: readonly { readonly p: number; readonly value: Micros }[] }
  /** Weights sum to 1. Its parts are no mixtures themselves. */
  | { readonly kind: 'mixture'; readonly parts: readonly { readonly weight: number; readonly dist: Dist }[] };

/** The kinds that can be named, with the form in which each is written. */
export const DIST_FORMS = {
  const: 'const:1ms',
  exp: 'exp:1ms',
  uniform: 'uniform:1ms:2ms',
  lognormal: 'lognormal:0.5ms:3ms',
  pareto: 'pareto:0.235ms:10',
  quantiles: 'quantiles:p50=0.4ms,p99=1.3ms',
} as const;
export type SimpleDistKind = keyof typeof DIST_FORMS;

/** How far the weights of a mixture may sum from 1: shares rounded to six digits still pass. */
const WEIGHT_TOLERANCE = 1e-6;

/** A distribution from its text, or what is wrong with that; its parameters in real microseconds. */
export function parseDist(text: string): Result<Dist> {
  const terms = text.split('+');
  return terms.length === 1 && !text.includes('*') ? parseSimple(text) : parseMixture(terms);
}

function parseMixture(terms: readonly string[]): Result<Dist> {
  if (terms.length > LIMITS.mixtureParts) return err(`has more than ${LIMITS.mixtureParts} parts`);
  const parts: { weight: number; dist: Dist }[] = [];
  let sum = 0;
  for (const term of terms) {
    const star = term.indexOf('*');
    const weight = parseDecimal(term.slice(0, Math.max(star, 0)));
    if (weight === undefined || weight <= 0 || weight > 1)
      return err(`needs a weight between 0 and 1 before "${term}", as in 0.5*exp:1ms+0.5*exp:2ms`);
    const dist = parseSimple(term.slice(star + 1));
    if (!dist.ok) return dist;
    parts.push({ weight, dist: dist.value });
    sum += weight;
  }
  if (Math.abs(sum - 1) > WEIGHT_TOLERANCE) return err('has weights that do not sum to 1');
  return ok({ kind: 'mixture', parts });
}

function parseSimple(text: string): Result<Dist> {
  const [kind = '', ...parameters] = text.split(':');
  if (!isSimpleKind(kind)) return err(`has no distribution "${kind}"`);
  const [first = '', second = ''] = parameters;
  const wanted = kind === 'uniform' || kind === 'lognormal' || kind === 'pareto' ? 2 : 1;
  if (parameters.length !== wanted) return err(`is not of the form ${DIST_FORMS[kind]}`);
  if (kind === 'quantiles') return parseQuantiles(first);
  const a = parseParameter(first);
  if (!a.ok) return a;
  if (kind === 'const') return ok({ kind, value: a.value });
  if (kind === 'exp') return ok({ kind, mean: a.value });
  if (kind === 'pareto') {
    const shape = parseDecimal(second);
    if (a.value <= 0) return err('needs a scale above 0');
    if (shape === undefined || shape <= 0 || shape > LIMITS.shape)
      return err(`needs a shape above 0, up to ${LIMITS.shape}`);
    return ok({ kind, scale: a.value, shape });
  }
  const b = parseParameter(second);
  if (!b.ok) return b;
  if (kind === 'uniform')
    return a.value <= b.value
      ? ok({ kind, from: a.value, to: b.value })
      : err('ends before it begins: the first value is the smallest');
  if (a.value <= 0) return err('needs a median above 0');
  if (b.value < a.value) return err('has a p99 below its median');
  return ok({ kind, median: a.value, p99: b.value });
}

function parseQuantiles(text: string): Result<Dist> {
  const texts = text.split(',');
  if (texts.length > LIMITS.quantilePoints) return err(`has more than ${LIMITS.quantilePoints} points`);
  const points: { p: number; value: Micros }[] = [];
  let before = { p: 0, value: 0 };
  for (const point of texts) {
    const [name = '', quantile = '', ...more] = point.split('=');
    if (more.length > 0) return err(`has "${point}" where one quantile such as p99=1.3ms belongs`);
    const p = name.startsWith('p') ? parseDecimal(name.slice(1)) : undefined;
    if (p === undefined || p <= 0 || p >= 100)
      return err(`has "${name}" where a quantile such as p99.9 belongs`);
    const value = parseParameter(quantile);
    if (!value.ok) return value;
    if (p <= before.p || value.value < before.value) return err('has quantiles that do not rise');
    before = { p, value: value.value };
    points.push(before);
  }
  return ok({ kind: 'quantiles', points });
}

function parseParameter(text: string): Result<Micros> {
  const value = parseRealDuration(text);
  if (!value.ok) return err(`has "${text}", which ${value.error}`);
  if (value.value > LIMITS.timeout)
    return err(`has "${text}", which is above ${printRealDuration(LIMITS.timeout)}`);
  return value;
}

function isSimpleKind(text: string): text is SimpleDistKind {
  return Object.hasOwn(DIST_FORMS, text);
}

/** The one text of a distribution: reading it gives the same numbers. */
export function printDist(dist: Dist): string {
  switch (dist.kind) {
    case 'const':
      return `const:${printRealDuration(dist.value)}`;
    case 'exp':
      return `exp:${printRealDuration(dist.mean)}`;
    case 'uniform':
      return `uniform:${printRealDuration(dist.from)}:${printRealDuration(dist.to)}`;
    case 'lognormal':
      return `lognormal:${printRealDuration(dist.median)}:${printRealDuration(dist.p99)}`;
    case 'pareto':
      return `pareto:${printRealDuration(dist.scale)}:${printDecimal(dist.shape)}`;
    case 'quantiles':
      return `quantiles:${dist.points.map(({ p, value }) => `p${printDecimal(p)}=${printRealDuration(value)}`).join(',')}`;
    case 'mixture':
      return dist.parts.map((part) => `${printDecimal(part.weight)}*${printDist(part.dist)}`).join('+');
    default:
      return assertUnreachable(dist);
  }
}
