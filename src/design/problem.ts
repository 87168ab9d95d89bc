/** What is wrong with one key: said so that a person can mend it, on one line of a terminal as well as beside a field. */

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

/** Longest value that is repeated to the person who gave it. */
const SHOWN = 80;

export function problem(
  key: string,
  value: string,
  message: string,
  allowed: string,
  nearest?: string,
): Problem {
  const shown = { key: shorten(key), value: shorten(value), message, allowed };
  return nearest === undefined ? shown : { ...shown, nearest };
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= SHOWN ? line : `${line.slice(0, SHOWN)}…`;
}

/** One line, as in `cache.ttl "3sec": has an unknown unit "sec"; allowed: a duration such as 20ms; nearest: 3s`. */
export function printProblem({ key, value, message, allowed, nearest }: Problem): string {
  const near = nearest === undefined ? '' : `; nearest: ${nearest}`;
  return `${key} "${value}": ${message}; allowed: ${allowed}${near}`;
}
