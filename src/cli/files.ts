/**
 * Files that the command line is given: which words are paths, and what stands in a file. What cannot be read is one
 * problem that says what is there instead.
 */
import { readFileSync, statSync, type Stats } from 'node:fs';
import { resolve } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import { err, ok, type Result } from '../base/result.ts';
import { LIMITS } from '../design/limits.ts';
import { problem, type Problem } from '../design/problem.ts';

const ALLOWED = 'the path of a .json file';
/** Where a link's signs stand before the ending, it is the end of a title or of a remark. */
const FILE = /^[^#?]*[.]json$/i;
/** A file as if it were a link. */
const FILE_AND_MORE = /^[^#?]*[.]json[#?&]/i;
/** A folder before a name, or an ending behind it: where no sign of a link is, a path is meant. A link may begin with a slash. */
const PATH = /[^/\\][/\\].|[.][a-z]\w{0,5}/i;
const LINK_SIGN = /[#?=&%]/;
const ADDRESS = /^[a-z]{2,}:\/\//i;

/** Whether a word names a file that may hold a design: one that ends in .json, be it there or not. */
export function isFile(word: string): boolean {
  return FILE.test(word) || (/[.]json$/i.test(word) && statsOf(word) !== undefined);
}

/** What is wrong with a word that is no design's name: something else lies there, or nothing where a path leads. */
export function troubleOfPath(word: string): Problem | undefined {
  if (ADDRESS.test(word)) return undefined;
  if (word.trimStart().startsWith('{')) return problem('design', word, 'is JSON, and no file of it', ALLOWED);
  if (FILE_AND_MORE.test(word))
    return problem('file', word, 'has something behind .json', 'a .json file and --set KEY=VALUE');
  const stats = statsOf(word);
  if (stats !== undefined)
    return problem(
      'file',
      word,
      stats.isDirectory() ? 'is a folder' : 'has no name that ends in .json',
      ALLOWED,
    );
  return !LINK_SIGN.test(word) && PATH.test(word)
    ? problem('file', word, 'cannot be read: no such file or directory', ALLOWED)
    : undefined;
}

/** The text of a file. The error is one line. */
export function readText(word: string): Result<string, Problem> {
  const { documentText } = LIMITS;
  try {
    const stats = statSync(pathOf(word));
    if (stats.isDirectory()) return err(problem('file', word, 'is a folder', ALLOWED));
    // Of a pipe nobody knows when there is something to read.
    if (!stats.isFile()) return err(problem('file', word, 'is no file', ALLOWED));
    if (stats.size > documentText)
      return err(problem('file', word, `has ${stats.size} bytes`, `at most ${documentText} bytes`));
    // A decoder leaves out the mark of byte order that some editors begin a file with.
    return ok(new TextDecoder().decode(readFileSync(pathOf(word))));
  } catch (error) {
    return err(problem('file', word, `cannot be read: ${reasonOf(error)}`, ALLOWED));
  }
}

/** What the system says, without the path, which is named already. */
export function reasonOf(error: unknown): string {
  const number = error instanceof Error && 'errno' in error ? error.errno : undefined;
  const said = typeof number === 'number' ? getSystemErrorMap().get(number) : undefined;
  return said?.[1] ?? 'it is no path';
}

/** Undefined where nothing lies, or nothing that can be looked at. */
function statsOf(word: string): Stats | undefined {
  try {
    return statSync(pathOf(word), { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** npm starts a script in the project's folder, and says where the person stood. */
function pathOf(word: string): string {
  const here = resolve(word);
  const origin = process.env['INIT_CWD'];
  if (origin === undefined) return here;
  return statSync(here, { throwIfNoEntry: false }) === undefined ? resolve(origin, word) : here;
}
