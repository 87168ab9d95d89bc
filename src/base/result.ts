/**
 * A value or the reason why there is none. For what a person or a file may get wrong: a bad input is a value with a
 * message. What only a mistake in the code can cause is an assertion instead.
 */
export type Result<T, E = string> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** There is one. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** There is none, and why. */
export function err<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}
