/**
 * Styles and the parts that wear them agree: nothing is named that is not there, and nothing is there that nobody names.
 * The browser says nothing of either.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const FILES = readdirSync('src/ui', { recursive: true, encoding: 'utf8' }).map((name) =>
  join('src/ui', name),
);
const SHEETS = textsOf(/[.]css$/);
const PARTS = textsOf(/[.]tsx?$/);
/** `import css from './Card.module.css'`: the name and the path. */
const SHEET_IMPORT = /import (\w+) from '(.+?[.]module[.]css)'/g;

function textsOf(kind: RegExp): ReadonlyMap<string, string> {
  const read = (file: string): string => readFileSync(file, 'utf8').replace(/\/\*.*?\*\//gs, '');
  return new Map(FILES.filter((file) => kind.test(file)).map((file) => [file, read(file)]));
}

/** What the first group of a pattern finds in these texts. */
function found(texts: Iterable<string>, pattern: RegExp): Set<string> {
  return new Set([...texts].flatMap((text) => [...text.matchAll(pattern)].map(([, word = '']) => word)));
}

const without = (all: ReadonlySet<string>, some: ReadonlySet<string>): string[] =>
  [...all].filter((one) => !some.has(one));

/** The classes that a sheet has rules for: what stands in its blocks is left out, since numbers have points, too. */
function classesOf(sheet: string): Set<string> {
  return found([sheet.replace(/\{[^{}]*\}/g, '')], /[.]([A-Za-z_][\w-]*)/g);
}

test('every property of the house that is used is defined, and every one that is defined is used', () => {
  const used = found([...SHEETS.values(), ...PARTS.values()], /var\((--[\w-]+)/g);
  const defined = found(SHEETS.values(), /(--[\w-]+)\s*:/g);
  const given = found(PARTS.values(), /['"`](--[\w-]+)['"`]/g);
  expect(used.size).toBeGreaterThan(40);
  expect(without(used, new Set([...defined, ...given]))).toEqual([]);
  expect(without(defined, used)).toEqual([]);
});

test('every class that a part names is one of its sheet, and every class of a sheet is named', () => {
  const named = new Map([...SHEETS.keys()].map((file) => [file, new Set<string>()]));
  const dynamic = new Set<string>();
  for (const [file, text] of PARTS)
    for (const [, name = '', path = ''] of text.matchAll(SHEET_IMPORT)) {
      const sheet = normalize(join(dirname(file), path));
      const classes = found([text], new RegExp(`\\b${name}[.]([A-Za-z_]\\w*)`, 'g'));
      expect(without(classes, classesOf(SHEETS.get(sheet) ?? '')), `${file} names`).toEqual([]);
      for (const each of classes) named.get(sheet)?.add(each);
      if (text.includes(`${name}[`)) dynamic.add(sheet);
    }
  for (const [sheet, classes] of named)
    if (basename(sheet).endsWith('.module.css') && !dynamic.has(sheet))
      expect(without(classesOf(SHEETS.get(sheet) ?? ''), classes), `${sheet} has`).toEqual([]);
});

test('no table hides itself: some browsers show its caption all the same, so it is hidden with what is around it', () => {
  for (const [file, text] of PARTS) expect(text, file).not.toMatch(/<table[^>]*unseen/);
});

test('where more contrast is asked for, text stands out from all that is below it 7 to 1, and the edge of a field 3 to 1', () => {
  const tokens = SHEETS.get(join('src/ui', 'tokens.css')) ?? '';
  const more = tokens.slice(tokens.indexOf('prefers-contrast: more'), tokens.indexOf('forced-colors'));
  for (const theme of [0, 1]) {
    const valueOf = (name: string): string =>
      [more, tokens]
        .map((text) => new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(text)?.[1 + theme])
        .find((value) => value !== undefined) ?? '';
    for (const ground of ['bg-0', 'bg-1', 'bg-2'])
      for (const [name, least] of [
        ['ink', 7],
        ['ink-2', 7],
        ['ink-3', 7],
        ['put-t', 7],
        ['line-2', 3],
      ] as const)
        expect(contrast(valueOf(name), valueOf(ground)), `${name} on ${ground}`).toBeGreaterThanOrEqual(
          least,
        );
  }
});

/** Of two colours such as `#15181a`, as WCAG 2 has it. */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = NaN, green = NaN, blue = NaN] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
