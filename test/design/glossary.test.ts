import { describe, expect, test } from 'vitest';
import { CONTRACT_LINES } from '../../src/ui/contract/lines.ts';
import { GLOSSARY, termIn } from '../../src/design/glossary.ts';
import { TRACKS } from '../../src/ui/charts/tracks.ts';
import { seedDesign } from '../../src/design/design.ts';

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

  test('knows a word of every line of the contract, and of every chart', () => {
    const labels = TRACKS.flatMap((track) =>
      track.metrics({ design: seedDesign, cacheNode: undefined }).map(({ label }) => label),
    );
    expect(labels.length).toBeGreaterThan(5);
    const unknown = [...CONTRACT_LINES.map(({ label }) => label), ...labels].filter(
      (label) => termIn(label) === undefined,
    );
    expect(unknown).toEqual([]);
  });
});
