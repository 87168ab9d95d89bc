import { describe, expect, it } from 'vitest';
import { assert } from '../../src/base/assert.ts';
import type { ContractLine } from '../../src/design/contract.ts';
import { writeLink } from '../../src/design/links.ts';
import { VIOLATION_KINDS } from '../../src/design/readings.ts';
import { seedDesign, type Design } from '../../src/design/design.ts';
import { count } from '../../src/base/words.ts';
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import { Run } from '../../src/engine/run.ts';
import { summarise } from '../../src/engine/summarise.ts';
import { busiestOf, busyWords } from '../../src/replay/busiest.ts';
import { findingsOf } from '../../src/replay/carry/findings.ts';
import { reportOf, type Reported } from '../../src/replay/carry/report.ts';
import { aDesign } from '../support/designs.ts';
import { aSummary } from '../support/summaries.ts';

function reported(design: Design): Reported {
  const run = Run.start(design);
  run.advance(HORIZON);
  const link = (at?: number) => `https://host/#${writeLink(design, at === undefined ? {} : { at })}`;
  return { design, summary: summarise(run), series: run.series(), violations: run.violations(), link };
}

const broken = reported(
  aDesign({
    duration: '2s',
    'cache.ttl': '3s',
    fault: ['cache-1:slow:40@0.5s-1.2s'],
    remark: ['600ms:the queue fills', 'cache-1:a | slow *one*'],
    notes: 'Look at *this*.',
    title: 'A [cache](x) & so',
  }),
);
const text = reportOf(broken);

describe('a report', () => {
  it('says of every line of the contract what was promised, what was measured and whether it holds', () => {
    for (const { line, holds } of broken.summary.contract) {
      const label = {
        getP99: 'GET p99',
        putP99: 'PUT p99',
        staleness: 'staleness',
        rpo: 'RPO',
        availability: 'availability',
        readYourWrites: 'read your writes',
      }[line];
      const row = text.split('\n').find((each) => each.startsWith(`| ${label} |`));
      expect(row, line).toContain(holds ? 'holds' : '**broken**');
    }
    const n = broken.summary.contract.filter(({ holds }) => !holds).length;
    expect(n).toBeGreaterThan(0);
    expect(text).toContain(`${n} of 6 promises ${n === 1 ? 'does' : 'do'} not hold.`);
  });

  it('counts as committed what was written once, however many replicas have it', () => {
    const { store, put, writeAmplification } = broken.summary;
    expect(text).toContain(`| writes committed | ${count(store.writes)} |`);
    expect(text).not.toContain('replica writes');
    expect(store.writes).toBeLessThan(1.5 * put.attempted);
    expect(writeAmplification.store).toBeGreaterThan(2.9);
  });

  it('links what was found in the drain to the end of the run, as there is no later moment to go to', () => {
    const { consistency } = aSummary();
    const summary = aSummary({ consistency: { ...consistency, dirtyReads: 1 } });
    const violations = Int32Array.of(2_300_000, VIOLATION_KINDS.indexOf('dirtyRead'), 41, 5, 12, 3, 0, 0);
    const found = reportOf({ ...broken, summary, violations });
    expect(found).toContain(`The first at [2.30 s](${broken.link(2_000_000)}): s-5 read v3`);
  });

  it('says what differs from the start, and with which faults', () => {
    expect(text).toContain('| `cache.ttl` | TTL | `3s` | `5s` |');
    expect(text).toContain('`cache-1:slow:40@500ms-1.2s`');
    expect(reportOf(reported({ ...seedDesign, duration: 100_000 }))).not.toContain('## Faults');
  });

  it('says when the contract was kept again after a fault, and what was broken last', () => {
    const recovered = (recoveredAfterMs: number | null, ...brokenLast: ContractLine[]) =>
      reportOf({
        ...broken,
        summary: aSummary({
          faults: [{ at: '500ms', target: 'cache-1', kind: 'slow', recoveredAfterMs, brokenLast }],
        }),
      });
    expect(recovered(700, 'putP99', 'readYourWrites')).toContain(
      '| after 700 ms: PUT p99, read your writes |',
    );
    expect(recovered(null, 'availability')).toContain('| never: availability |');
    expect(recovered(0)).toContain('| after 0.00 ms |');
  });

  it('links the end of the run for a fault that begins after it', () => {
    const late = reportOf(reported(aDesign({ duration: '200ms', fault: 'cache-1:crash@2s' })));
    expect(late).toContain(
      '| [2.00 s](https://host/#/write-through?duration=200ms&fault=cache-1:crash@2s&at=200ms) |',
    );
    expect(late).toMatch(/`cache-1:crash@2s` \| - \|$/m);
  });

  it('has the notes as they are, and every remark with what it is on', () => {
    expect(text).toContain('\nLook at *this*.\n');
    expect(text).toContain('- `600ms`: the queue fills');
    expect(text).toContain('- `cache-1`: a \\| slow \\*one\\*');
  });

  it('writes its title so that nothing in it is Markdown', () => {
    expect(text.split('\n')[0]).toBe('# A \\[cache\\](x) & so');
  });

  it('names each kind of harm with its count, and links the moment of the first', () => {
    const { consistency } = broken.summary;
    expect(consistency.readYourWrites.violations).toBeGreaterThan(0);
    expect(text).toContain(
      `**${count(consistency.readYourWrites.violations)}** reads that did not see their session's own write`,
    );
    const firsts = findingsOf(broken.summary, broken.violations).flatMap(({ first }) => first ?? []);
    expect(firsts.length).toBeGreaterThan(0);
    for (const { at, words } of firsts) expect(text).toContain(`(${broken.link(at)}): ${words}.`);
  });

  it('has every kind of harm that was counted, the most serious first, as the page says them', () => {
    const { consistency } = aSummary();
    const harmful = aSummary({
      consistency: {
        ...consistency,
        lostAckedWrites: 1,
        readYourWrites: { checked: 9, violations: 2 },
        monotonicReads: { checked: 9, violations: 3 },
        phantomReads: 4,
        storeRegressions: 5,
        stale: { reads: 6, maxMs: 1, p99Ms: 1 },
        dirtyReads: 7,
      },
    });
    const found = findingsOf(harmful, new Int32Array(0));
    expect(found.map(({ kind, count: often }) => [kind, often])).toEqual([
      ['lostAckedWrite', 1],
      ['readYourWrites', 2],
      ['monotonicReads', 3],
      ['phantomRead', 4],
      ['storeRegression', 5],
      ['staleRead', 6],
      ['dirtyRead', 7],
    ]);
  });

  it('says what was checked where nobody was let down', () => {
    const healthy = reportOf(
      reported(
        aDesign({
          duration: '500ms',
          policy: 'db-only',
          'store.readFrom': 'leader',
          'contract.getP99': '1s',
          'contract.putP99': '1s',
        }),
      ),
    );
    expect(healthy).toMatch(/Nobody was let down: [\d,]+ reads of own writes were checked\./);
    expect(healthy).toContain('All 6 promises hold.');
  });

  it('does not say that a promise holds of which nothing was measured', () => {
    const quiet = reportOf(
      reported(aDesign({ duration: '100ms', 'workload.puts': '0/s', 'workload.gets': '0/s' })),
    );
    expect(quiet).toContain('Nothing was measured: no promise was put to the test.');
    expect(quiet).not.toMatch(/holds? /);
    expect(quiet).toContain('| RPO | at most 0.00 ms |  | not measured |');
    const readOnly = reportOf(reported(aDesign({ duration: '500ms', 'workload.puts': '0/s' })));
    expect(readOnly).toContain('All 3 promises that were measured hold.');
  });

  it('names the node that was busiest, and the one that was full for longest', () => {
    const [busiest, fullest] = busiestOf(broken.series, broken.design);
    assert(busiest !== undefined && fullest?.full !== undefined, 'two nodes stand out');
    expect(text).toContain(`| busiest node | ${busyWords(busiest)} |`);
    expect(text).toContain(`| full for longest | ${busyWords(fullest)} |`);
    expect(busyWords(fullest)).toMatch(/^cache-1, [\d.]+ % over the run, 100 % from 0\.5 s to \d/);
  });

  it('has the bill item by item, and the digest that proves the run', () => {
    for (const { item } of broken.summary.cost.items) expect(text).toContain(`| \`${item}\` |`);
    expect(text).toContain(broken.summary.digest);
  });

  it('speaks of prices that the design changes where it changes one', () => {
    const changed = reportOf({ ...broken, design: aDesign({ 'prices.app': '1' }) });
    expect(changed).toContain(', and those that the design changes.');
    expect(text).not.toContain('that the design changes');
  });
});
