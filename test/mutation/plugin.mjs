// Hands Stryker the runner, which is TypeScript.
import { load } from '../../src/cli/load.mjs';

export const { strykerPlugins } = await load('test/mutation/runner.ts', { packages: 'external' });
