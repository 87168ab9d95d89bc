/**
 * Reads the command line: words to a command, or to one line that says which word is wrong. It knows the shape of a
 * command and nothing of designs; what a word means is found out by who carries the command out.
 */
import { err, ok, type Result } from '../base/result.ts';

export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'presets' }
  | {
      readonly name: 'run';
      /** A preset's name, a link or its fragment, or the path of a .json file. */
      readonly design: string;
      /** In the order given: `--seed 7` is the setting `seed=7`. */
      readonly settings: readonly Setting[];
      readonly json: boolean;
      readonly check: boolean;
    };

export interface Setting {
  readonly key: string;
  readonly value: string;
}

const COMMANDS = ['run', 'presets', 'help'];
/** Flags of `run` that take a value, and those that do not. */
const VALUED = ['--seed', '--duration', '--set'];
const PLAIN = ['--json', '--check'];

/** `words` is the command line after the program's name. The error is one line. */
export function readCommand(words: readonly string[]): Result<Command> {
  const [name, ...rest] = words;
  switch (name) {
    case undefined:
      return err(`no command given: allowed are ${COMMANDS.join(', ')}`);
    case 'help':
    case '--help':
    case '-h':
      return ok({ name: 'help' });
    case 'presets':
      return rest[0] === undefined
        ? ok({ name: 'presets' })
        : err(`presets: ${quote(rest[0])} is one word too many: it takes none`);
    case 'run':
      return readRun(rest);
    default:
      return err(`command: ${quote(name)} is not known: allowed are ${COMMANDS.join(', ')}`);
  }
}

function readRun(words: readonly string[]): Result<Command> {
  const settings: Setting[] = [];
  const plain = new Set<string>();
  let design: string | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!word.startsWith('--')) {
      if (design !== undefined)
        return err(`run: ${quote(word)} is one design too many, after ${quote(design)}`);
      design = word;
      continue;
    }
    const [flag, inline] = splitAt(word, '=');
    if (PLAIN.includes(flag)) {
      if (inline !== undefined) return err(`${flag}: ${quote(inline)} is too much: it takes no value`);
      plain.add(flag);
    } else if (VALUED.includes(flag)) {
      const value = inline ?? words[++at];
      if (value === undefined) return err(`${flag}: no value given: ${flag} ${exampleOf(flag)}`);
      const setting = flag === '--set' ? readSetting(value) : ok({ key: flag.slice(2), value });
      if (!setting.ok) return setting;
      settings.push(setting.value);
    } else {
      return err(`flag: ${quote(flag)} is not known: allowed are ${[...VALUED, ...PLAIN].join(', ')}`);
    }
  }
  if (design === undefined) return err("run: no design given: a preset's name, a link or a .json file");
  return ok({ name: 'run', design, settings, json: plain.has('--json'), check: plain.has('--check') });
}

function readSetting(text: string): Result<Setting> {
  const [key, value] = splitAt(text, '=');
  if (key === '' || value === undefined)
    return err(`--set: ${quote(text)} is not key=value: --set ${exampleOf('--set')}`);
  return ok({ key, value });
}

function exampleOf(flag: string): string {
  switch (flag) {
    case '--seed':
      return '7';
    case '--duration':
      return '60s';
    default:
      return 'cache.ttl=3s';
  }
}

/** What a person typed, on one line and short, whatever it was. */
export function quote(text: string): string {
  const line = JSON.stringify(text);
  return line.length <= 120 ? line : `${line.slice(0, 116)}..."`;
}

function splitAt(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}
