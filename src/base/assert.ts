/**
 * Behind the door everything is parsed, so what is wrong there is a mistake in the code: it stops the program at once
 * and says what was believed. Never for what a person typed; that is a Result.
 */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`Assertion failed: ${message}`);
}

/** Closes an exhaustive switch: a case that was forgotten does not compile. */
export function assertUnreachable(value: never): never {
  throw new Error(`Unreachable: ${JSON.stringify(value)}`);
}
