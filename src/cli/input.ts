/**
 * Finds the design that a command means: what its word names, with the settings put upon it. It is the only place of
 * the command line that reads files. Whatever is wrong becomes one line; nothing is repaired and nothing is ignored.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { err, ok, type Result } from '../base/result.ts';
import type { Design } from '../design/design.ts';
import { readDocument } from '../design/document.ts';
import { applyEntries, type Reading } from '../design/keys.ts';
import { readLink } from '../design/links.ts';
import { printProblem } from '../design/problem.ts';
import { quote, type Setting } from './args.ts';

/** `word` is a preset's name, a link or its fragment, or the path of a .json file. The error is one line. */
export function openDesign(word: string, settings: readonly Setting[]): Result<Design> {
  const named =
    word === '' ? err(`design: "" is empty: a preset's name, a link or a .json file`) : readNamed(word);
  if (!named.ok) return named;
  const entries = settings.map(({ key, value }) => ({ key, text: value }));
  return intact(applyEntries(named.value, entries));
}

function readNamed(word: string): Result<Design> {
  if (!word.endsWith('.json') || word.includes('#')) return intact(readLink(word));
  const text = readFile(word);
  if (!text.ok) return text;
  const json = parseJson(text.value);
  if (!json.ok) return err(`file ${quote(word)} is no JSON: ${json.error}`);
  const design = intact(readDocument(json.value));
  return design.ok ? design : err(`file ${quote(word)}: ${design.error}`);
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
