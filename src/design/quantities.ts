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
  parseRealDuration,
  parseRate,
  parseShare,
  printBytes,
  printDuration,
  printRealDuration,
  printRate,
  printShare,
} from '../base/units.ts';
import type { LeafKind, Rule } from './leaf.ts';

interface Quantity {
  readonly kind: LeafKind;
  readonly what: string;
  readonly parse: (text: string) => Result<number>;
  readonly print: (value: number) => string;
  /** The first one is supposed where none, or an unknown one, is given. */
  readonly units: readonly string[];
  /** Units of elsewhere that must not be taken for one of these: how they begin, and what one of them is. */
  readonly others?: readonly (readonly [begins: RegExp, one: number])[];
}

export const DURATION: Quantity = {
  kind: 'duration',
  what: 'a duration such as 2s',
  parse: parseDuration,
  print: printDuration,
  units: ['s', 'ms', 'us', 'm'],
  others: [
    [/^n/i, 1e-3],
    [/^micro/i, 1],
    [/^milli/i, 1e3],
    [/^h/i, 3.6e9],
    [/^d/i, 8.64e10],
    [/^w/i, 6.048e11],
  ],
};
/** One of which most are of some milliseconds. */
export const SHORT_DURATION: Quantity = { ...DURATION, units: ['ms', 's', 'us', 'm'] };
/** A parameter of a distribution. */
export const REAL_DURATION: Quantity = {
  ...SHORT_DURATION,
  parse: parseRealDuration,
  print: printRealDuration,
};
export const RATE: Quantity = {
  kind: 'rate',
  what: 'a rate such as 2500/s',
  parse: parseRate,
  print: printRate,
  units: ['/s', 'k/s'],
  others: [
    [/^([/]|per)m(in|$)/i, 1 / 60],
    [/^[oqrt]pm/i, 1 / 60],
    [/^([/]|per)h/i, 1 / 3600],
    [/^([/]|per)d/i, 1 / 86_400],
    [/^([/]|per)ms/i, 1e3],
    [/^M/, 1e6],
  ],
};
export const BYTES: Quantity = {
  kind: 'bytes',
  what: 'an amount such as 1KiB',
  parse: parseBytes,
  print: printBytes,
  units: ['B', 'KiB', 'MiB', 'GiB', 'TiB'],
  others: [
    [/^bit/i, 1 / 8],
    [/^[pez]/i, 1_125_899_906_842_624],
  ],
};
export const SHARE: Quantity = {
  kind: 'share',
  what: 'a share such as 10%',
  parse: parseShare,
  print: printShare,
  units: ['%', ''],
  others: [
    [/^permil|^\u2030/i, 1e-3],
    [/^p/i, 1e-2],
  ],
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

/** Significant digits of what is suggested. */
const DIGITS = 15;

const NUMBER_AND_REST = /^\s*(-?[\d.]+(?:e-?\d+)?)(.*)/s;
/** Longest text that anything is suggested for. */
const LONGEST = 64;

/** How numbers and units are written elsewhere, and how here: thousands, decimals, powers of ten, micro, a second's events. */
const ELSEWHERE: readonly (readonly [RegExp, string])[] = [
  [/^\s*\+/, ''],
  [/(?<=\d)[,_'](?=\d{3}(?!\d))/g, ''],
  [/(?<=\d),(?=\d)/, '.'],
  [/(?<=\d)e\+?(?=-?\d)/i, 'e'],
  [/[\u00b5\u03bc]/, 'u'],
  [/(?<=\d)\s*([oqrt]ps|hz|(req|op)\w*\/s)$/i, '/s'],
];

/**
 * What was probably meant by a text that is no such quantity: "3sec" is 3s, "20" is 20s, "0.5us" is 1us, "1_000ms" is 1s,
 * "-1s" is the least.
 */
function repair(text: string, quantity: Quantity, min: number, max: number): string | undefined {
  if (text.length > LONGEST) return undefined;
  const plainly = ELSEWHERE.reduce((so, [theirs, ours]) => so.replace(theirs, ours), text.normalize('NFKC'));
  const [, digits, behind = ''] = NUMBER_AND_REST.exec(plainly) ?? [];
  // Of two numbers, as in 0x10, 1/2 or 1m30s, neither alone is what was meant.
  if (digits === undefined || /\d/.test(behind)) return undefined;
  const rest = behind.replace(/\s+/g, '');
  if (digits.startsWith('-')) return quantity.print(min);
  // Nothing that a person means is told in more digits; beyond them is what multiplying lost.
  const print = (value: number): string => {
    const bounded = Math.min(Math.max(Number(value.toPrecision(DIGITS)), min), max);
    const exact = quantity.print(bounded);
    // Of microseconds and bytes there are whole ones alone.
    return quantity.parse(exact).ok ? exact : quantity.print(Math.max(Math.round(bounded), min));
  };
  const number = parseDecimal(digits);
  const other = quantity.others?.find(([begins]) => begins.test(rest));
  if (number === undefined) return undefined;
  if (other !== undefined) return print(number * other[1]);
  const longestFirst = [...quantity.units].sort((a, b) => b.length - a.length);
  const unit =
    longestFirst.find((each) => rest.toLowerCase().startsWith(each.toLowerCase())) ??
    nearestWord(rest, longestFirst) ??
    quantity.units[0] ??
    '';
  const value = quantity.parse(digits + unit);
  if (value.ok) return quantity.print(Math.min(Math.max(value.value, min), max));
  const one = quantity.parse(`1${unit}`);
  return one.ok ? print(number * one.value) : undefined;
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
