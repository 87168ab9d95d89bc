/**
 * Stands in for Vitest where the same tests run a thousand times: what a test file says of itself is written down in a
 * list, and whoever tests mutants runs what it needs of it. Nothing is started, isolated or reported here.
 */
import type { expect as Expect } from './expectations.ts';

export interface Test {
  readonly id: string;
  readonly run: () => Promise<void>;
}

/** What a bundle of tests finds around it when it is evaluated. */
export interface Suite {
  readonly expect: typeof Expect;
  readonly tests: Test[];
}

declare global {
  var mutationSuite: Suite | undefined;
}

function suite(): Suite {
  if (globalThis.mutationSuite === undefined) throw new Error('nobody has asked for these tests');
  return globalThis.mutationSuite;
}

/** A file or a `describe`: what its tests are called, and what comes before each. */
interface Frame {
  readonly name: string;
  readonly before: (() => unknown)[];
}

let frames: Frame[] = [];

/** What follows is of this file. */
export function beginFile(name: string): void {
  frames = [{ name, before: [] }];
}

export const expect = suite().expect;

export function beforeEach(act: () => unknown): void {
  frames.at(-1)?.before.push(act);
}

function describeOne(name: string, body: () => unknown): void {
  frames.push({ name, before: [] });
  body();
  frames.pop();
}

function itOne(name: string, body: () => unknown): void {
  const { tests } = suite();
  const acts = frames.flatMap(({ before }) => before);
  tests.push({
    // Two rows of a table may have one name.
    id: [...frames.map((frame) => frame.name), name, tests.length].join(' > '),
    run: async () => {
      for (const act of acts) await act();
      await body();
    },
  });
}

/** One of its kind for every row of a table, which is what its body is handed. */
function each(one: (name: string, body: () => unknown) => void) {
  return (rows: readonly unknown[]) =>
    (name: string, body: (...args: unknown[]) => unknown): void => {
      for (const row of rows) one(name, () => body(...(Array.isArray(row) ? (row as unknown[]) : [row])));
    };
}

export const describe = Object.assign(describeOne, { each: each(describeOne) });
export const it = Object.assign(itOne, { each: each(itOne) });
export const test = it;
