/**
 * `npm run test:engines`: the same run everywhere. Renders designs in Node in one go, and in the product's worker in
 * Chromium, Firefox and WebKitGTK, and compares the digests, and what happened in some windows; then looks whether the
 * product's page shows messages in each. Ends with 1 when one that is installed gives another digest or none, or shows
 * nothing; one that is not installed is said, loudly, and compared by nobody.
 *
 * Arguments name browsers (all, if none does).
 */
import { resolve } from 'node:path';
import { build, preview } from 'vite';
import { readLink } from '../../src/design/links.ts';
import { detailOf } from '../../src/engine/detail.ts';
import { renderToEnd } from '../../src/engine/render.ts';
import { chosenOf } from '../tools/chosen.ts';
import { ENGINES, type Engine, type Opening } from './browsers.ts';
import { comparedDesigns, type Compared } from './designs.ts';
import { pageAt, SEEN } from './seen.ts';
import { allOf, windowHash } from './windowHash.ts';

const FEWEST_DESIGNS = 20;
const OUT = 'node_modules/.cache/throughline-engines';
const PAGE = 'test/engines/engines.html';
const PORT = 47_640;

/** What one engine gave for each design, in their order, and what the product's page shows in it. */
interface Column {
  readonly name: string;
  readonly digests: readonly string[];
  readonly seen: string;
}

export async function main(args: readonly string[]): Promise<number> {
  const engines = chosenOf('browser', ENGINES, args);
  if (!engines.ok) {
    console.error(engines.error);
    return 2;
  }
  const compared = comparedDesigns();
  const designs = compared.filter(({ span }) => span === undefined).length;
  if (designs < FEWEST_DESIGNS) {
    console.log(`${designs} designs to compare, expected at least ${FEWEST_DESIGNS}`);
    return 1;
  }
  const expected = compared.map(digestInNode);
  console.log(
    `Node ${process.versions.node}: ${designs} designs and ${compared.length - designs} windows, ` +
      `${new Set(expected).size} different digests`,
  );
  await build({
    configFile: resolve('vite.config.ts'),
    logLevel: 'error',
    publicDir: false,
    build: { outDir: OUT, emptyOutDir: true, rolldownOptions: { input: { engines: resolve(PAGE) } } },
  });
  const server = await preview({
    configFile: resolve('vite.config.ts'),
    logLevel: 'error',
    build: { outDir: OUT },
    preview: { port: PORT, host: '127.0.0.1' },
  });
  const folder = server.resolvedUrls?.local[0] ?? '';
  const asked = await Promise.all(
    engines.value.map(([name, open]) => ask(name, open, folder, compared)),
  ).finally(() => server.close());
  const columns = asked.filter((each) => 'digests' in each);
  const missing = asked.filter((each) => 'missing' in each);
  const differing = print(compared, expected, columns);
  const blind = columns.filter(({ seen }) => seen !== SEEN);
  for (const { name, seen } of columns)
    console.log(
      seen === SEEN ? `${name} shows every message of two moments` : `${name} shows no messages:\n${seen}`,
    );
  for (const { name, missing: why } of missing)
    console.log(`\n!!! ${name.toUpperCase()} IS NOT INSTALLED and was not compared: ${why}`);
  return differing + blind.length > 0 ? 1 : 0;
}

function digestInNode({ link, span }: Compared): string {
  const { design } = readLink(link);
  if (span === undefined) return renderToEnd(design).digest;
  const detail = detailOf(design, undefined, allOf(span));
  if (!detail.ok) throw new Error(detail.error);
  return windowHash(detail.value);
}

/** What an engine gives for each design; one that does not start gives why, in the place of each. */
async function ask(
  name: string,
  open: Opening,
  folder: string,
  designs: readonly Compared[],
): Promise<Column | { readonly name: string; readonly missing: string }> {
  const engine = await open(`${folder}${PAGE}`).catch((error: unknown) => ({ broken: String(error) }));
  if ('broken' in engine) return { name, digests: designs.map(() => engine.broken), seen: engine.broken };
  if ('missing' in engine) return { name, missing: engine.missing };
  return { name, ...(await lookAt(engine, folder, designs)) };
}

async function lookAt(
  engine: Engine,
  folder: string,
  designs: readonly Compared[],
): Promise<Omit<Column, 'name'>> {
  const began = performance.now();
  const inWords = (error: unknown): string => `error: ${String(error)}`;
  const digests: string[] = [];
  try {
    for (const design of designs) digests.push(await engine.digestOf(design).catch(inWords));
    return { digests, seen: await engine.look(pageAt(folder)).catch(inWords) };
  } finally {
    await engine.close();
    console.log(`${engine.version}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  }
}

/** A row a design: the digest in Node, and in every engine `same` or what it gave. Returns how many differ. */
function print(
  designs: readonly Compared[],
  expected: readonly string[],
  columns: readonly Column[],
): number {
  const width = Math.max(...designs.map(({ name }) => name.length));
  console.log(
    `\n${'design'.padEnd(width)}  ${'Node'.padEnd(16)}  ${columns.map(({ name }) => name).join('  ')}`,
  );
  let differing = 0;
  for (const [i, { name, link }] of designs.entries()) {
    const cells = columns.map((column) => {
      const same = column.digests[i] === expected[i];
      if (!same) differing++;
      return (same ? 'same' : (column.digests[i] ?? 'nothing')).padEnd(column.name.length);
    });
    console.log(`${name.padEnd(width)}  ${expected[i] ?? ''}  ${cells.join('  ').trimEnd()}`);
    if (columns.some(({ digests }) => digests[i] !== expected[i])) console.log(`  #${link}`);
  }
  const compared = designs.length * columns.length;
  console.log(`\n${compared - differing} of ${compared} digests are Node's`);
  return differing;
}
