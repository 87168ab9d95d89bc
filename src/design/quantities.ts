/**
 * The quantities that a key of the document can hold: durations, rates, amounts, shares and plain numbers, each with the
 * limits that a key gives it. What is no such quantity, or lies outside, is told with the nearest that is one.
 */
import { nearestWord } from '../base/nearest.ts';
import { parseDecimal } from '../base/decimal.ts';
import { err, ok, type Result } from '../base/result.ts';
import {
  parseBytes,
  parseDuration,
  parseRate,
  parseShare,
  printBytes,
  printDuration,
  printRate,
  printShare,
  type Micros,
} from '../base/units.ts';
import type { LeafKind, Rule } from './leaf.ts';

interface Quantity {
  readonly kind: LeafKind;
  readonly what: string;
  readonly parse: (text: string) => Result<number>;
  readonly print: (value: number) => string;
  /** The unit that is supposed where none, or an unknown one, is given. */
  readonly units: readonly string[];
}

export const DURATION: Quantity = {
  kind: 'duration',
  what: 'a duration such as 2s',
  parse: parseDuration,
  print: printDuration,
  units: ['s', 'ms', 'us', 'm'],
};
export const RATE: Quantity = {
  kind: 'rate',
  what: 'a rate such as 2500/s',
  parse: parseRate,
  print: printRate,
  units: ['/s', 'k/s'],
};
export const BYTES: Quantity = {
  kind: 'bytes',
  what: 'an amount such as 1KiB',
  parse: parseBytes,
  print: printBytes,
  units: ['B', 'KiB', 'MiB', 'GiB', 'TiB'],
};
export const SHARE: Quantity = {
  kind: 'share',
  what: 'a share such as 10%',
  parse: parseShare,
  print: printShare,
  units: ['%', ''],
};
export const FRACTION: Quantity = { ...SHARE, what: 'a share such as 0.5', print: String };
export const NUMBER: Quantity = {
  kind: 'number',
  what: 'a number',
  parse: (text) => plain(parseDecimal(text), 'is not a number'),
  print: String,
  units: [''],
};
export const INTEGER: Quantity = {
  kind: 'integer',
  what: 'a whole number',
  parse: (text) => plain(isWhole(text) ? parseDecimal(text) : undefined, 'is not a whole number'),
  print: String,
  units: [''],
};

/** Whether a decimal has nothing behind its point, by its digits: the nearest double of 1e-400 is a whole number. */
function isWhole(text: string): boolean {
  const [mantissa = '', power = '0'] = text.split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return !/[1-9]/.test((whole + fraction).slice(Math.max(0, whole.length + Number(power))));
}

function plain(value: number | undefined, otherwise: string): Result<number> {
  return value === undefined ? err(otherwise) : ok(value);
}

/** No unit of the document, and still not to be taken for another one. */
const HOUR: Micros = 3_600_000_000;

const NUMBER_AND_REST = /^\s*(-?[\d.]+(?:e-?\d+)?)\s*(.{0,12})/;

/** How numbers and units are written elsewhere, and how here: thousands, decimals, powers of ten, micro, a second's events. */
const ELSEWHERE: readonly (readonly [RegExp, string])[] = [
  [/(?<=\d)[,_'](?=\d{3}(?!\d))/g, ''],
  [/(?<=\d),(?=\d)/, '.'],
  [/(?<=\d)e\+?(?=-?\d)/i, 'e'],
  [/[\u00b5\u03bc]/, 'u'],
  [/(?<=\d)\s*([oqrt]ps|hz)$/i, '/s'],
];

/**
 * What was probably meant by a text that is no such quantity: "3sec" is 3s, "20" is 20s, "0.5us" is 1us, "1_000ms" is 1s,
 * "-1s" is the least.
 */
function repair(text: string, quantity: Quantity, min: number, max: number): string | undefined {
  const plainly = ELSEWHERE.reduce((so, [theirs, ours]) => so.replace(theirs, ours), text);
  const [, digits, rest = ''] = NUMBER_AND_REST.exec(plainly) ?? [];
  if (digits === undefined) return undefined;
  if (digits.startsWith('-')) return quantity.print(min);
  const hours = quantity === DURATION && /^h(ours?|rs?)?$/i.test(rest) ? parseDecimal(digits) : undefined;
  if (hours !== undefined) return quantity.print(Math.min(Math.max(hours * HOUR, min), max));
  const longestFirst = [...quantity.units].sort((a, b) => b.length - a.length);
  const unit =
    longestFirst.find((each) => rest.toLowerCase().startsWith(each.toLowerCase())) ??
    nearestWord(rest, longestFirst) ??
    quantity.units[0] ??
    '';
  const print = (value: number): string => quantity.print(Math.min(Math.max(value, min), max));
  const value = quantity.parse(digits + unit);
  if (value.ok) return print(value.value);
  // Of microseconds and bytes there are whole ones alone.
  const [number, one] = [parseDecimal(digits), quantity.parse(`1${unit}`)];
  return number === undefined || !one.ok ? undefined : print(Math.round(number * one.value));
}

/** The rule of a quantity from `min` to `max`, in the unit of the design. */
export function within(quantity: Quantity, min: number, max: number): Rule<number> {
  const [least, most] = [quantity.print(min), quantity.print(max)];
  return {
    kind: quantity.kind,
    allowed: `${quantity.what}, from ${least} to ${most}`,
    min,
    max,
    read: (text) => {
      const unsigned = text.startsWith('-') ? quantity.parse(text.slice(1)) : undefined;
      // No quantity has a sign: zero with one is zero, and what else is well formed but for its sign is too small.
      const value = unsigned?.ok === true && unsigned.value === 0 ? unsigned : quantity.parse(text);
      if (!value.ok) {
        const nearest = repair(text, quantity, min, max);
        const message = unsigned?.ok === true ? `is below ${least}` : value.error;
        return err({ message, ...(nearest === undefined ? {} : { nearest }) });
      }
      if (value.value < min) return err({ message: `is below ${least}`, nearest: least });
      if (value.value > max) {
        // A share that is given as 99.95 has lost its sign.
        const inPercent = quantity === SHARE && value.value >= 2 && value.value <= 100 && !text.endsWith('%');
        return err({ message: `is above ${most}`, nearest: inPercent ? `${text}%` : most });
      }
      return value;
    },
  };
}

/** The same rule with the word `off` beside it. */
export function orOff(rule: Rule<number>, kind: LeafKind): Rule<number | 'off'> {
  return {
    ...rule,
    kind,
    allowed: `${rule.allowed}, or off`,
    read: (text) => {
      if (text === 'off') return ok('off');
      const read = rule.read(text);
      const nearest = read.ok ? undefined : (read.error.nearest ?? nearestWord(text, ['off']));
      return read.ok || nearest === undefined ? read : err({ ...read.error, nearest });
    },
  };
}
