/**
 * The import rules, run on a tree: the project's own, or a fixture that breaks them. It never changes a file.
 */
import type { ICruiseResult } from 'dependency-cruiser';
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = process.cwd();

export interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

export interface Cruise {
  /** How many files of `src/` were seen. */
  readonly modules: number;
  readonly violations: readonly Violation[];
  /** Who imports which values from whom, within `src/`. Imports of types leave no trace in a bundle, so not here. */
  readonly valueImports: ReadonlyMap<string, readonly string[]>;
}

/** Checks `tree` (a directory with `src/` and `tsconfig.json`) by the project's own rules. */
export function cruiseRooms(tree: string): Cruise {
  const output = execFileSync(
    process.execPath,
    [
      resolve(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      ...['--config', resolve(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'json', 'src'],
    ],
    { cwd: tree, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const { modules, summary } = JSON.parse(output) as ICruiseResult;
  const own = modules.filter(({ source }) => source.startsWith('src/'));
  return {
    modules: own.length,
    violations: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
    valueImports: new Map(
      own.map(({ source, dependencies }) => [
        source,
        dependencies
          .filter(
            ({ resolved, dependencyTypes }) =>
              resolved.startsWith('src/') && !dependencyTypes.includes('type-only'),
          )
          .map(({ resolved }) => resolved),
      ]),
    ),
  };
}
