/**
 * What must hold between several keys of a design. Each rule names the keys that can be blamed, so that what breaks
 * it can fall back to what was there before, and says what is allowed. Knows no text: it sees designs.
 */
import { nearestWord } from '../base/nearest.ts';
import { printBytes } from '../base/units.ts';
import type { Design, Fault } from './design.ts';
import { FAULT_KINDS, printFault } from './faults.ts';
import type { FieldKey } from './fieldWords.ts';
import { targetClassOf, targetsOf, type TargetClass } from './nodes.ts';
import { cacheMemory, largestValue, leastMemory } from './memory.ts';
import { problem, type Problem } from './problem.ts';

export interface Rule {
  /** Who falls back first. */
  readonly keys: readonly FieldKey[];
  readonly holds: (design: Design) => boolean;
  readonly message: (key: FieldKey) => string;
  readonly allowed: (design: Design, key: FieldKey) => string;
  readonly nearest: (design: Design, key: FieldKey) => string;
}

/** The larger of the two quorums: both must fit among the replicas. */
const largest = ({ store: { w, r } }: Design) => (w < r ? (['r', r] as const) : (['w', w] as const));

const quorum = (name: 'w' | 'r'): Rule => ({
  keys: [`store.${name}`, 'store.rf'],
  holds: ({ store }) => store[name] <= store.rf,
  message: (key) =>
    key === 'store.rf' ? 'is fewer replicas than are asked for' : 'asks for more replicas than there are',
  allowed: (design, key) => {
    const [most, count] = largest(design);
    return key === 'store.rf' ? `at least store.${most} (${count})` : `1 to store.rf (${design.store.rf})`;
  },
  nearest: (design, key) => String(key === 'store.rf' ? largest(design)[1] : design.store.rf),
});

const roomForAnEntry: Rule = {
  keys: ['cache.memory', 'workload.value'],
  holds: (design) => cacheMemory(design) >= leastMemory(design.workload.value),
  message: (key) =>
    key === 'cache.memory' ? 'has no room for one entry' : 'is more than a cache node has room for',
  allowed: (design, key) => {
    const [memory, { value }] = [cacheMemory(design), design.workload];
    return key === 'cache.memory'
      ? `at least ${printBytes(leastMemory(value))} with workload.value (${printBytes(value)})`
      : `at most ${printBytes(largestValue(memory))} with cache.memory (${printBytes(memory)})`;
  },
  nearest: (design, key) =>
    printBytes(
      key === 'cache.memory' ? leastMemory(design.workload.value) : largestValue(cacheMemory(design)),
    ),
};

export const RULES: readonly Rule[] = [quorum('w'), quorum('r'), roomForAnEntry];

/** Which keys decide whether a target of this class exists. */
export const KEYS_OF_TARGETS: Readonly<Record<TargetClass, readonly FieldKey[]>> = {
  app: ['app.nodes'],
  cache: ['cache.nodes'],
  replica: ['store.shards', 'store.rf'],
  leader: ['store.mode', 'store.shards'],
  zone: ['zones'],
  link: [],
  workload: [],
};

/** What is wrong with a fault in this design: there is no such target, or it cannot be hit in this way. */
export function troubleOfFault(design: Design, fault: Fault): Problem | undefined {
  const { kind, target } = fault;
  const { targets } = FAULT_KINDS[kind];
  const what = targetClassOf(design, target);
  if (what !== undefined && targets.includes(what)) return undefined;
  const fitting = targetsOf(design).filter((each) => targets.includes(each.what));
  const examples = targets.flatMap((each) => fitting.find((other) => other.what === each)?.name ?? []);
  const names = fitting.map(({ name }) => name);
  // A shard alone is none: its leader, or a replica, is.
  const nearest = names.findLast((name) => name.startsWith(`${target}.`)) ?? nearestWord(target, names);
  return problem(
    'fault',
    printFault(fault),
    what === undefined
      ? `there is no ${target === '' ? 'target' : target}`
      : `${kind} cannot be aimed at ${target}`,
    `a target such as ${examples.join(', ')}`,
    nearest === undefined ? undefined : printFault({ ...fault, target: nearest }),
  );
}
