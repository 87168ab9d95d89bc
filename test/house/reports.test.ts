/** The closing line of `npm test` counts what the test runners counted, and never less than what broke. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browserCounts, unitCounts } from '../support/reports.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-reports-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function report(content: unknown): string {
  const path = join(folder, 'report.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
}

test('a unit report counts its tests, and a file that broke before its first test as a failure', () => {
  const testResults = [
    { status: 'passed', assertionResults: [{}, {}, {}] },
    { status: 'failed', assertionResults: [{}] },
    { status: 'failed', assertionResults: [] },
  ];
  expect(unitCounts(report({ numPassedTests: 3, numFailedTests: 1, testResults }))).toEqual({
    passed: 3,
    failed: 2,
  });
});

test('a browser report counts what passed at once as passed, and errors outside of tests as failures', () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 0 };
  expect(browserCounts(report({ stats, errors: [{}] }))).toEqual({ passed: 5, failed: 3 });
});

test('a report of another shape is refused, not counted as nothing', () => {
  expect(() => unitCounts(report({ numPassedTests: 3 }))).toThrow();
  expect(() => browserCounts(report([]))).toThrow();
});

test('a runner that was never started counts nothing', () => {
  expect(unitCounts(join(folder, 'missing.json'))).toEqual({ passed: 0, failed: 0 });
});
