import { defineConfig } from 'vitest/config';
import { GROUP_VARIABLE, GROUPS } from './groups.ts';

/** The tests that the mutants of one group meet, and nothing that those of the page need. */
export default defineConfig({
  test: {
    include: [...(GROUPS[process.env[GROUP_VARIABLE] ?? '']?.tests ?? [])],
    environment: 'node',
    testTimeout: 300_000,
  },
});
