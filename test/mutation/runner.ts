/**
 * Runs tests for Stryker in its own process, one evaluation of the bundle a mutant: milliseconds, where starting Vitest
 * for each would take seconds. Which mutants there are, which tests come by them and what becomes of a mutant that never
 * ends is Stryker's business.
 */
import type { InstrumenterContext } from '@stryker-mutator/api/core';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
  type DryRunResult,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
} from '@stryker-mutator/api/test-runner';
import { Bundle } from './bundle.ts';
import { GROUP_VARIABLE, GROUPS, RUNNER } from './groups.ts';

declare global {
  /** What instrumented sources read and write; named by Stryker. */
  var __stryker__: InstrumenterContext | undefined;
}

class LeanRunner implements TestRunner {
  private bundle: Bundle | undefined;

  capabilities(): { reloadEnvironment: boolean } {
    return { reloadEnvironment: true };
  }

  async init(): Promise<void> {
    this.bundle = await Bundle.of(GROUPS[process.env[GROUP_VARIABLE] ?? '']?.tests ?? []);
  }

  async dryRun(): Promise<DryRunResult> {
    const context: InstrumenterContext = {};
    const tests = await this.run(context, undefined, false);
    const coverage = context.mutantCoverage;
    return {
      status: DryRunStatus.Complete,
      tests,
      ...(coverage === undefined ? {} : { mutantCoverage: coverage }),
    };
  }

  async mutantRun({ activeMutant, hitLimit, testFilter }: MutantRunOptions): Promise<MutantRunResult> {
    const context: InstrumenterContext = { activeMutant: activeMutant.id, hitCount: 0 };
    if (hitLimit !== undefined) context.hitLimit = hitLimit;
    const tests = await this.run(context, testFilter, true);
    const endless = determineHitLimitReached(context.hitCount, hitLimit);
    return toMutantRunResult(endless ?? { status: DryRunStatus.Complete, tests });
  }

  /** With `bail`, up to the first test that fails. A mutant under which the tests cannot even be read is noticed. */
  private async run(
    context: InstrumenterContext,
    only: readonly string[] | undefined,
    bail: boolean,
  ): Promise<TestResult[]> {
    if (this.bundle === undefined) throw new Error('there is no bundle before `init`');
    // The sources look it up anew in every evaluation.
    globalThis.__stryker__ = context;
    const results: TestResult[] = [];
    try {
      for (const { id, run } of await this.bundle.evaluate()) {
        if (only !== undefined && !only.includes(id)) continue;
        context.currentTestId = id;
        results.push(await resultOf(id, run));
        delete context.currentTestId;
        if (bail && results.at(-1)?.status === TestStatus.Failed) break;
      }
    } catch (error) {
      results.push(failed('reading the tests', error, 0));
    }
    return results;
  }
}

async function resultOf(id: string, run: () => Promise<void>): Promise<TestResult> {
  const begun = Date.now();
  try {
    await run();
    return { id, name: id, status: TestStatus.Success, timeSpentMs: Date.now() - begun };
  } catch (error) {
    return failed(id, error, Date.now() - begun);
  }
}

function failed(id: string, error: unknown, timeSpentMs: number): TestResult {
  return { id, name: id, status: TestStatus.Failed, failureMessage: String(error), timeSpentMs };
}

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, RUNNER, () => new LeanRunner())];
