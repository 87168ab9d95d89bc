/** What the page loads at once, and its worker, as they are built: the same files that the size budget counts. */
import { execFileSync } from 'node:child_process';
import * as z from 'zod/mini';
import type { Measurement } from './budget.ts';

const report = z.array(z.object({ name: z.string(), size: z.number() }));

/** Kilobytes of 1000 bytes. The size check itself holds the worker where it is, which is above its budget. */
const BUDGETS: Readonly<Record<string, number>> = { 'initial JavaScript': 190, worker: 40 };

/** Of what `dist/` holds. */
export function benchSizes(): Measurement[] {
  const output = execFileSync(process.execPath, ['node_modules/size-limit/bin.js', '--json'], {
    encoding: 'utf8',
  });
  return report.parse(JSON.parse(output)).map(({ name, size }) => ({
    what: `${name}, gzip`,
    measured: size / 1000,
    unit: 'kB',
    budget: { atMost: BUDGETS[name] ?? 0 },
  }));
}
