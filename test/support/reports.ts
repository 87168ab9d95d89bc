/** Reads how many tests passed and failed from the reports of the two test runners. Judges nothing. */
import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod/mini';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const unitReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

const browserReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.unknown()),
});

/** Vitest's JSON report. A file that broke before its first test counts as one failure. */
export function unitCounts(path: string): Counts {
  if (!existsSync(path)) return { passed: 0, failed: 0 };
  const report = unitReport.parse(JSON.parse(readFileSync(path, 'utf8')));
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles.length };
}

/** Playwright's JSON report. What broke outside of a test counts as a failure; what passed at a second try does too. */
export function browserCounts(path: string): Counts {
  if (!existsSync(path)) return { passed: 0, failed: 0 };
  const { stats, errors } = browserReport.parse(JSON.parse(readFileSync(path, 'utf8')));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}
