/**
 * What must hold between several keys of a design. Each rule names the keys that can be blamed, so that what breaks
 * it can fall back to what was there before, and says what is allowed. Knows no text: it sees designs.
 */
import { nearestWord } from '../base/nearest.ts';
import type { Design, Fault } from './design.ts';
import { FAULT_KINDS, printFault } from './faults.ts';
import type { FieldKey } from './fields.ts';
import { targetsOf, type TargetClass } from './nodes.ts';
import { problem, type Problem } from './problem.ts';
import {
  NOT_SUPPORTED,
  NOT_YET,
  supportedFaultKinds,
  supportsFaultKind,
  supportsTarget,
  type Support,
} from './support.ts';

export interface Rule {
  /** Who falls back first. */
  readonly keys: readonly FieldKey[];
  readonly holds: (design: Design) => boolean;
  readonly message: string;
  readonly allowed: (design: Design, key: FieldKey) => string;
  readonly nearest: (design: Design, key: FieldKey) => string;
}

const quorum = (name: 'w' | 'r'): Rule => ({
  keys: [`store.${name}`, 'store.rf'],
  holds: ({ store }) => store[name] <= store.rf,
  message: 'asks for more replicas than there are',
  allowed: ({ store }, key) =>
    key === 'store.rf' ? `at least store.${name} (${store[name]})` : `1 to store.rf (${store.rf})`,
  nearest: ({ store }, key) => String(key === 'store.rf' ? store[name] : store.rf),
});

export const RULES: readonly Rule[] = [quorum('w'), quorum('r')];

/** Which keys decide whether a target of this class exists. */
export const KEYS_OF_TARGETS: Readonly<Record<TargetClass, readonly FieldKey[]>> = {
  app: ['app.nodes'],
  cache: ['cache.nodes'],
  replica: ['store.shards', 'store.rf'],
  leader: ['store.shards'],
  zone: ['zones'],
  link: [],
  workload: [],
};

/** The class of a fault's target in this design; undefined when it does not exist. */
export function targetClassOf(design: Design, target: string): TargetClass | undefined {
  return targetsOf(design).find(({ name }) => name === target)?.what;
}

/** What is wrong with a fault in this design: its kind, its target, or the two together. */
export function troubleOfFault(
  design: Design,
  fault: Fault,
  support: Support = NOT_YET,
): Problem | undefined {
  const text = printFault(fault);
  if (!supportsFaultKind(fault.kind, support))
    return problem(
      'fault',
      text,
      `${fault.kind} ${NOT_SUPPORTED}`,
      `one of ${supportedFaultKinds(support).join(', ')}`,
    );
  const { targets } = FAULT_KINDS[fault.kind];
  const fitting = targetsOf(design).filter(
    ({ what }) => targets.includes(what) && supportsTarget(what, support),
  );
  const names = fitting.map(({ name }) => name);
  if (names.includes(fault.target)) return undefined;
  const nearest = nearestWord(fault.target, names);
  return problem(
    'fault',
    text,
    messageOf(design, fault, support),
    `a target such as ${targets.flatMap((what) => fitting.find((target) => target.what === what)?.name ?? []).join(', ')}`,
    nearest === undefined ? undefined : printFault({ ...fault, target: nearest }),
  );
}

function messageOf(design: Design, { target, kind }: Fault, support: Support): string {
  const what = targetClassOf(design, target);
  if (what === undefined) return `there is no ${target === '' ? 'target' : target}`;
  return supportsTarget(what, support)
    ? `${kind} cannot be aimed at ${target}`
    : `${target} ${NOT_SUPPORTED}`;
}
