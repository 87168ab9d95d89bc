import { expect, test } from 'vitest';
import { chosenOf } from '../tools/chosen.ts';

const PARTS = { engine: 1, browser: 2, sizes: 3 };

test("a tool's arguments name its parts, in any order; none names all", () => {
  const all = Object.entries(PARTS);
  expect(chosenOf('part', PARTS, [])).toEqual({ ok: true, value: all });
  expect(chosenOf('part', PARTS, ['sizes', 'engine'])).toEqual({ ok: true, value: [all[0], all[2]] });
});

test.each([
  ['size', 'part "size": is not known; allowed: engine, browser, sizes; nearest: sizes'],
  ['toString', 'part "toString": is not known; allowed: engine, browser, sizes; nearest: engine'],
])('%s is no part', (name, error) => {
  expect(chosenOf('part', PARTS, ['engine', name])).toEqual({ ok: false, error });
});
