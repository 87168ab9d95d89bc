/** Designs for tests: a preset with differences, and arbitrary valid ones for properties. */
import fc from 'fast-check';
import { assert } from '../../src/base/assert.ts';
import { leastMemory } from '../../src/design/memory.ts';
import { PRICES } from '../../src/design/prices.ts';
import { seedDesign, type Design, type Fault } from '../../src/design/design.ts';
import type { DIST_FORMS } from '../../src/design/dist.ts';
import type { Dist } from '../../src/design/dist.ts';
import { FAULT_KINDS, faultOf, isFaultKind } from '../../src/design/faults.ts';
import { FIELDS, withValue, type Field } from '../../src/design/fields.ts';
import { applyEntries } from '../../src/design/keys.ts';
import { LIMITS } from '../../src/design/limits.ts';
import type { LinkView } from '../../src/design/linkView.ts';
import { SPEEDS } from '../../src/design/linkView.ts';
import { nodesOf, targetsOf } from '../../src/design/nodes.ts';
import { printProblem } from '../../src/design/problem.ts';
import { printDuration } from '../../src/base/units.ts';

/**
 * A design from its differences, by the keys of a link: `aDesign({ 'cache.ttl': 'off', fault: ['cache-1:flush@1s'] })`.
 * A difference that is not valid fails the test that made it.
 */
export function aDesign(
  differences: Readonly<Record<string, string | readonly string[]>> = {},
  base = seedDesign,
): Design {
  const entries = Object.entries(differences).flatMap(([key, texts]) =>
    (typeof texts === 'string' ? [texts] : texts).map((text) => ({ key, text })),
  );
  const { design, problems } = applyEntries(base, entries);
  assert(problems.length === 0, problems.map(printProblem).join('; '));
  return design;
}

const parameter = () => fc.double({ min: 0, max: LIMITS.timeout, noNaN: true });
const positive = () => fc.double({ min: 0.001, max: LIMITS.timeout, noNaN: true });
const rising = (values: readonly number[]) => [...values].sort((a, b) => a - b);

const simpleDist: Readonly<Record<keyof typeof DIST_FORMS, () => fc.Arbitrary<Dist>>> = {
  const: () => parameter().map((value) => ({ kind: 'const', value })),
  exp: () => parameter().map((mean) => ({ kind: 'exp', mean })),
  uniform: () =>
    fc
      .tuple(parameter(), parameter())
      .map(([a, b]) => ({ kind: 'uniform', from: Math.min(a, b), to: Math.max(a, b) })),
  lognormal: () =>
    fc
      .tuple(positive(), positive())
      .map(([a, b]) => ({ kind: 'lognormal', median: Math.min(a, b), p99: Math.max(a, b) })),
  pareto: () =>
    fc
      .tuple(positive(), fc.double({ min: 0.01, max: LIMITS.shape, noNaN: true }))
      .map(([scale, shape]) => ({ kind: 'pareto', scale, shape })),
  quantiles: () =>
    fc
      .tuple(
        fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 6 }),
        fc.array(parameter(), { minLength: 6, maxLength: 6 }),
      )
      .map(([ps, values]) => ({
        kind: 'quantiles',
        points: rising(ps).map((p, i) => ({ p: p / 10, value: rising(values)[i] ?? 0 })),
      })),
};

const anySimpleDist = (): fc.Arbitrary<Dist> => fc.oneof(...Object.values(simpleDist).map((make) => make()));

export const anyDist = (): fc.Arbitrary<Dist> =>
  fc.oneof(
    { weight: 5, arbitrary: anySimpleDist() },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.double({ min: 0.01, max: 0.99, noNaN: true }), anySimpleDist(), anySimpleDist())
        .map(([weight, a, b]) => ({
          kind: 'mixture' as const,
          parts: [
            { weight, dist: a },
            { weight: 1 - weight, dist: b },
          ],
        })),
    },
  );

const anyText = (longest: number) =>
  fc.oneof(fc.string({ maxLength: Math.min(longest, 80) }), fc.string({ unit: 'grapheme', maxLength: 40 }));

/** Any value that a field can have. */
export function anyValue(field: Field): fc.Arbitrary<unknown> {
  const { min = 0, max = 0 } = field;
  const whole = fc.oneof(fc.integer({ min, max }), fc.integer({ min, max: Math.min(max, min + 50) }));
  const real = fc.oneof(
    fc.double({ min, max, noNaN: true }),
    fc.integer({ min: Math.ceil(min), max: Math.floor(max) }),
  );
  switch (field.kind) {
    case 'duration':
    case 'integer':
    case 'bytes':
      return whole;
    case 'duration-or-off':
      return fc.oneof(whole, fc.constant('off'));
    case 'rate':
    case 'number':
    case 'share':
      return real;
    case 'share-or-off':
      return fc.oneof(real, fc.constant('off'));
    case 'dist':
      return anyDist();
    case 'choice':
      return fc.constantFrom(...(field.choices ?? []));
    case 'flag':
      return fc.boolean();
    case 'text':
      return anyText(max);
    case 'fsync':
      return fc.oneof(
        fc.constant('always'),
        fc.integer({ min: 1, max: LIMITS.timeout }).map((periodic) => ({ periodic })),
      );
  }
}

const instant = (least: number) =>
  fc.oneof(
    fc.integer({ min: least, max: LIMITS.duration }),
    fc.integer({ min: 1, max: 600 }).map((n) => n * 100_000),
  );

/** Any fault that fits a design. */
function anyFault(design: Design): fc.Arbitrary<Fault> {
  const targets = targetsOf(design);
  const kinds = Object.keys(FAULT_KINDS).filter(isFaultKind);
  return fc
    .record({
      kind: fc.constantFrom(...kinds),
      which: fc.nat(),
      at: instant(0),
      for: fc.option(instant(1), { nil: undefined }),
      factor: fc.double({ min: LIMITS.factorFrom, max: LIMITS.factorTo, noNaN: true }),
      by: fc.integer({ min: 0, max: LIMITS.timeout }),
      share: fc.integer({ min: 0, max: 1000 }),
    })
    .map((drawn) => {
      const { targets: classes, parameter: named, lasts } = FAULT_KINDS[drawn.kind];
      const fitting = targets.filter(({ what }) => classes.includes(what));
      const texts = new Map([
        ['kind', drawn.kind],
        ['target', fitting[drawn.which % fitting.length]?.name ?? ''],
        ['at', printDuration(drawn.at)],
      ]);
      if (lasts && drawn.for !== undefined) texts.set('for', printDuration(drawn.for));
      const parameters = {
        factor: String(drawn.factor),
        by: printDuration(drawn.by),
        share: `${drawn.share / 10}%`,
      };
      if (named !== undefined) texts.set(named.key, parameters[named.key]);
      const fault = faultOf(texts);
      assert(fault.ok, `${[...texts].join(' ')} is a fault`);
      return fault.value;
    });
}

const anyFields = (): fc.Arbitrary<Design> =>
  fc
    .subarray(
      FIELDS.filter((field) => !field.key.startsWith('store.legs.')),
      { maxLength: 12 },
    )
    .chain((fields) => fc.tuple(...fields.map((field) => anyValue(field).map((value) => ({ field, value })))))
    .map((values) => {
      let design = seedDesign;
      for (const { field, value } of values) design = withValue(design, field.key, value);
      const { rf, w, r } = design.store;
      const { memory, ...cache } = design.cache;
      const room =
        memory === undefined ? {} : { memory: Math.max(memory, leastMemory(design.workload.value)) };
      return {
        ...design,
        cache: { ...cache, ...room },
        store: { ...design.store, w: Math.min(w, rf), r: Math.min(r, rf) },
      };
    });

const coordinate = fc.oneof(
  fc.integer({ min: -2000, max: 2000 }),
  fc.double({ min: -2000, max: 2000, noNaN: true }).map((x) => x + 0),
);

/** Any valid design: fields, faults, remarks, places and prices. */
export function anyDesign(mostFaults = 6): fc.Arbitrary<Design> {
  return anyFields().chain((design) => {
    const names = nodesOf(design).map(({ name }) => name);
    const on = fc.oneof(fc.constantFrom(...names), instant(0).map(printDuration));
    return fc
      .record({
        faults: fc.array(anyFault(design), { maxLength: mostFaults }),
        remarks: fc.oneof(fc.constant([]), fc.array(fc.record({ on, text: anyText(80) }), { maxLength: 3 })),
        layout: fc.dictionary(fc.constantFrom(...names), fc.tuple(coordinate, coordinate), {
          maxKeys: 3,
          noNullPrototype: true,
        }),
        prices: fc.dictionary(
          fc.constantFrom(...Object.keys(PRICES)),
          fc.double({ min: 0, max: LIMITS.price, noNaN: true }),
          { maxKeys: 2, noNullPrototype: true },
        ),
      })
      .map((extras) => ({ ...design, ...extras }));
  });
}

export const anyView = (): fc.Arbitrary<LinkView> =>
  fc.oneof(
    fc.constant({}),
    // No run is shorter than 100 ms.
    fc.record({ at: fc.nat(100_000), speed: fc.constantFrom(...SPEEDS.slice(1)) }),
    // Every design has the first key and the first session.
    fc.record({ key: fc.constant(0), session: fc.constant(0) }),
    fc
      .record({ from: fc.nat(49_999), to: fc.integer({ min: 50_000, max: 100_000 }) })
      .map((window) => ({ window })),
    fc.record({ run: fc.constantFrom('0123456789ab', 'ffffffffffff') }),
  );
