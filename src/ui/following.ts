/** Whom the eye follows, read from what a person types: one key by its rank, and one session or nobody. */
import { err, ok, type Result } from '../base/result.ts';
import type { Design } from '../design/design.ts';
import { problem, type Problem } from '../design/problem.ts';

/** The rank of a key of the design, 0 for the most popular one. */
export function keyFrom(design: Design, text: string): Result<number, Problem> {
  return numberFrom('key', text, design.workload.keys);
}

/** A session of the design. */
export function sessionFrom(design: Design, text: string): Result<number, Problem> {
  return numberFrom('session', text, design.workload.sessions);
}

function numberFrom(name: string, text: string, count: number): Result<number, Problem> {
  const allowed = `0 to ${count - 1}`;
  if (!/^\d{1,8}$/.test(text)) return err(problem(name, text, 'is no whole number', allowed));
  const number = Number(text);
  return number < count
    ? ok(number)
    : err(problem(name, text, `is not among the ${name}s`, allowed, String(count - 1)));
}
