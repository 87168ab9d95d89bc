/**
 * The import rules bite: on a tree that breaks each of them once, each is reported, and on the project's own tree the
 * page's bundle holds no part of the engine. The rules' verdict on the project itself is a check of its own.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cruiseRooms, type Cruise } from '../support/cruise.ts';

/** A small tree in order: every file is reached, and every import allowed. Paths below `src/`. */
const inOrder: Record<string, string> = {
  'base/units.ts': 'export type Micros = number; export const second: Micros = 1e6;',
  'design/design.ts': `
    import * as z from 'zod/mini';
    import { second } from '../base/units.ts';
    export type Design = { at: number }; export const design: Design = { at: second }; export const schema = z.string();`,
  'engine/run.ts': `
    import { design } from '../design/design.ts';
    export type Summary = { digest: string }; export const run = (): Summary => ({ digest: String(design.at) });`,
  'replay/frame.ts': `
    import type { Summary } from '../engine/run.ts';
    export const frame = (summary: Summary) => summary.digest;`,
  'explore/compare.ts': `
    import type { Summary } from '../engine/run.ts';
    export const compare = (a: Summary, b: Summary) => a.digest === b.digest;`,
  'lessons/first.ts': `
    import { design } from '../design/design.ts';
    export const first = { design };`,
  'worker/protocol.ts': `
    import type { Summary } from '../engine/run.ts';
    export type Reply = { summary: Summary };`,
  'worker/handle.ts': `
    import { run } from '../engine/run.ts';
    import { compare } from '../explore/compare.ts';
    import type { Reply } from './protocol.ts';
    export const handle = (): Reply => ({ summary: compare(run(), run()) ? run() : run() });`,
  'worker/worker.ts': `
    import { handle } from './handle.ts';
    postMessage(handle());`,
  'worker/client.ts': `
    import type { Reply } from './protocol.ts';
    export const client = (): Reply | undefined => undefined;`,
  'state/view.ts': `
    import { createStore } from 'zustand/vanilla';
    import { client } from '../worker/client.ts';
    import { frame } from '../replay/frame.ts';
    import { first } from '../lessons/first.ts';
    export const view = createStore(() => ({ client, frame, first }));`,
  'ui/main.tsx': `
    import { createElement } from 'react';
    import { view } from '../state/view.ts';
    import { Diagram } from './diagram/Diagram.tsx';
    import { Chart } from './charts/Chart.tsx';
    export const all = [createElement('p'), view, Diagram, Chart];`,
  'ui/diagram/Diagram.tsx': `import { ReactFlow } from '@xyflow/react'; export const Diagram = ReactFlow;`,
  'ui/charts/Chart.tsx': `export const Chart = () => import('react');`,
  'cli/main.ts': `
    import { readFileSync } from 'node:fs';
    import { run } from '../engine/run.ts';
    import { compare } from '../explore/compare.ts';
    export const main = () => [readFileSync, run, compare];`,
};

/** Each breaks one rule by what it adds to the file named (which may be a new one). */
const breaches: { breaks: string; file: string; adds: string }[] = [
  { breaks: 'base-values', file: 'base/units.ts', adds: `import '../design/design.ts';` },
  { breaks: 'base-packages', file: 'base/units.ts', adds: `import 'zod/mini';` },
  {
    breaks: 'design-values',
    file: 'design/design.ts',
    adds: `import { run } from '../engine/run.ts'; run();`,
  },
  {
    breaks: 'design-types',
    file: 'design/design.ts',
    adds: `import type { Summary } from '../engine/run.ts';`,
  },
  { breaks: 'design-packages', file: 'design/design.ts', adds: `import 'react';` },
  {
    breaks: 'engine-values',
    file: 'engine/run.ts',
    adds: `import { frame } from '../replay/frame.ts'; frame;`,
  },
  {
    breaks: 'engine-values',
    file: 'engine/run.ts',
    adds: `import { handle } from '../worker/handle.ts'; handle;`,
  },
  {
    breaks: 'engine-types',
    file: 'engine/run.ts',
    adds: `import type { Reply } from '../worker/protocol.ts';`,
  },
  { breaks: 'engine-packages', file: 'engine/run.ts', adds: `import 'zustand/vanilla';` },
  {
    breaks: 'replay-values',
    file: 'replay/frame.ts',
    adds: `import { run } from '../engine/run.ts'; run();`,
  },
  {
    breaks: 'lessons-values',
    file: 'lessons/first.ts',
    adds: `export { handle } from '../worker/handle.ts';`,
  },
  {
    breaks: 'replay-types',
    file: 'replay/frame.ts',
    adds: `import type { Reply } from '../worker/protocol.ts';`,
  },
  { breaks: 'replay-packages', file: 'replay/frame.ts', adds: `import 'zod/mini';` },
  {
    breaks: 'explore-values',
    file: 'explore/compare.ts',
    adds: `import { run } from '../engine/run.ts'; run();`,
  },
  {
    breaks: 'explore-types',
    file: 'explore/compare.ts',
    adds: `import type { Reply } from '../worker/protocol.ts';`,
  },
  { breaks: 'explore-packages', file: 'explore/compare.ts', adds: `import 'fflate';` },
  {
    breaks: 'lessons-values',
    file: 'lessons/first.ts',
    adds: `import { frame } from '../replay/frame.ts'; frame;`,
  },
  {
    breaks: 'lessons-types',
    file: 'lessons/first.ts',
    adds: `import type { Summary } from '../engine/run.ts';`,
  },
  { breaks: 'lessons-packages', file: 'lessons/first.ts', adds: `import 'react';` },
  {
    breaks: 'worker-protocol-values',
    file: 'worker/protocol.ts',
    adds: `import { run } from '../engine/run.ts'; run();`,
  },
  {
    breaks: 'worker-protocol-types',
    file: 'worker/protocol.ts',
    adds: `import type { frame } from '../replay/frame.ts';`,
  },
  { breaks: 'worker-protocol-packages', file: 'worker/protocol.ts', adds: `import 'fflate';` },
  {
    breaks: 'worker-side-values',
    file: 'worker/handle.ts',
    adds: `import { frame } from '../replay/frame.ts'; frame;`,
  },
  {
    breaks: 'worker-side-types',
    file: 'worker/handle.ts',
    adds: `import type { view } from '../state/view.ts';`,
  },
  { breaks: 'worker-side-packages', file: 'worker/worker.ts', adds: `import 'react';` },
  {
    breaks: 'worker-client-values',
    file: 'worker/client.ts',
    adds: `import { handle } from './handle.ts'; handle;`,
  },
  {
    breaks: 'worker-client-values',
    file: 'worker/client.ts',
    adds: `import { run } from '../engine/run.ts'; run();`,
  },
  {
    breaks: 'worker-client-types',
    file: 'worker/client.ts',
    adds: `import type { frame } from '../replay/frame.ts';`,
  },
  { breaks: 'worker-client-packages', file: 'worker/client.ts', adds: `import 'zustand/vanilla';` },
  { breaks: 'state-values', file: 'state/view.ts', adds: `import { run } from '../engine/run.ts'; run();` },
  {
    breaks: 'state-values',
    file: 'state/view.ts',
    adds: `import { compare } from '../explore/compare.ts'; compare;`,
  },
  { breaks: 'state-packages', file: 'state/view.ts', adds: `import 'zustand/react';` },
  { breaks: 'state-packages', file: 'state/view.ts', adds: `import 'react';` },
  { breaks: 'ui-values', file: 'ui/main.tsx', adds: `void import('../engine/run.ts');` },
  {
    breaks: 'ui-values',
    file: 'ui/main.tsx',
    adds: `import { client } from '../worker/client.ts'; client();`,
  },
  { breaks: 'ui-packages', file: 'ui/main.tsx', adds: `import 'fflate';` },
  { breaks: 'cli-values', file: 'cli/main.ts', adds: `import { view } from '../state/view.ts'; view;` },
  { breaks: 'cli-types', file: 'cli/main.ts', adds: `import type { Reply } from '../worker/protocol.ts';` },
  { breaks: 'cli-packages', file: 'cli/main.ts', adds: `import 'react';` },
  { breaks: 'xyflow-only-in-diagram', file: 'ui/charts/Chart.tsx', adds: `import '@xyflow/react';` },
  { breaks: 'node-only-in-cli', file: 'engine/run.ts', adds: `import 'node:fs';` },
  { breaks: 'every-file-has-a-room', file: 'attic/box.ts', adds: `import '../base/units.ts';` },
  { breaks: 'every-file-has-a-room', file: 'worker/other.ts', adds: `import '../base/units.ts';` },
  { breaks: 'no-test-in-source', file: 'cli/main.ts', adds: `import '../../test/support.ts';` },
  { breaks: 'no-cycles', file: 'design/back.ts', adds: `import type { Design } from './design.ts';` },
  { breaks: 'no-barrels', file: 'design/design.ts', adds: `import './index.ts';` },
  { breaks: 'no-unresolvable', file: 'cli/main.ts', adds: `import '../engine/missing.ts';` },
  { breaks: 'nothing-unreached', file: 'replay/forgotten.ts', adds: `export const forgotten = 1;` },
];

const trees: string[] = [];

function treeOf(files: Record<string, string>): string {
  const tree = mkdtempSync(join(tmpdir(), 'throughline-rooms-'));
  trees.push(tree);
  cpSync('tsconfig.json', join(tree, 'tsconfig.json'));
  symlinkSync(join(process.cwd(), 'node_modules'), join(tree, 'node_modules'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, 'src', path)), { recursive: true });
    writeFileSync(join(tree, 'src', path), text);
  }
  return tree;
}

afterAll(() => trees.forEach((tree) => rmSync(tree, { recursive: true })));

test('a tree in order breaks no rule', () => {
  expect(cruiseRooms(treeOf(inOrder)).violations).toEqual([]);
});

describe('a tree that breaks every rule', () => {
  let broken: Cruise;

  beforeAll(() => {
    const files: Record<string, string> = {
      ...inOrder,
      'design/design.ts': `import './back.ts'; ${inOrder['design/design.ts'] ?? ''}`,
      'design/index.ts': `export { second } from '../base/units.ts';`,
      '../test/support.ts': 'export const support = 1;',
    };
    for (const { file, adds } of breaches) files[file] = `${files[file] ?? ''}\n${adds}`;
    broken = cruiseRooms(treeOf(files));
  });

  test.each(breaches)('$breaks: $file with $adds', ({ breaks, file, adds }) => {
    const target = /'(?:node:)?([.].+|[^/]+)/.exec(adds)?.[1]?.replace(/'.*/, '');
    const reported = broken.violations.some(
      ({ rule, from, to }) =>
        rule === breaks &&
        (target === undefined
          ? to === `src/${file}`
          : from === `src/${file}` && (to === join('src', dirname(file), target) || to.includes(target))),
    );
    expect(reported).toBe(true);
  });
});

test('what the page loads holds no part of the engine or of the worker that runs it', () => {
  const { valueImports } = cruiseRooms(process.cwd());
  const reached = new Set(['src/ui/main.tsx']);
  for (const file of reached) for (const next of valueImports.get(file) ?? []) reached.add(next);
  expect(reached.size).toBeGreaterThan(10);
  expect(
    [...reached].filter((file) => /^src\/(engine|explore|cli|worker\/(handle|worker))/.test(file)),
  ).toEqual([]);
});
