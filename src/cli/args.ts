/**
 * Reads the command line: words to a command, or to one line that says which word is wrong. It knows the shape of a
 * command and nothing of designs; what a word means is found out by who carries the command out.
 */
import { harmless } from '../base/harmless.ts';
import { likelyWord } from '../base/nearest.ts';
import { err, ok, type Result } from '../base/result.ts';

export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'presets' | 'keys' }
  | { readonly name: 'anomalies'; readonly json: boolean }
  | (Designed & {
      readonly name: 'run';
      readonly check: boolean;
      readonly as: RunForm;
    })
  | (Designed & {
      readonly name: 'trace';
      /** As typed; undefined where the default is meant. */
      readonly window: string | undefined;
    })
  | (Designed & {
      readonly name: 'excerpt';
      readonly json: boolean;
      /** As typed; undefined where the default is meant. */
      readonly window: string | undefined;
    })
  | (Designed & {
      readonly name: 'violations';
      readonly json: boolean;
      /** As typed; undefined where the default is meant. */
      readonly kind: string | undefined;
      readonly limit: string | undefined;
    })
  | (Designed & {
      readonly name: 'visibility';
      readonly json: boolean;
      /** As typed; undefined where the default is meant. */
      readonly at: string | undefined;
      readonly trials: string | undefined;
    })
  | (Settled & {
      readonly name: 'compare';
      readonly json: boolean;
      /** Two of them, or one link that holds both. */
      readonly designs: readonly string[];
      /** As typed; undefined where the default is meant. */
      readonly seeds: string | undefined;
    })
  | (Designed & {
      readonly name: 'explore';
      readonly json: boolean;
      /** As typed; undefined where the default is meant. */
      readonly ops: string | undefined;
      readonly crash: string | undefined;
      readonly fence: string | undefined;
      readonly variant: string | undefined;
      readonly limit: string | undefined;
    });

/** In which form a run is printed. */
export type RunForm = 'table' | (typeof RUN_FORMS)[number];

const RUN_FORMS = ['json', 'csv', 'report'] as const;

/** What the commands that render a design have in common. */
interface Designed extends Settled {
  /** A preset's name, a link or its fragment, or the path of a .json file. */
  readonly design: string;
}

interface Settled {
  /** In the order given: `--seed 7` is the setting `seed=7`. */
  readonly settings: readonly Setting[];
}

export interface Setting {
  readonly key: string;
  readonly value: string;
}

const COMMANDS = [
  ...['run', 'violations', 'excerpt', 'trace', 'compare', 'visibility', 'explore', 'anomalies'],
  ...['presets', 'keys', 'help'],
];
/** Asked for at any place of the line. */
const HELP: readonly string[] = ['--help', '-h'];
/** Flags that set something of the design, and take a value. */
const SETTINGS = ['--seed', '--duration', '--set'];
/** Programs that write texts make longer ones of two. */
const DASHES = /^[-\u2012-\u2015\u2212]+/;
/** Flags of a command beside these. */
interface Flags {
  readonly valued: readonly string[];
  readonly plain: readonly string[];
}
const EXAMPLES: Readonly<Record<string, string>> = {
  '--seed': '7',
  '--duration': '60s',
  '--set': 'cache.ttl=3s',
  '--seeds': '5',
  '--at': '0ms,5ms,30ms',
  '--trials': '1000',
  '--ops': 'put,put,get',
  '--crash': 'cache-1',
  '--fence': 'store',
  '--variant': 'delete-first',
  '--kind': 'lostAckedWrite',
  '--limit': '100000',
  '--window': '12.3s-12.35s',
};

/** `words` is the command line after the program's name. The error is one line. */
export function readCommand(words: readonly string[]): Result<Command> {
  const [name, ...rest] = words;
  if (words.some((word) => HELP.includes(word))) return ok({ name: 'help' });
  switch (name) {
    case undefined:
      return err(`no command given: allowed are ${COMMANDS.join(', ')}`);
    case 'help':
      return ok({ name });
    case 'presets':
    case 'keys':
      return rest[0] === undefined
        ? ok({ name })
        : err(`${name}: ${quote(rest[0])} is one word too many: it takes none`);
    case 'anomalies': {
      const [flag, more] = rest;
      const word = flag === '--json' ? more : flag;
      return word === undefined
        ? ok({ name, json: flag === '--json' })
        : err(`anomalies: ${quote(word)} is one word too many: it takes --json`);
    }
    case 'run':
      return ofOne(
        name,
        rest,
        { valued: [], plain: ['--check', ...RUN_FORMS.map((form) => `--${form}`)] },
        (designed, given) => {
          const [as = 'table', second] = RUN_FORMS.filter((form) => given.has(`--${form}`));
          if (second !== undefined) return err(`run: --${as} and --${second} are two forms: choose one`);
          return ok({ ...designed, name, as, check: given.has('--check') });
        },
      );
    case 'trace':
      return ofOne(name, rest, { valued: ['--window'], plain: [] }, (designed, given) =>
        ok({ ...designed, name, window: given.get('--window') }),
      );
    case 'excerpt':
      return ofOne(name, rest, { valued: ['--window'], plain: ['--json'] }, (designed, given) =>
        ok({ ...designed, name, json: given.has('--json'), window: given.get('--window') }),
      );
    case 'violations': {
      const flags = ['--kind', '--limit'];
      return ofOne(name, rest, { valued: flags, plain: ['--json'] }, (designed, given) => {
        const [kind, limit] = flags.map((flag) => given.get(flag));
        return ok({ ...designed, name, json: given.has('--json'), kind, limit });
      });
    }
    case 'visibility': {
      const flags = ['--at', '--trials'];
      return ofOne(name, rest, { valued: flags, plain: ['--json'] }, (designed, given) => {
        const [at, trials] = flags.map((flag) => given.get(flag));
        return ok({ ...designed, name, json: given.has('--json'), at, trials });
      });
    }
    case 'compare': {
      const words = readWords(name, rest, { valued: ['--seeds'], plain: ['--json'] }, 2);
      if (!words.ok) return words;
      const { designs, given, settings } = words.value;
      return ok({ settings, name, json: given.has('--json'), designs, seeds: given.get('--seeds') });
    }
    case 'explore': {
      const flags = ['--ops', '--crash', '--fence', '--variant', '--limit'];
      return ofOne(name, rest, { valued: flags, plain: ['--json'] }, (designed, given) => {
        const [ops, crash, fence, variant, limit] = flags.map((flag) => given.get(flag));
        return ok({ ...designed, name, json: given.has('--json'), ops, crash, fence, variant, limit });
      });
    }
    default:
      return unknown('command', name, COMMANDS);
  }
}

/** A command that takes one design: `make` is handed that design with its settings, and what else was given. */
function ofOne(
  name: string,
  words: readonly string[],
  flags: Flags,
  make: (designed: Designed, given: Words['given']) => Result<Command>,
): Result<Command> {
  const read = readWords(name, words, flags, 1);
  if (!read.ok) return read;
  const { designs, given, settings } = read.value;
  const [design = ''] = designs;
  return make({ design, settings }, given);
}

interface Words extends Settled {
  /** One at least, and no more than were allowed. */
  readonly designs: readonly string[];
  /** What else was given, by flag; a flag without a value has an empty one. */
  readonly given: ReadonlyMap<string, string>;
}

/** Designs, at most so many, their settings and other flags, in any order. */
function readWords(name: string, words: readonly string[], flags: Flags, most: number): Result<Words> {
  const { plain } = flags;
  const valued = [...SETTINGS, ...flags.valued];
  const settings: Setting[] = [];
  const given = new Map<string, string>();
  const designs: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!DASHES.test(word)) {
      if (designs.length === most)
        return err(`${name}: ${quote(word)} is one design too many, after ${quote(designs.at(-1) ?? '')}`);
      designs.push(word);
      continue;
    }
    const [flag, inline] = splitAtEquals(word);
    if (plain.includes(flag)) {
      if (inline !== undefined) return err(`${flag}: ${quote(inline)} is too much: it takes no value`);
      given.set(flag, '');
    } else if (valued.includes(flag)) {
      const value = inline ?? words[++at];
      // No value begins as a flag does: one that was left out would swallow the next flag.
      if (value === undefined || (inline === undefined && value.startsWith('--')))
        return err(`${flag}: no value given: ${flag} ${EXAMPLES[flag] ?? ''}`);
      if (flags.valued.includes(flag)) {
        if (given.has(flag)) return err(`${flag}: ${quote(value)} is one too many: it is given once`);
        given.set(flag, value);
        continue;
      }
      const setting = flag === '--set' ? readSetting(value) : ok({ key: flag.slice(2), value });
      if (!setting.ok) return setting;
      settings.push(setting.value);
    } else {
      return unknown('flag', flag, [...valued, ...plain]);
    }
  }
  if (designs.length === 0) return err(`${name}: no design given: a preset's name, a link or a .json file`);
  return ok({ designs, settings, given });
}

function readSetting(text: string): Result<Setting> {
  const [key, value] = splitAtEquals(text);
  if (key === '' || value === undefined)
    return err(`--set: ${quote(text)} is not key=value: --set ${EXAMPLES['--set'] ?? ''}`);
  return ok({ key, value });
}

/** Dashes are no letters: two words are not near because both are flags. */
function unknown(what: string, word: string, allowed: readonly string[]): Result<never> {
  const bare = (flag: string): string => flag.replace(DASHES, '');
  const likely = likelyWord(bare(word), allowed.map(bare));
  const nearest = allowed.find((each) => bare(each) === likely);
  const meant = nearest === undefined ? '' : `; nearest: ${nearest}`;
  return err(`${what}: ${quote(word)} is not known: allowed are ${allowed.join(', ')}${meant}`);
}

/** What a person typed, on one line and short, whatever it was. */
export function quote(text: string): string {
  const line = harmless(JSON.stringify(text));
  return line.length <= 120 ? line : `${line.slice(0, 116)}..."`;
}

function splitAtEquals(text: string): [string, string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
