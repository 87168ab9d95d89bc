/** The commands that make many runs, as a person starts them: `compare`, `visibility` and `explore`. */
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { startedIn, type Ended } from '../support/commandLine.ts';

const throughline = (...words: string[]): Ended => startedIn(process.cwd(), words);

describe('a comparison', () => {
  const words = ['compare', 'write-through?cache.order=store-first', 'write-through', '--duration', '1s'];
  const compared = z.strictObject({
    a: z.string(),
    b: z.string(),
    seeds: z.array(z.number()),
    otherArrivals: z.array(z.string()),
    stopped: z.array(z.unknown()),
    differences: z.array(
      z.strictObject({
        key: z.string(),
        unit: z.string(),
        better: z.enum(['lower', 'higher']),
        a: z.number(),
        b: z.number(),
        difference: z.number(),
        interval: z.nullable(z.tuple([z.number(), z.number()])),
        verdict: z.enum(['a', 'b', 'equal', 'open']),
      }),
    ),
  });

  test('as one object: both designs, the seeds, and every measure with its interval and verdict', () => {
    const { code, out, errors } = throughline(...words, '--seed', '7', '--seeds', '3', '--json');
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    const { a, b, seeds, otherArrivals, differences } = compared.parse(JSON.parse(out));
    expect({ a, b, seeds, otherArrivals }).toEqual({
      a: '#/write-through?seed=7&duration=1s&cache.order=store-first',
      b: '#/write-through?seed=7&duration=1s',
      seeds: [7, 8, 9],
      otherArrivals: [],
    });
    expect(differences.find(({ key }) => key === 'dirtyReads')).toMatchObject({ a: 0, verdict: 'a' });
  });

  test('of one link that holds both, as a table that says what a single seed is worth', () => {
    const link = '#/write-through?duration=1s&vs=write-through?duration=1s&workload.puts=100/s';
    const { code, out } = throughline('compare', link, '--seeds', '1');
    expect(code).toBe(0);
    expect(out).toContain('1 seed, 1, both designs with each; other arrivals: workload.puts differ');
    expect(out).toMatch(/^GET p99 +[\d.]+ ms +[\d.]+ ms +[+-][\d.]+ ms +- +the seeds do not tell$/m);
    expect(out).toContain('One seed says nothing about chance');
  });

  test('where a measure differs by the same with every seed, as one without spread', () => {
    const { out } = throughline('compare', 'db-only', 'db-only', '--duration', '1s', '--seeds', '2');
    expect(out).toMatch(/^Dirty reads +0[.]00 +0[.]00 +0[.]00 +no spread +equal$/m);
  });
});

describe('the curve of freshness', () => {
  const words = ['visibility', 'db-only', '--set', 'store.readFrom=leader', '--set', 'workload.gets=100/s'];

  test('as one object: a point for every time asked for', () => {
    const { code, out, errors } = throughline(...words, '--at', '0ms,2.5ms,1s', '--trials', '50', '--json');
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    const points = [0, 2.5, 1000].map((afterMs) => ({ afterMs, fresh: 1, trials: 50, unanswered: 0 }));
    expect(JSON.parse(out)).toEqual({ points });
  });

  test('as a table, of times and trials that need not be given', () => {
    const { code, out } = throughline(...words, '--duration', '2s');
    expect(code).toBe(0);
    expect(out).toMatch(/^ *5ms +100 % +1,000 +0$/m);
  });
});

describe('every order of a few operations', () => {
  const words = ['explore', 'look-aside', '--set', 'store.rf=1', '--set', 'store.w=1', '--ops', 'put,get'];

  test('as one object: classes of orders, and for every anomaly how many show it and the shortest', () => {
    const { code, out, errors } = throughline(...words, '--json');
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    const shortest: unknown = expect.arrayContaining([
      'cache-2 receives the fill with v0',
      'cache-2 applies v0',
    ]);
    const anomalies = [{ kind: 'staleAtRest', orders: 4, shortest }];
    expect(JSON.parse(out)).toEqual({ orders: 14, complete: true, anomalies });
  });

  test('as a table, which says when there is no anomaly', () => {
    const { out } = throughline(...words, '--set', 'cache.fencing=version');
    expect(out).toMatch(/^10 classes of orders, 0 of them with an anomaly$/m);
    expect(out).toMatch(/^[\d,]+ states, [\d,]+ moves$/m);
    expect(out).toContain('Every class was visited.');
    expect(out).toContain('No order shows an anomaly.');
  });

  test('of a table, or with fences, that no design can say', () => {
    const early = throughline(...words, '--set', 'cache.fencing=lease', '--variant', 'delete-first');
    expect(early.out).toContain('put, get; by the table of delete-first');
    expect(early.out).toMatch(/^staleAtRest +[\d,]+$/m);
    const fenced = ['explore', 'write-through', '--set', 'store.rf=1', '--set', 'store.w=1'];
    const versions = throughline(
      ...fenced,
      '--set',
      'cache.fencing=version',
      '--ops=put,put',
      '--fence=store',
    );
    expect(versions.out).toContain('put, put; versions fence at the store alone');
    expect(versions.out).toMatch(/^staleAtRest +[\d,]+$/m);
  });

  test('up to a limit, which is said when it is reached', () => {
    const { code, out } = throughline(...words, '--crash', 'cache-1', '--limit', '20');
    expect(code).toBe(0);
    expect(out).toContain('put, get; cache-1 may crash once');
    expect(out).toContain('The limit of 20 states was reached');
  });
});
