import { expect, it } from 'vitest';
import { excerptJson, excerptTable } from '../../src/cli/excerpt.ts';
import { curve, table } from '../../src/cli/table.ts';
import type { FaultSummary } from '../../src/engine/summary.ts';
import { aSummary } from '../support/summaries.ts';

it('says of each fault how long it lasted and when the contract held again, as far as the run came to it', () => {
  const faults: FaultSummary[] = [
    {
      at: '1s',
      for: '500ms',
      target: 'cache-1',
      kind: 'slow',
      factor: 20,
      recoveredAfterMs: 700,
      brokenLast: ['putP99'],
    },
    {
      at: '2s',
      target: 'shard-1.leader',
      kind: 'crash',
      recoveredAfterMs: null,
      brokenLast: ['putP99', 'availability'],
    },
    { at: '3s', target: 'cache-2', kind: 'flush', recoveredAfterMs: 0, brokenLast: [] },
    { at: '4s', target: 'app-cache', kind: 'drop', share: 0.015, recoveredAfterMs: 0, brokenLast: [] },
    { at: '20s', target: 'app-1', kind: 'delay', by: '50ms', recoveredAfterMs: null, brokenLast: [] },
  ];
  const summary = aSummary({ faults, simulatedSeconds: 20 });
  const text = table({ design: '#/write-through', wallSeconds: 1, summary, busiest: [] });
  const rows = text.split('\n').map((line) => line.trimEnd().split(/ {2,}/));
  expect(rows).toContainEqual(['Fault', 'at', 'for', 'recovered after', 'last broken']);
  expect(rows).toContainEqual(['cache-1 slow 20', '1s', '500ms', '700 ms', 'putP99']);
  expect(rows).toContainEqual(['shard-1.leader crash', '2s', 'to the end', 'never', 'putP99, availability']);
  expect(rows).toContainEqual(['cache-2 flush', '3s', '-', '0.00 ms']);
  expect(rows).toContainEqual(['app-cache drop 1.5%', '4s', 'to the end', '0.00 ms']);
  expect(rows).toContainEqual(['app-1 delay 50ms', '20s', 'to the end', '-']);
});

it('says beside a window that a limit ended the run, since nothing happens in one that comes after', () => {
  const stopped = '4 million messages alive at once, at 1.8s';
  const whole = aSummary({ stopped });
  const excerpt = { ...aSummary({}), from: 5_000_000, to: 6_000_000 };
  expect(excerptTable('#/db-only', excerpt, whole)).toMatch(
    `#/db-only\nThe run ended before its time: ${stopped}\n\n`,
  );
  expect(excerptJson('#/db-only', { ...excerpt, stopped })).toMatchObject({ fromSeconds: 5, stopped });
  expect(excerptTable('#/db-only', excerpt, aSummary({}))).not.toContain('ended before');
});

it('says so above the curve of freshness, too, and why there were fewer trials than asked for', () => {
  const points = [{ afterMs: 1, fresh: null, trials: 0, unanswered: 0 }];
  const stopped = '4 million messages alive at once, at 1.8s';
  expect(curve('#/db-only', { points, stopped })).toMatch(
    `#/db-only\nThe run ended before its time: ${stopped}\n\n`,
  );
  const fewer = '0 of 10 trials: there are no PUTs';
  expect(curve('#/db-only', { points, fewer })).toMatch(`#/db-only\n${fewer}\n\n`);
  expect(curve('#/db-only', { points })).toMatch(/^#\/db-only\n\n/);
});

it('has a dash for the latency of operations of which there was none', () => {
  const text = table({ design: '#/write-through', wallSeconds: 1, summary: aSummary(), busiest: [] });
  expect(text).toMatch(/^PUT( +0){4}( +-){5}$/m);
});

it('names the node that was busiest, and when all servers of one were', () => {
  const busiest = [
    { name: 'shard-1.replica-1', utilisation: 0.4012, full: undefined },
    { name: 'cache-1', utilisation: 0.18, full: { from: 10_000_000, to: 18_400_000 } },
  ];
  const text = table({ design: '#/write-through', wallSeconds: 1, summary: aSummary(), busiest });
  expect(text).toMatch(
    /^busiest +shard-1[.]replica-1, 40[.]1 % over the run\n +cache-1, 18[.]0 % over the run, 100 % from 10 s to 18[.]4 s$/m,
  );
});
