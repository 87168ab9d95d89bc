/**
 * A finished run as a report in Markdown, for a wiki, a review or a ticket: the design as it differs from its preset, the
 * promises and whether they held, latencies, cost, findings, and the links that open each of them. Everything in it
 * stands in the summary, the series or the design, amounts in the digits that mean something; nothing is computed.
 */
import { printDuration } from '../../base/units.ts';
import { bytes, count, countOf, dollars, milliseconds, share, threeDigits } from '../../base/words.ts';
import { CONTRACT_LINES, CONTRACT_WORDS } from '../../design/contract.ts';
import { seedDesign, type Design } from '../../design/design.ts';
import { beginsAfterEnd, FAULT_KINDS, printFault } from '../../design/faults.ts';
import { fieldByKey } from '../../design/fields.ts';
import { differences, printByKey } from '../../design/keys.ts';
import { shardName } from '../../design/nodes.ts';
import { presetOf } from '../../design/presets.ts';
import { HOURS_A_MONTH, PRICES_FROM } from '../../design/prices.ts';
import type { SeriesReading } from '../../engine/readings.ts';
import type { FaultSummary, Summary } from '../../engine/summary.ts';
import { busiestOf, busyWords } from '../busiest.ts';
import { OPERATION_COLUMNS, operationRow } from '../operations.ts';
import { countOutcomes, outcomeOf, type Outcome } from '../promises.ts';
import { findingsOf } from './findings.ts';

export interface Reported {
  readonly design: Design;
  readonly summary: Summary;
  readonly series: SeriesReading;
  /** The run's violations, rows of VIOLATION_WIDTH. */
  readonly violations: Int32Array;
  /** The address that opens the run, at an instant in microseconds if one is given. */
  readonly link: (at?: number) => string;
}

/** The whole report, ended by a line feed. */
export function reportOf(run: Reported): string {
  return `${[
    head(run),
    notes(run.design),
    designSection(run.design),
    faults(run),
    contract(run),
    latencies(run.summary),
    findings(run),
    readings(run),
    cost(run),
    again(run),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** What the design is called where nobody gave it a title. */
export function titleOfDesign(design: Design): string {
  return design.title === '' ? presetOf(design).title : design.title;
}

function head({ design, summary, link }: Reported): string[] {
  return [
    `# ${escaped(titleOfDesign(design))}`,
    '',
    promises(summary),
    `[Open this run](${link()})`,
    ...(summary.stopped === undefined ? [] : ['', `The run ended before its time: ${summary.stopped}.`]),
  ];
}

function promises(summary: Summary): string {
  const { holds, broken, notMeasured } = countOutcomes(summary);
  const measured = holds + broken;
  if (measured === 0) return 'Nothing was measured: no promise was put to the test.';
  const lines = notMeasured === 0 ? 'promises' : 'promises that were measured';
  return broken === 0
    ? `All ${measured} ${lines} hold.`
    : `${broken} of ${measured} ${lines} ${broken === 1 ? 'does' : 'do'} not hold.`;
}

function notes({ notes: text, remarks }: Design): string[] {
  const pinned = remarks.map(({ on, text: words }) => `- \`${on}\`: ${escaped(words)}`);
  if (text === '' && pinned.length === 0) return [];
  return ['## Notes', ...(text === '' ? [] : ['', text]), ...(pinned.length === 0 ? [] : ['', ...pinned])];
}

/** Fields that other sections have. */
const ELSEWHERE = ['title', 'notes', 'policy'];

function designSection(design: Design): string[] {
  const { sentence, name } = presetOf(design);
  const changed = differences(design, seedDesign).filter(
    ({ key }) => !ELSEWHERE.includes(key) && !key.startsWith('contract.'),
  );
  const rows = changed.map(({ key, text }) => [
    code(key),
    fieldByKey(key)?.label ?? '',
    code(text),
    code(printByKey(seedDesign, key)),
  ]);
  return [
    '## Design',
    '',
    `Policy \`${name}\`. ${sentence}`,
    '',
    ...(rows.length === 0
      ? ['Everything else is as in the design that Throughline starts from.']
      : tableOf(['key', 'what', 'here', 'at the start'], rows)),
  ];
}

function faults({ design, summary, link }: Reported): string[] {
  if (design.faults.length === 0) return [];
  const rows = design.faults.map((fault, i) => {
    const outcome = summary.faults[i];
    return [
      `[${milliseconds(fault.at / 1000)}](${link(Math.min(fault.at, design.duration))})`,
      code(fault.target),
      FAULT_KINDS[fault.kind].label,
      code(printFault(fault)),
      outcome === undefined || beginsAfterEnd(fault, design) ? '-' : recoveryWords(outcome),
    ];
  });
  return ['## Faults', '', ...tableOf(['at', 'target', 'kind', 'in a link', 'contract kept again'], rows)];
}

/** `after 700 ms: GET p99`: what the last stretch that broke the contract broke. */
function recoveryWords({ recoveredAfterMs, brokenLast }: FaultSummary): string {
  const when = recoveredAfterMs === null ? 'never' : `after ${milliseconds(recoveredAfterMs)}`;
  const lines = brokenLast.map((line) => CONTRACT_WORDS[line].label).join(', ');
  return lines === '' ? when : `${when}: ${lines}`;
}

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  holds: 'holds',
  broken: '**broken**',
  notMeasured: 'not measured',
};

function contract({ summary }: Reported): string[] {
  const rows = summary.contract.map((verdict) => {
    const { line, required, measured, unit } = verdict;
    const outcome = outcomeOf(verdict, summary);
    const info = CONTRACT_LINES.find((each) => each.line === line);
    const print = unit === 'ms' ? milliseconds : share;
    const sign = info?.relation === '>=' ? 'at least' : 'at most';
    return [
      CONTRACT_WORDS[line].label,
      `${sign} ${print(required)}`,
      outcome === 'notMeasured' ? '' : print(measured),
      OUTCOMES[outcome],
    ];
  });
  return ['## Contract', '', ...tableOf(['promise', 'required', 'measured', ''], rows)];
}

function latencies({ put, get, readBack }: Summary): string[] {
  return [
    '## Operations',
    '',
    ...tableOf(OPERATION_COLUMNS, [
      operationRow('PUT', put),
      operationRow('GET', get),
      operationRow('of them read-backs', readBack),
    ]),
  ];
}

function findings({ design, summary, violations, link }: Reported): string[] {
  const { readYourWrites } = summary.consistency;
  const found = findingsOf(summary, violations).map(({ what, count: n, first }) => {
    const often = `- **${count(n)}** ${what}`;
    if (first === undefined) return `${often}.`;
    // What is found in the drain is shown at the run's end: no link leads past it.
    const to = link(Math.min(first.at, design.duration));
    return `${often}. The first at [${milliseconds(first.at / 1000)}](${to}): ${first.words}.`;
  });
  return [
    '## Findings',
    '',
    ...(found.length === 0
      ? [`Nobody was let down: ${count(readYourWrites.checked)} reads of own writes were checked.`]
      : found),
  ];
}

function readings({ design, summary, series }: Reported): string[] {
  const { cache, store, writeAmplification, availability, retries } = summary;
  return [
    '## Cache and store',
    '',
    ...tableOf(
      ['what', 'measured'],
      [
        ['hit ratio', share(cache.hitRatio)],
        ['hit ratio of read-backs', share(cache.readBackHitRatio)],
        ['largest number of entries', `${count(cache.peakEntries)}, ${bytes(cache.peakBytes)}`],
        ['evictions', count(cache.evictions)],
        ['calls to the cache that timed out', count(cache.timeouts)],
        ['writes committed', count(store.writes)],
        ['store reads', count(store.reads)],
        ...store.byShard.map(({ leaderChanges, unavailableMs }, i) => [
          shardName(i + 1),
          `${countOf(leaderChanges, 'change')} of leader, ${milliseconds(unavailableMs)} unavailable`,
        ]),
        [
          'writes per PUT',
          `${threeDigits(writeAmplification.cache)} at the cache, ${threeDigits(writeAmplification.store)} at the store`,
        ],
        ['availability', share(availability)],
        ['retries', count(retries)],
        ...busiestOf(series, design).map((busy, i) => [
          i === 0 ? 'busiest node' : 'full for longest',
          busyWords(busy),
        ]),
      ],
    ),
  ];
}

function cost({ design, summary: { cost: bill } }: Reported): string[] {
  const others = Object.keys(design.prices).length === 0 ? '' : ', and those that the design changes';
  const rows = bill.items.map(({ item, count: n, hourly }) => [
    code(item),
    Number.isInteger(n) ? count(n) : threeDigits(n),
    dollars(hourly),
    dollars(hourly * HOURS_A_MONTH),
  ]);
  return [
    '## Cost',
    '',
    `${dollars(bill.monthly)} a month, at the prices of ${PRICES_FROM.source}, ${PRICES_FROM.date}${others}.`,
    '',
    ...tableOf(['item', 'count', 'an hour', 'a month'], rows),
  ];
}

function again({ summary, link }: Reported): string[] {
  return [
    '## The same run',
    '',
    `- Link: <${link()}>`,
    `- Seed ${summary.seed}, ${printDuration(Math.round(summary.simulatedSeconds * 1e6))} simulated, ${count(summary.events)} events`,
    `- Digest \`${summary.digest}\`: who finds the same one has seen the same run`,
  ];
}

function tableOf(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)];
}

function code(text: string): string {
  return `\`${inLine(text)}\``;
}

/** A text that ends neither its line nor the cell of a table that it stands in. */
function inLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/\|/g, '\\|');
}

/** A text that stands for itself where Markdown would read marks into it. */
function escaped(text: string): string {
  return inLine(text.replace(/[\\`*_{}[\]<>#~]|&(?=#?\w+;)/g, '\\$&'));
}
