/** What the page loads at once, and its worker, as they are built: the same files that the size budget counts. */
import { execFileSync } from 'node:child_process';
import * as z from 'zod/mini';
import type { Measurement } from './budget.ts';

const report = z.array(z.object({ name: z.string(), size: z.number(), sizeLimit: z.number() }));

/** `dist/` has to be built. */
export function benchSizes(): Measurement[] {
  const output = execFileSync(process.execPath, ['node_modules/size-limit/bin.js', '--json'], {
    encoding: 'utf8',
  });
  return report.parse(JSON.parse(output)).map(({ name, size, sizeLimit }) => ({
    what: `${name}, gzip`,
    measured: size / 1000,
    unit: 'kB',
    budget: { atMost: sizeLimit / 1000 },
  }));
}
