/** The command line, with what it prints and the code that it ends with: as a person starts it, or in this process. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { vi } from 'vitest';
import { main } from '../../src/cli/main.ts';

const COMMAND = resolve('src/cli/throughline.mjs');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

/** A process of its own: `throughline` with these words, where a person stands in `folder`. */
export function startedIn(folder: string, words: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: status, out: stdout, errors: stderr };
}

/** What is printed for these words, where a person whom npm brought here stands in the folder, and the exit code. */
export function answeredIn(folder: string, words: readonly string[]): Ended {
  const printed = { out: '', errors: '' };
  const into = (stream: keyof typeof printed) => (text: string | Uint8Array) => {
    printed[stream] += String(text);
    return true;
  };
  const out = vi.spyOn(process.stdout, 'write').mockImplementation(into('out'));
  const errors = vi.spyOn(process.stderr, 'write').mockImplementation(into('errors'));
  vi.stubEnv('INIT_CWD', folder);
  try {
    const code = main(words);
    return { code, ...printed };
  } finally {
    vi.unstubAllEnvs();
    out.mockRestore();
    errors.mockRestore();
  }
}
