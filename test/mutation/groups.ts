/**
 * What is mutated, and which tests must notice: one row a group. The tests are those that state facts of its files in
 * milliseconds, so that a group takes minutes; whole runs would notice more, and take seconds for each mutant.
 */
export interface Group {
  /** Files, or patterns of files; one that begins with `!` leaves out. */
  readonly mutates: readonly string[];
  /** The quickest first. */
  readonly tests: readonly string[];
  /** The least share of its mutants that the tests must notice, in percent; absent: it is reported only. */
  readonly least?: number;
}

const engineTests = (...names: string[]): string[] => names.map((name) => `test/engine/${name}.test.ts`);

export const GROUPS: Readonly<Record<string, Group>> = {
  oracle: {
    mutates: ['src/engine/{oracle,floors,commitOrder,versions}.ts'],
    tests: engineTests('oracle-order', 'oracle-reads', 'oracle-floors', 'oracle-losses', 'oracle-model'),
    least: 80,
  },
  policies: {
    // What the tables are in words stands beside them, and is no fact of them.
    mutates: [
      'src/design/policies/*.ts',
      '!src/design/policies/words.ts',
      'src/engine/program.ts',
      'src/engine/actors/policy.ts',
    ],
    tests: engineTests('routes', 'routes-aside', 'routes-outcomes', 'program'),
    least: 80,
  },
  store: {
    mutates: [
      'src/engine/store.ts',
      'src/engine/actors/{leader,follower,showing,losing,takeOver,election,terms,catchUp,replicas}.ts',
      'src/engine/actors/{peer,quorum,reader}.ts',
    ],
    tests: engineTests(
      'replication',
      'replication-fences',
      'returns',
      'unsynced',
      'unsynced-logs',
      'takeovers',
      'two-keys',
      'deposed',
      'elections',
      'elections-losses',
      'voters',
      'stepping-down',
      'overtaken-notices',
      'coordinators',
      'coordinators-reads',
      'peers',
      'store',
      'reader',
      'flushes',
    ),
    least: 80,
  },
};

/** Names the group whose tests run, for the runner: it works in a process of its own. */
export const GROUP_VARIABLE = 'MUTATION_GROUP';
/** By which Stryker knows the runner. */
export const RUNNER = 'lean';
