/**
 * The kinds of value that a key of the document can hold. Each is a codec: from what stands in the document (a text
 * with units, a number, a flag) to the number the engine works with, and back in exactly one way. Beside the codec
 * stands what a person must be told: what is allowed, and what was probably meant. Knows no key.
 */
import * as z from 'zod/mini';
import { nearestWord } from '../base/nearest.ts';
import { err, ok, type Result } from '../base/result.ts';
import {
  printDuration,
  printRate,
  printShare,
  printBytes,
  type Bytes,
  type Hertz,
  type Micros,
} from '../base/units.ts';
import { DIST_FORMS, parseDist, printDist, type Dist } from './dist.ts';
import { nearestDist } from './nearestDist.ts';
import { BYTES, DURATION, FRACTION, INTEGER, NUMBER, orOff, RATE, SHARE, within } from './quantities.ts';
import type { Leaf, Rule, Trouble } from './leaf.ts';

// Zod would compile objects by `new Function`, which a strict content policy reports as an error.
z.config({ jitless: true });

/** Every leaf of the schema is registered here by its codec. */
export const LEAVES = z.registry<Leaf>();

// One for all leaves: every object that Zod makes is made before the first picture.
const TEXT = z.string();
const NUMBER_OR_TEXT = z.union([z.number(), TEXT]);

/** A codec between a value and its text. */
function textual<V extends z.ZodMiniType>(
  value: V,
  rule: Rule<z.input<V>>,
  print: (value: z.input<V>) => string,
) {
  const codec = z.codec(TEXT, value, { decode: decoder(rule.read), encode: print });
  LEAVES.add(codec, rule);
  return codec;
}

/** A codec of what JSON can hold as it is: written as a number, read from its text as well. */
function numeric(value: z.ZodMiniType<number, number>, rule: Rule<number>) {
  const decode = decoder(rule.read);
  const codec = z.codec(NUMBER_OR_TEXT, value, {
    decode: (given, payload) => decode(String(given), payload),
    encode: (number) => number,
  });
  LEAVES.add(codec, rule);
  return codec;
}

function decoder<T>(read: (text: string) => Result<T, Trouble>) {
  return (text: string, payload: { issues: z.core.$ZodRawIssue[] }): T => {
    const result = read(text);
    if (result.ok) return result.value;
    payload.issues.push({ code: 'custom', message: result.error.message, input: text });
    return z.NEVER;
  };
}

const between = (min: number, max: number) => z.number().check(z.gte(min), z.lte(max));
const whole = (min: number, max: number) => z.int().check(z.gte(min), z.lte(max));

/** Whole microseconds, written with a unit. */
export const duration = (min: Micros, max: Micros) =>
  textual(whole(min, max), within(DURATION, min, max), printDuration);

/** The same, or the word `off`. */
export const durationOrOff = (min: Micros, max: Micros) =>
  textual(
    z.union([whole(min, max), z.literal('off')]),
    orOff(within(DURATION, min, max), 'duration-or-off'),
    (value) => (value === 'off' ? value : printDuration(value)),
  );

/** Events a second. */
export const rate = (max: Hertz) => textual(between(0, max), within(RATE, 0, max), printRate);

/** Whole bytes, written with a unit. */
export const bytes = (min: Bytes, max: Bytes) =>
  textual(whole(min, max), within(BYTES, min, max), printBytes);

/** From 0 to 1, written in per cent. */
export const share = () => textual(between(0, 1), within(SHARE, 0, 1), printShare);

/** The same, or the word `off`. */
export const shareOrOff = () =>
  textual(z.union([between(0, 1), z.literal('off')]), orOff(within(SHARE, 0, 1), 'share-or-off'), (value) =>
    value === 'off' ? value : printShare(value),
  );

/** From 0 to 1, written as a number. */
export const fraction = () => numeric(between(0, 1), within(FRACTION, 0, 1));

/** A whole number, written without a unit. */
export const integer = (min: number, max: number) => numeric(whole(min, max), within(INTEGER, min, max));

/** A number, written without a unit. */
export const number = (min: number, max: number) => numeric(between(min, max), within(NUMBER, min, max));

/** A distribution of durations, its parameters in real microseconds. */
export const dist = () =>
  textual(
    z.custom<Dist>(),
    {
      kind: 'dist',
      allowed: `a distribution such as ${Object.values(DIST_FORMS).join(', ')}, or a mixture of them`,
      read: (text) => {
        const value = parseDist(text);
        if (value.ok) return value;
        const nearest = nearestDist(text);
        return err({ message: value.error, ...(nearest === undefined ? {} : { nearest }) });
      },
    },
    printDist,
  );

/** One of a few words. */
export function choice<const C extends readonly [string, ...string[]]>(...choices: C) {
  const value = z.enum(choices);
  return textual(
    value,
    {
      kind: 'choice',
      allowed: `one of ${choices.join(', ')}`,
      choices,
      read: (text) => {
        const parsed = z.safeParse(value, text);
        if (parsed.success) return ok(parsed.data);
        const nearest = nearestWord(text, choices);
        return err({ message: 'is not known', ...(nearest === undefined ? {} : { nearest }) });
      },
    },
    String,
  );
}

/** `true` or `false`. */
export const flag = () => {
  const codec = z.codec(z.union([z.boolean(), TEXT]), z.boolean(), {
    decode: (given, payload) => decoder(readFlag)(String(given), payload),
    encode: (value) => value,
  });
  LEAVES.add(codec, { kind: 'flag', allowed: 'true or false', choices: ['true', 'false'], read: readFlag });
  return codec;
};

/** What elsewhere stands for one of the two. */
const FLAGS_OF_OTHERS: ReadonlyMap<string, string> = new Map([
  ...['yes', 'on', '1'].map((word) => [word, 'true'] as const),
  ...['no', 'off', '0'].map((word) => [word, 'false'] as const),
]);

function readFlag(text: string): Result<boolean, Trouble> {
  if (text === 'true' || text === 'false') return ok(text === 'true');
  const nearest = FLAGS_OF_OTHERS.get(text.toLowerCase()) ?? nearestWord(text, ['true', 'false']);
  return err({ message: 'is neither true nor false', ...(nearest === undefined ? {} : { nearest }) });
}

/** Halves of a surrogate pair: no encoding can carry them. */
const HALF_CHARACTER = /\p{Surrogate}/gu;

/** Free text of at most `longest` UTF-16 units. */
export const text = (longest: number) =>
  textual(
    z.string().check(z.maxLength(longest)),
    {
      kind: 'text',
      allowed: `text of at most ${longest} characters`,
      max: longest,
      read: (given) =>
        given.length <= longest
          ? ok(given.replace(HALF_CHARACTER, '\ufffd'))
          : err({ message: `has ${given.length} characters` }),
    },
    String,
  );

const PERIODIC = 'periodic:';

/** When a write is on disk: at once, or with the next flush of a period. */
export const fsync = (max: Micros) => {
  const period = within(DURATION, 1, max);
  const read = (given: string): Result<'always' | { periodic: Micros }, Trouble> => {
    if (given === 'always') return ok('always');
    if (given.startsWith(PERIODIC)) {
      const periodic = period.read(given.slice(PERIODIC.length));
      if (periodic.ok) return ok({ periodic: periodic.value });
      const { message, nearest } = periodic.error;
      return err({ message, ...(nearest === undefined ? {} : { nearest: PERIODIC + nearest }) });
    }
    if (period.read(given).ok) return err({ message: 'is not known', nearest: PERIODIC + given });
    const near = nearestWord(given.split(':')[0] ?? '', ['always', 'periodic']);
    if (near === undefined) return err({ message: 'is not known' });
    return err({ message: 'is not known', nearest: near === 'always' ? near : `${PERIODIC}10s` });
  };
  return textual(
    z.union([z.literal('always'), z.object({ periodic: whole(1, max) })]),
    { kind: 'fsync', allowed: `always, or ${PERIODIC} and ${period.allowed}`, read },
    (value) => (value === 'always' ? value : PERIODIC + printDuration(value.periodic)),
  );
};
