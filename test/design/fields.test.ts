import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { seedDesign } from '../../src/design/design.ts';
import { FIELDS } from '../../src/design/fields.ts';
import { printByKey, setByKey } from '../../src/design/keys.ts';
import { readLink, writeLink } from '../../src/design/links.ts';
import { printProblem } from '../../src/design/problem.ts';
import { designSchema } from '../../src/design/schema.ts';
import { anyValue } from '../support/designs.ts';

describe('the fields', () => {
  test('are the leaves of the schema, each with words, in the order of the schema', () => {
    expect(FIELDS).toHaveLength(69);
    expect(FIELDS.slice(0, 5).map(({ key }) => key)).toEqual([
      'title',
      'notes',
      'seed',
      'duration',
      'workload.puts',
    ]);
    for (const field of FIELDS) {
      expect(field.label).not.toBe('');
      expect(field.help).toMatch(/\.$/);
      expect(field.allowed).not.toBe('');
    }
  });

  test('describe the seed completely: the schema takes it and gives it back', () => {
    const document = z.encode(designSchema, structuredClone(seedDesign) as z.output<typeof designSchema>);
    expect(z.decode(designSchema, document)).toEqual(seedDesign);
  });

  test('print any value as a text that reads back as the same value', () => {
    for (const field of FIELDS)
      fc.assert(
        fc.property(anyValue(field), (value) => {
          expect(field.parse(field.print(value))).toEqual({ ok: true, value });
        }),
        { seed: 20260406, numRuns: 40 },
      );
  });

  test('with limits refuse what lies outside and name the limit', () => {
    for (const field of FIELDS.filter(({ min, kind }) => min !== undefined && kind !== 'text')) {
      const above = field.parse(field.print(field.max).replace(/^[\d.]+/, (digits) => `1${digits}`));
      expect(above.ok ? field.key : above.error.nearest).toBe(field.print(field.max));
    }
  });

  test.each([
    ['cache.ttl', '3sec', '3s'],
    ['cache.ttl', '3', '3s'],
    ['cache.ttl', '20 ms', '20ms'],
    ['cache.ttl', '-1s', '1us'],
    ['cache.ttl', 'OFF', 'off'],
    ['client.retryBudget', 'of', 'off'],
    ['cache.ttl', '0.5us', '1us'],
    ['cache.ttl', '1.0000004s', '1s'],
    ['cache.ttl', '12.3456789ms', '12.346ms'],
    ['cache.ttl', '1..2s', undefined],
    ['workload.puts', '2500', '2500/s'],
    ['workload.puts', '1e9/s', '200000/s'],
    ['workload.value', '1kb', '1KiB'],
    ['workload.value', '0.5B', '1B'],
    ['workload.value', '1.0001KiB', '1KiB'],
    ['app.nodes', '17', '16'],
    ['app.nodes', '2.6', '3'],
    ['cache.fencing', 'versions', 'version'],
    ['cache.singleFlight', 'yes', 'true'],
    ['store.readRepair', 'Off', 'false'],
    ['policy', 'lookaside', 'look-aside'],
    ['client.retryBudget', '150%', '100%'],
    ['store.read', 'lognorm:1ms:2ms', 'lognormal:1ms:2ms'],
    ['store.read', 'lognormal:0.5msec:3', 'lognormal:0.5ms:3ms'],
    ['store.read', 'lognormal(0.5ms, 3ms)', 'lognormal:0.5ms:3ms'],
    ['store.read', 'Exp(2 ms)', 'exp:2ms'],
    ['store.read', 'exp:5', 'exp:5ms'],
    ['store.read', 'exp:0.25\u03bcs', 'exp:0.00025ms'],
    ['store.read', 'exp:250ns', 'exp:0.00025ms'],
    ['store.read', 'exp:601s', 'exp:600s'],
    ['store.read', '5ms', 'const:5ms'],
    ['store.read', 'uniform:2ms:1ms', 'uniform:1ms:2ms'],
    ['store.read', 'pareto:1:2000', 'pareto:1ms:1000'],
    ['store.read', 'quantiles:p50=0.4,p99=1.3sec', 'quantiles:p50=0.4ms,p99=1.3s'],
    ['store.read', '0.5*exp:1+0.5*expo:2sec', '0.5*exp:1ms+0.5*exp:2s'],
    ['store.read', 'lognormal:wat:3ms', undefined],
    ['store.read', '', undefined],
    ['store.legs.ack', 'exp:2', 'exp:2ms'],
    ['cache.ttl', '0x5s', undefined],
    ['cache.ttl', '1m30s', undefined],
    ['cache.ttl', '1:30', undefined],
    ['cache.ttl', '5m s', '5ms'],
    ['cache.ttl', '20 millis', '20ms'],
    ['cache.ttl', '\uff15ms', '5ms'],
    ['app.nodes', '0x10', undefined],
    ['app.nodes', '+5', '5'],
    ['client.retryBudget', '1/2', undefined],
    ['workload.puts', '2500 req/s', '2500/s'],
    ['workload.puts', '86400/day', '1/s'],
    ['workload.value', '8192bit', '1KiB'],
    ['store.disk', '1EB', '64TiB'],
    ['store.fsync', '10s', 'periodic:10s'],
    ['cache.ttl', '500ns', '1us'],
    ['cache.ttl', '1500 nanoseconds', '2us'],
    ['cache.ttl', '0.001 days', '86.4s'],
    ['cache.ttl', '2d', '600s'],
    ['workload.puts', '60000/min', '1000/s'],
    ['workload.puts', '6000 rpm', '100/s'],
    ['workload.puts', '36000/h', '10/s'],
    ['workload.puts', '0.1M/s', '100000/s'],
    ['workload.puts', '5/ms', '5000/s'],
    ['workload.readBack', '50 percent', '0.5'],
    ['client.retryBudget', '5 per cent', '5%'],
    ['store.fsync', 'periodic:0s', 'periodic:1us'],
    ['store.fsync', 'periodic', 'periodic:10s'],
    ['duration', '1e2sec', '100s'],
    ['seed', '1e309', undefined],
    ['workload.puts', '2,500/s', '2500/s'],
    ['workload.keys', '1_000_000', '1000000'],
    ['cache.ttl', '1,5s', '1.5s'],
    ['cache.ttl', '5\u03bcs', '5us'],
    ['workload.puts', '2500 rps', '2500/s'],
    ['cache.ttl', '1e+2s', '100s'],
    ['cache.ttl', '5E-3s', '5ms'],
    ['cache.ttl', '1h', '600s'],
    ['cache.timeout', '0.1hours', '360s'],
    ['contract.availability', '99.95', '99.95%'],
    ['cache.ttlJitter', '101', '100%'],
    ['fault', 'shard-1:crash@1s', 'shard-1.leader:crash@1s'],
    // A key that is none: the same word in a group, one that is nearly it, and nothing like any.
    ['ttl', '3s', 'cache.ttl'],
    ['cash.ttl', '3s', 'cache.ttl'],
    ['cache', '3', 'cache.node'],
    ['store.legs', 'exp:1ms', 'store.legs.write'],
    ['preset', 'look-aside', 'policy'],
    ['wat', '3', undefined],
  ])('say of %s "%s" what was probably meant: %s', (key, text, nearest) => {
    const set = setByKey(seedDesign, key, text);
    expect(set.ok ? 'valid' : set.error.nearest).toBe(nearest);
  });

  test.each([
    ['cache.ttl', '-1s', 'is below 1us'],
    ['cache.ttl', '-1sec', 'is not a duration'],
    ['cache.ttl', '--1s', 'is not a duration'],
    ['workload.skew', '-1', 'is below 0'],
    ['app.nodes', '-1', 'is below 1'],
    ['app.nodes', '-1.5', 'is not a whole number'],
    ['client.retryBudget', '-1%', 'is below 0%'],
    ['app.nodes', '-0', 'is below 1'],
    ['seed', '-0', 'valid'],
    ['cache.flushDelay', '-0ms', 'valid'],
    ['client.retryBudget', '-0.0%', 'valid'],
  ])('say of %s "%s" that it %s', (key, text, message) => {
    const set = setByKey(seedDesign, key, text);
    expect(set.ok ? 'valid' : set.error.message).toBe(message);
  });

  test('take zero with a sign as zero', () => {
    const { design, problems } = readLink(
      '/write-through?seed=-0&cache.ttlJitter=-0%25&fault=cache-1:crash@-0s-5s',
    );
    expect(problems).toEqual([]);
    expect(Object.is(design.seed, 0)).toBe(true);
    expect(writeLink(design)).toBe('/write-through?seed=0&fault=cache-1:crash@0s-5s');
  });

  test('with choices take each of them, and refuse any other word by naming key, word and choices', () => {
    for (const { key, choices, allowed } of FIELDS) {
      if (choices === undefined) continue;
      for (const choice of choices) {
        const set = setByKey(seedDesign, key, choice);
        expect(set.ok ? printByKey(set.value, key) : printProblem(set.error)).toBe(choice);
        expect(allowed).toContain(choice);
      }
      const refused = setByKey(seedDesign, key, 'otherwise');
      expect(refused.ok ? undefined : refused.error).toMatchObject({ key, value: 'otherwise', allowed });
    }
  });

  test('can be set and printed by their keys; what has no value of its own can be unset', () => {
    const set = setByKey(seedDesign, 'cache.memory', '1GiB');
    expect(set.ok && printByKey(set.value, 'cache.memory')).toBe('1GiB');
    expect(printByKey(seedDesign, 'cache.memory')).toBe('node');
    expect(set.ok && setByKey(set.value, 'cache.memory', 'node')).toEqual({ ok: true, value: seedDesign });
  });
});
