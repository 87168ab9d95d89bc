/**
 * What was probably meant by a text that is no distribution: `exp:5` is exp:5ms, `lognormal(0.5ms, 3ms)` is
 * lognormal:0.5ms:3ms. Suggests nothing that is none itself.
 */
import { nearestWord } from '../base/nearest.ts';
import { DIST_FORMS, parseDist } from './dist.ts';
import { LIMITS } from './limits.ts';
import { NUMBER, REAL_DURATION, within } from './quantities.ts';

const DURATION = within(REAL_DURATION, 0, LIMITS.timeout);
const SHAPE = within(NUMBER, 0, LIMITS.shape);
const KINDS = Object.keys(DIST_FORMS);

/** As programs write it: `exp(5ms)`. */
const CALL = /^\s*([a-z]+)\s*\((.*)\)\s*$/is;

/** Undefined where nothing is near, and where all is well. */
export function nearestDist(text: string): string | undefined {
  const nearest = text.split('+').map(mendTerm).join('+');
  return nearest !== text && parseDist(nearest).ok ? nearest : undefined;
}

/** One part of a mixture, its weight left as it is; or the whole. */
function mendTerm(term: string): string {
  const behindWeight = term.indexOf('*') + 1;
  return term.slice(0, behindWeight).trim() + mendSimple(term.slice(behindWeight));
}

function mendSimple(text: string): string {
  const call = CALL.exec(text);
  const [name = '', ...given] = call === null ? text.split(':') : call.slice(1);
  if (given.length === 0) {
    const value = nearestDuration(name);
    return value === undefined ? text : `const:${value}`;
  }
  const kind = nearestWord(name.trim(), KINDS) ?? name;
  const inside = call === null || kind === 'quantiles' ? given : given.flatMap((each) => each.split(/[,;]/));
  return [kind, ...mendParameters(kind, inside)].join(':');
}

function mendParameters(kind: string, given: readonly string[]): readonly string[] {
  const mended = given.map((each, i) => {
    if (kind === 'quantiles') return each.split(',').map(mendQuantile).join(',');
    return (kind === 'pareto' && i === 1 ? nearestShape(each) : nearestDuration(each)) ?? each;
  });
  if (kind !== 'uniform' && kind !== 'lognormal') return mended;
  // The smaller one stands first.
  const [first, second] = mended.map((each) => DURATION.read(each));
  return first?.ok === true && second?.ok === true && second.value < first.value
    ? mended.toReversed()
    : mended;
}

function mendQuantile(point: string): string {
  const [name = '', value] = point.trim().split('=');
  return value === undefined ? point : `${name}=${nearestDuration(value) ?? value}`;
}

/** The text itself where it is a duration. */
function nearestDuration(text: string): string | undefined {
  const read = DURATION.read(text);
  return read.ok ? text : read.error.nearest;
}

function nearestShape(text: string): string | undefined {
  const read = SHAPE.read(text);
  return read.ok ? text : read.error.nearest;
}
