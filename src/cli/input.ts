/**
 * Finds the design that a command means: what its word names, with the settings put upon it. It is the only place of
 * the command line that reads files. Whatever is wrong becomes one line; nothing is repaired and nothing is ignored.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { nearestWord } from '../base/nearest.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Design } from '../design/design.ts';
import { readDocument } from '../design/document.ts';
import { GALLERY, galleryEntry } from '../design/gallery/groups.ts';
import { applyEntries, type Reading } from '../design/keys.ts';
import { readLink } from '../design/links.ts';
import { printProblem, problem, type Problem } from '../design/problem.ts';
import { quote, type Setting } from './args.ts';

/** `word` is a preset's name, a link or its fragment, or the path of a .json file. The error is one line. */
export function openDesign(word: string, settings: readonly Setting[]): Result<Design> {
  const named = readNamed(word);
  if (!named.ok) return named;
  const { design, versus } = named.value;
  if (versus !== undefined) return err(`vs: ${quote(word)} holds two designs: compare takes them`);
  return withSettings(design, settings);
}

/** The two designs of a comparison, from two words, or from one link that holds both. */
export function openTwo(
  words: readonly string[],
  settings: readonly Setting[],
): Result<readonly [Design, Design]> {
  const [first = '', second] = words;
  const named = readNamed(first);
  if (!named.ok) return named;
  const { design, versus } = named.value;
  if (versus !== undefined && second !== undefined)
    return err(`compare: ${quote(second)} is one design too many: ${quote(first)} holds two`);
  const other = versus === undefined && second !== undefined ? openDesign(second, []) : ok(versus);
  if (!other.ok) return other;
  if (other.value === undefined)
    return err(`compare: ${quote(first)} is one design: a second one, or a link with vs=, is missing`);
  const a = withSettings(design, settings);
  const b = withSettings(other.value, settings);
  return !a.ok ? a : !b.ok ? b : ok([a.value, b.value]);
}

function withSettings(design: Design, settings: readonly Setting[]): Result<Design> {
  const entries = settings.map(({ key, value }) => ({ key, text: value }));
  return intact(applyEntries(design, entries));
}

interface Named {
  readonly design: Design;
  readonly versus?: Design;
}

/** A word that no link and no file can be. */
const NAME = /^[a-z\d-]+$/i;

function unknownName(word: string): Problem {
  const [policies, ...others] = GALLERY.map(({ entries }) => entries.map(({ key }) => key));
  const allowed = `one of ${policies?.join(', ') ?? ''}, or another name that throughline presets lists`;
  return problem(
    'preset',
    word,
    'is no preset',
    allowed,
    nearestWord(word, [policies ?? [], ...others].flat()),
  );
}

function readNamed(word: string): Result<Named> {
  if (word === '') return err(`design: "" is empty: a preset's name, a link or a .json file`);
  const shown = galleryEntry(word);
  if (shown !== undefined) return ok(shown);
  if (NAME.test(word)) return err(printProblem(unknownName(word)));
  if (!word.endsWith('.json') || word.includes('#')) {
    const link = readLink(word);
    const design = intact(link);
    return design.ok ? ok(link) : design;
  }
  const text = readFile(word);
  if (!text.ok) return text;
  const json = parseJson(text.value);
  if (!json.ok) return err(`file ${quote(word)} is no JSON: ${json.error}`);
  const design = intact(readDocument(json.value));
  return design.ok ? ok({ design: design.value }) : err(`file ${quote(word)}: ${design.error}`);
}

/** The screen keeps what it can read of a design; a command that did would answer a question nobody asked. */
function intact({ design, problems }: Reading): Result<Design> {
  const [first, ...others] = problems;
  if (first === undefined) return ok(design);
  return err(
    others.length === 0 ? printProblem(first) : `${printProblem(first)} (and ${others.length} more)`,
  );
}

function readFile(word: string): Result<string> {
  try {
    return ok(readFileSync(pathOf(word), 'utf8'));
  } catch (error) {
    return err(`file ${quote(word)} cannot be read: ${inOneLine(error)}`);
  }
}

/** npm starts a script in the project's folder, and says where the person stood. */
function pathOf(word: string): string {
  const here = resolve(word);
  const origin = process.env['INIT_CWD'];
  return existsSync(here) || origin === undefined ? here : resolve(origin, word);
}

function parseJson(text: string): Result<unknown> {
  try {
    return ok(JSON.parse(text));
  } catch (error) {
    return err(inOneLine(error));
  }
}

function inOneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ');
}
