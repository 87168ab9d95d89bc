/**
 * The designs whose runs are compared: one for every value that a choice of the document has, one for every kind of
 * fault at every kind of place, and some that use the arithmetic of every distribution. They follow from what the
 * design room names, so that whatever the engine learns is compared from then on.
 */
import { FAULT_KINDS, isFaultKind } from '../../src/design/faults.ts';
import { seedDesign, type Design } from '../../src/design/design.ts';
import { FIELDS } from '../../src/design/fields.ts';
import { applyEntries } from '../../src/design/keys.ts';
import { writeLink } from '../../src/design/links.ts';
import { targetsOf } from '../../src/design/nodes.ts';
import { printProblem } from '../../src/design/problem.ts';
import type { Span } from './windowHash.ts';

export interface Compared {
  readonly name: string;
  readonly link: string;
  /** What is compared is what happened in this window. */
  readonly span?: Span;
}

type Differences = Readonly<Record<string, string>>;

/** Small and busy: entries expire, memory runs out, sessions fight over keys, patience is short. */
const BASE: Differences = {
  duration: '2s',
  'workload.puts': '600/s',
  'workload.gets': '2500/s',
  'workload.keys': '400',
  'workload.sessions': '40',
  'client.timeout': '150ms',
  'cache.memory': '100KiB',
  'cache.ttl': '400ms',
  'cache.timeout': '5ms',
  'store.failover': '200ms',
};

/** What a choice needs beside it to matter, and where it would change nothing. */
const BESIDE: Readonly<Record<string, Differences>> = {
  'store.mode': { 'store.r': '2' },
  'store.readRepair': { 'store.mode': 'leaderless' },
  'store.hintedHandoff': { 'store.mode': 'leaderless', fault: 'shard-1.replica-2:crash@500ms-1s' },
  'cache.onTimeout': { fault: 'cache-1:slow:200@500ms-1s' },
};

const PARAMETERS: Differences = { factor: ':20', by: ':30ms', share: ':30%' };

const DISTRIBUTIONS = [
  'const:1ms',
  'exp:1ms',
  'uniform:0.5ms:2ms',
  'lognormal:1ms:9ms',
  'pareto:0.4ms:1.7',
  'quantiles:p50=0.4ms,p90=0.7ms,p99=1.3ms,p99.9=5ms',
  '0.9122*pareto:0.235ms:10+0.0878*exp:0.6024ms',
];

export function comparedDesigns(): readonly Compared[] {
  const byLink = new Map<string, Compared>();
  for (const design of [...choices(), ...faults(), ...distributions()])
    if (!byLink.has(design.link)) byLink.set(design.link, design);
  return [...windows(), ...byLink.values()];
}

/** Where windows are looked at, in this order: the first one by a worker that has answered nothing yet. */
const SPANS: readonly Span[] = [
  { from: 900_000, to: 950_000 },
  { from: 200_000, to: 250_000 },
  { from: 1_950_000, to: 2_000_000 },
];

function windows(): Compared[] {
  const { link } = compared('', { fault: 'cache-1:slow:200@500ms-1s' });
  return SPANS.map((span) => ({
    name: `all from ${span.from / 1000} ms to ${span.to / 1000} ms`,
    link,
    span,
  }));
}

/** A node's type is a matter of its memory and its price alone. */
function choices(): Compared[] {
  return FIELDS.flatMap((field) => {
    const values = field.key.endsWith('.node') ? [] : (field.choices ?? []);
    if (values.length < 2) return [];
    return values.map((value) =>
      compared(`${field.key}=${value}`, { ...BESIDE[field.key], [field.key]: value }),
    );
  });
}

function faults(): Compared[] {
  const places = targetsOf(designOf({}));
  return Object.keys(FAULT_KINDS)
    .filter(isFaultKind)
    .flatMap((kind) => {
      const { targets, parameter, lasts } = FAULT_KINDS[kind];
      return targets.flatMap((what) => {
        const target = places.find((place) => place.what === what)?.name;
        if (target === undefined) return [];
        const acts = `${target}:${kind}${parameter === undefined ? '' : (PARAMETERS[parameter.key] ?? '')}`;
        return [compared(acts, { fault: `${acts}@600ms${lasts ? '-1100ms' : ''}` })];
      });
    });
}

function distributions(): Compared[] {
  return DISTRIBUTIONS.map((dist) =>
    compared(dist, { 'store.read': dist, 'store.write': dist, 'network.appCache': dist }),
  );
}

function compared(name: string, differences: Differences): Compared {
  return { name, link: writeLink(designOf(differences)) };
}

function designOf(differences: Differences): Design {
  const entries = Object.entries({ ...BASE, ...differences }).map(([key, text]) => ({ key, text }));
  const { design, problems } = applyEntries(seedDesign, entries);
  if (problems.length > 0) throw new Error(problems.map(printProblem).join('; '));
  return design;
}
