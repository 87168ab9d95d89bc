/**
 * Checks who imports whom between the rooms of `src/`, by the rules of `.dependency-cruiser.cjs`.
 *
 * It exists beside dependency-cruiser's own command because a cruise that finds no files finds no violations either:
 * here it has to have seen the sources, and a violation is printed in one line. It never changes a file.
 */
import { cruiseRooms } from '../support/cruise.ts';

/** Far fewer modules than the smallest state of the project worth checking, far more than a cruise gone astray. */
const FEWEST_MODULES = 20;

/** Prints what it found; the exit code is 1 when a rule is broken, or when it did not see the sources. */
export function main(): number {
  const { modules, violations } = cruiseRooms(process.cwd());
  for (const { rule, from, to } of violations) console.log(`${rule}: ${from} -> ${to}`);
  console.log(`${modules} modules cruised, ${violations.length} violations`);
  if (modules < FEWEST_MODULES) {
    console.log(`expected at least ${FEWEST_MODULES} modules: the sources were not found`);
    return 1;
  }
  return violations.length === 0 ? 0 : 1;
}
