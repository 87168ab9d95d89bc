import { describe, expect, it } from 'vitest';
import { happeningsBetween } from '../../src/replay/happenings.ts';
import { KEPT, logWords, withLine, type Line } from '../../src/ui/log/logWords.ts';
import { detail, found } from '../support/stretch.ts';

const NAMES = ['app-1', 'cache-1', 'shard-1.replica-2'];
const nameOf = (node: number) => NAMES[node] ?? 'a client';

const told = (after: number, upTo: number) =>
  logWords(happeningsBetween(detail, found, after, upTo), found, nameOf);

describe('what is read out of a stretch', () => {
  it('begins with who was let down, and counts what is over three', () => {
    expect(told(0, 400)).toBe(
      'session 417, key 0: read did not see its own write; shard-1.replica-2 leads; ' +
        'session 3, key 7: read was stale; and 2 more',
    );
  });

  it('counts how often somebody stopped waiting, after its beginning and up to its end', () => {
    expect(told(100, 149)).toBeUndefined();
    expect(told(99, 149)).toBe('app-1 stopped waiting');
    expect(told(150, 299)).toBe('app-1 stopped waiting; a client stopped waiting');
    expect(logWords(happeningsBetween(detail, new Int32Array(0), 0, 400), found, nameOf)).toBe(
      'shard-1.replica-2 leads; app-1 stopped waiting, 3 times; a client stopped waiting',
    );
  });

  it('is nothing where nothing happened', () => {
    expect(told(500, 900)).toBeUndefined();
  });
});

describe('the log that is read out', () => {
  it('has the same sentence twice where the cursor went back, and keeps each until it is too old', () => {
    let log: readonly Line[] = [];
    for (const text of ['a', 'a', 'b', 'c', 'd', 'e', 'f', 'a']) {
      const before = log;
      log = withLine(before, text);
      expect(log.at(-1)?.text).toBe(text);
      expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
      expect(log.slice(0, -1)).toEqual(before.slice(1 - KEPT));
    }
    expect(log.map(({ text }) => text)).toEqual(['b', 'c', 'd', 'e', 'f', 'a']);
  });
});
