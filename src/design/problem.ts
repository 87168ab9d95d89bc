/** What is wrong with one key: said so that a person can mend it, on one line of a terminal as well as beside a field. */
import { harmless } from '../base/harmless.ts';

export interface Problem {
  /** As it stands in a link: `cache.ttl`, `fault`, `at`; `link` or `document` when it is the whole. */
  readonly key: string;
  /** What was given there. */
  readonly value: string;
  readonly message: string;
  /** What may stand there, in words. */
  readonly allowed: string;
  /** The nearest valid value (or key, when the key is what is not known). */
  readonly nearest?: string;
}

/** Longest key and value that are repeated to the person who gave them, and longest message, which may quote a part. */
const SHOWN = 80;
const SAID = 200;

/** A problem whose parts are short enough to be read, whatever was given. */
export function problem(
  key: string,
  value: string,
  message: string,
  allowed: string,
  nearest?: string,
): Problem {
  const shown = {
    key: shorten(key, SHOWN),
    value: shorten(value, SHOWN),
    message: shorten(message, SAID),
    allowed,
  };
  return nearest === undefined ? shown : { ...shown, nearest };
}

function shorten(text: string, longest: number): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= longest ? line : `${line.slice(0, longest)}…`;
}

/** One line, as in `cache.ttl "3sec": has an unknown unit "sec"; allowed: a duration such as 2s; nearest: 3s`. */
export function printProblem({ key, value, message, allowed, nearest }: Problem): string {
  const near = nearest === undefined ? '' : `; nearest: ${nearest}`;
  return harmless(`${key === '' ? '""' : key} "${value}": ${message}; allowed: ${allowed}${near}`);
}
