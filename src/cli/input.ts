/**
 * Finds the design that a command means: what its word names, with the settings put upon it. It is the only place of
 * the command line that reads files. Whatever is wrong becomes one line; nothing is repaired and nothing is ignored.
 */
import { likelyWord } from '../base/nearest.ts';
import { err, ok, type Result } from '../base/result.ts';
import { messageOf } from '../base/thrown.ts';
import type { Design } from '../design/design.ts';
import { readDocument } from '../design/document.ts';
import { GALLERY, galleryEntry } from '../design/gallery/groups.ts';
import { applyEntries, type Reading } from '../design/keys.ts';
import { KEYS_OF_LINKS, readLink, REPEATED, type Beside } from '../design/links.ts';
import { printProblem, problem, type Problem } from '../design/problem.ts';
import { repeatedKeys } from '../design/repeatedKeys.ts';
import { quote, type Setting } from './args.ts';
import { isFile, readText, troubleOfPath } from './files.ts';

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
  const foreign = settings.find(({ key }) => KEYS_OF_LINKS.includes(key));
  if (foreign !== undefined) return err(printProblem(keyOfLink(foreign)));
  const again = settings.find(
    ({ key }, i) => !REPEATED.includes(key) && settings.findIndex((other) => other.key === key) < i,
  );
  if (again !== undefined)
    return err(printProblem(problem(again.key, again.value, 'is given twice', 'each key once')));
  const entries = settings.map(({ key, value }) => ({ key, text: value }));
  return intact(applyEntries(design, entries));
}

function keyOfLink({ key, value }: Setting): Problem {
  return problem(key, value, 'is of a link alone', 'a key of the design, such as cache.ttl');
}

/** A ghost is for the charts of a screen: nothing here asks for it. */
interface Named extends Pick<Beside, 'versus'> {
  readonly design: Design;
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
    likelyWord(word, [policies ?? [], ...others].flat()),
  );
}

function readNamed(word: string): Result<Named> {
  if (word.trim() === '')
    return err(`design: ${quote(word)} is empty: a preset's name, a link or a .json file`);
  const shown = galleryEntry(word);
  if (shown !== undefined) return ok(shown);
  if (isFile(word)) return readDocumentOf(word);
  const link = readLink(word);
  const design = intact(link);
  if (design.ok) return ok(link);
  const trouble = troubleOfExample(link.problems) ?? troubleOfPath(word);
  if (trouble !== undefined) return err(printProblem(trouble));
  return NAME.test(word) ? err(printProblem(unknownName(word))) : design;
}

/** A link that begins with what `presets` lists and is no preset. */
function troubleOfExample(problems: readonly Problem[]): Problem | undefined {
  const name = problems.find(({ key }) => key === 'preset')?.value ?? '';
  return galleryEntry(name) === undefined
    ? undefined
    : problem('preset', name, 'is an example, and no link begins with one', `${name} --set KEY=VALUE`);
}

function readDocumentOf(word: string): Result<Named> {
  const text = readText(word);
  if (!text.ok) return err(printProblem(text.error));
  const json = parseJson(text.value);
  if (!json.ok)
    return err(printProblem(problem('file', word, `is no JSON: ${json.error}`, 'one JSON object')));
  const { design: read, problems } = readDocument(json.value);
  const design = intact({ design: read, problems: [...repeatedKeys(text.value), ...problems] });
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

function parseJson(text: string): Result<unknown> {
  try {
    return ok(JSON.parse(text));
  } catch (error) {
    return err(messageOf(error));
  }
}
