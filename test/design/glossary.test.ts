import { describe, expect, test } from 'vitest';
import { GLOSSARY, termIn } from '../../src/design/glossary.ts';

describe('the glossary', () => {
  test('explains each term in one sentence or two, short enough for a line or three', () => {
    for (const [term, line] of Object.entries(GLOSSARY)) {
      expect(line, term).toMatch(/^[A-Z0-9].*[.]$/);
      expect(line.length, term).toBeLessThanOrEqual(130);
    }
  });

  test.each([
    ['GET p99', 'p99'],
    ['Data loss (RPO)', 'data loss'],
    ['writes need 2 of 3', undefined],
    ['cache calls timed out', 'timed out'],
    ['given up on, still alive', 'given up on'],
    ['sessions', 'session'],
    ['keyboard', undefined],
    ['hit ratio', 'hit ratio'],
  ])('of %j it knows %s', (label, term) => {
    expect(termIn(label)).toBe(term);
  });
});
