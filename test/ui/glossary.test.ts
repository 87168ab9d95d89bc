import { expect, test } from 'vitest';
import { seedDesign } from '../../src/design/design.ts';
import { termIn } from '../../src/design/glossary.ts';
import { TRACKS } from '../../src/ui/charts/tracks.ts';
import { CONTRACT_LINES } from '../../src/ui/contract/lines.ts';

test('the glossary knows a word of every line of the contract, and of every chart', () => {
  const labels = TRACKS.flatMap((track) =>
    track.metrics({ design: seedDesign, cacheNode: undefined }).map(({ label }) => label),
  );
  expect(labels.length).toBeGreaterThan(5);
  const unknown = [...CONTRACT_LINES.map(({ label }) => label), ...labels].filter(
    (label) => termIn(label) === undefined,
  );
  expect(unknown).toEqual([]);
});
