/** The command as a person starts it: a process of its own, with what it prints and the code that it ends with. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const COMMAND = resolve('src/cli/throughline.mjs');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

/** `throughline` with these words, where a person stands in `folder`. */
export function startedIn(folder: string, words: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: status, out: stdout, errors: stderr };
}
